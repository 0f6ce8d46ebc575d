import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { suite, test } from 'node:test'
import { BodyError, ConnectionError, client, HttpError, TimeoutError } from 'trestle/client'
import { ownTime } from './own-time.ts'
import { plainServer } from './sending.ts'

suite('a server that is not there', () => {
  test('is a ConnectionError with the code of the system', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await new Promise((resolve) => server.close(resolve))
    await assert.rejects(client(`http://127.0.0.1:${port}`).get('/x'), (error) => {
      assert.ok(error instanceof ConnectionError)
      assert.equal(error.code, 'ECONNREFUSED')
      assert.equal(error.message, `GET http://127.0.0.1:${port}/x got no reply: nothing listens there (ECONNREFUSED)`)
      assert.ok(error.cause instanceof Error)
      return true
    })
  })
  test('is one when it hangs up', async () => {
    await using server = await plainServer((request) => request.socket.destroy())
    await assert.rejects(client(server.url).post('/', { body: 'x' }), ConnectionError)
  })
})

suite('a body', () => {
  for (const [how, headers] of [
    ['by its length', { 'content-length': '100' }],
    ['by its last chunk', {}],
  ] as const) {
    test(`that was cut off is an error, known ${how}`, async () => {
      await using server = await plainServer((_, response) => {
        response.writeHead(200, headers)
        response.write('half', () => response.destroy())
      })
      const reply = await client(server.url).get('/')
      await assert.rejects(reply.text(), (error) => {
        assert.ok(error instanceof ConnectionError)
        assert.match(error.message, /was cut off after 4 bytes of the reply/)
        return true
      })
      await assert.rejects(reply.text(), ConnectionError)
    })
  }
  test('that is too long is not read, whether its length is known or not', async () => {
    await using server = await plainServer((request, response) => {
      if (request.url === '/known') response.setHeader('content-length', 1_000_000)
      const more = (error?: Error | null): void => {
        if (!error) response.write('x'.repeat(10_000), more)
      }
      more()
    })
    const small = client(server.url, { maxBytes: 50_000 })
    for (const path of ['/known', '/unknown']) {
      await assert.rejects(small.get(path).text(), (error) => {
        assert.ok(error instanceof BodyError)
        assert.match(error.message, /'maxBytes' is 50000/)
        return true
      })
    }
  })
  test('that is huge is read whole', async () => {
    const size = 20_000_000
    await using server = await plainServer((_, response) => response.end(Buffer.alloc(size, 97)))
    const bytes = await client(server.url).get('/').bytes()
    assert.deepEqual([bytes.length, bytes[0], bytes.at(-1)], [size, 97, 97])
  })
  test('is read in its charset, and in UTF-8 where that is unknown', async () => {
    await using server = await plainServer((request, response) => {
      response.setHeader('content-type', `text/plain; charset=${request.url?.slice(1)}`)
      response.end(request.url === '/latin1' ? Buffer.from([0xfc]) : 'ü')
    })
    for (const charset of ['latin1', 'utf-8', 'no-such']) {
      assert.equal(await client(server.url).get(`/${charset}`).text(), 'ü', charset)
    }
  })
  test('that is no JSON is shown', async () => {
    await using server = await plainServer((_, response) => response.end('<html>'))
    await assert.rejects(client(server.url).get('/').json(), /answered with no JSON, but with '<html>'/)
  })
  test('read as a stream is gone', async () => {
    await using server = await plainServer((_, response) => response.end('text'))
    const reply = await client(server.url).get('/')
    await reply.stream().cancel()
    await assert.rejects(reply.text(), /was read as a stream already/)
  })
  test('that nobody reads is let go of at the end of its scope', async () => {
    let closed: () => void = () => {}
    const gone = new Promise<void>((resolve) => {
      closed = resolve
    })
    await using server = await plainServer((_, response) => {
      response.on('close', closed)
      response.write('x')
    })
    {
      await using reply = await client(server.url).get('/')
      assert.equal(reply.status, 200)
    }
    await gone
  })
  test('that is read as a stream is let go of as well', async () => {
    await using server = await plainServer((_, response) => response.write('x'))
    const reply = await client(server.url).get('/')
    const reader = reply.stream().getReader()
    await reader.read()
    await reply.discard()
    await assert.rejects(reader.read(), { name: 'AbortError' })
  })
  test('of HEAD has no length', async () => {
    await using server = await plainServer((_, response) => response.setHeader('content-length', 100).end())
    assert.equal(await client(server.url, { maxBytes: 10 }).head('/').text(), '')
  })
  test('of an error is read but once, and stays readable', async () => {
    await using server = await plainServer((_, response) => response.writeHead(422).end('{"detail":"No name"}'))
    const error = await client(server.url)
      .get('/')
      .json()
      .catch((thrown: unknown) => thrown)
    assert.ok(error instanceof HttpError)
    assert.match(error.message, /answered 422 Unprocessable Entity: No name$/)
    assert.equal(await error.reply.text(), '{"detail":"No name"}')
  })
})

suite('a timeout', () => {
  const silent = () => plainServer(() => {})

  test('ends a call after 30 seconds', async () => {
    await using server = await silent()
    const time = ownTime()
    const call = client(server.url, { time }).get('/')
    await time.waiting()
    assert.deepEqual(time.waits(), [30_000])
    time.pass(30_000)
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof TimeoutError)
      assert.deepEqual([error.phase, error.timeout], ['total', 30_000])
      return true
    })
  })
  for (const phase of ['total', 'attempt', 'headers'] as const) {
    test(`can be given for ${phase}, by the session or the call`, async () => {
      await using server = await silent()
      const time = ownTime()
      const call = client(server.url, { time, timeout: { total: 90_000 } }).get('/', { timeout: { [phase]: 70 } })
      await time.waiting()
      await Promise.resolve()
      time.pass(70)
      await assert.rejects(call, { name: 'TimeoutError', phase, timeout: 70 })
    })
  }
  test('counts the reading of the body, but not the time of the program', async () => {
    await using server = await plainServer((_, response) => response.write('part'))
    const time = ownTime()
    const reply = await client(server.url, { time, timeout: 1000 }).get('/')
    time.pass(5000)
    const read = reply.text()
    await time.waiting()
    time.pass(1000)
    await assert.rejects(read, { phase: 'total' })
  })
  test('of all does not end a stream, but that of its parts does', async () => {
    await using server = await plainServer((_, response) => response.write('part'))
    const time = ownTime()
    const reply = await client(server.url, { time, timeout: { total: 1000, idle: 200 } }).get('/')
    const reader = reply.stream().getReader()
    assert.equal(new TextDecoder().decode((await reader.read()).value), 'part')
    time.pass(5000)
    const next = reader.read()
    await time.waiting()
    assert.deepEqual(time.waits(), [200])
    time.pass(200)
    await assert.rejects(next, { name: 'TimeoutError', phase: 'idle' })
  })
  test('is none by false', async () => {
    await using server = await plainServer((_, response) => response.end('x'))
    const time = ownTime()
    const call = client(server.url, { time }).get('/', { timeout: false })
    assert.deepEqual(time.waits(), [])
    assert.equal(await call.text(), 'x')
  })
  test('leaves no timer behind', async () => {
    await using server = await plainServer((_, response) => response.end('x'))
    const time = ownTime()
    await client(server.url, { time, timeout: { headers: 10, attempt: 10, idle: 10 } })
      .get('/')
      .text()
    assert.deepEqual(time.waits(), [])
  })
})

suite('a signal', () => {
  test('ends a call, with its reason', async () => {
    await using server = await plainServer(() => {})
    const controller = new AbortController()
    const call = client(server.url).get('/', { signal: controller.signal })
    const reason = new Error('enough')
    controller.abort(reason)
    await assert.rejects(call, reason)
    await assert.rejects(client(server.url).get('/', { signal: controller.signal }), reason)
  })
  test('ends the reading of a body', async () => {
    await using server = await plainServer((_, response) => response.write('part'))
    const controller = new AbortController()
    const reply = await client(server.url).get('/', { signal: controller.signal })
    const read = reply.text()
    controller.abort()
    await assert.rejects(read, { name: 'AbortError' })
  })
})
