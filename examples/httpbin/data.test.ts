import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { serveExample } from '../../test/examples/served-example.ts'
import { ask, headerOf, headersOf, jsonOf, RawConnection, requestText } from '../../test/http/raw-connection.ts'
import { keptLog, type LogEntry } from '../../test/http/served.ts'
import { ofMachine, type Timer } from './timer.ts'

const binary = 'application/octet-stream'

suite('parts', () => {
  test('are cut from letters', async () => {
    await using bin = await serveExample('httpbin')
    const asked = async (range?: string, more: Readonly<Record<string, string>> = {}) => {
      const reply = await ask(bin.port, 'GET /range/30', { ...(range !== undefined && { Range: range }), ...more })
      return [reply.status, headerOf(reply, 'Content-Range'), reply.status < 400 ? reply.body.toString() : '']
    }
    const whole = 'abcdefghijklmnopqrstuvwxyzabcd'
    assert.deepEqual(await asked(), [200, undefined, whole])
    assert.deepEqual(await asked('bytes=1-3'), [206, 'bytes 1-3/30', 'bcd'])
    assert.deepEqual(await asked('bytes=-2'), [206, 'bytes 28-29/30', 'cd'])
    assert.deepEqual(await asked('bytes=28-'), [206, 'bytes 28-29/30', 'cd'])
    assert.deepEqual(await asked('bytes=30-'), [416, 'bytes */30', ''])
    assert.deepEqual(await asked('lines=1'), [200, undefined, whole])
    assert.deepEqual(await asked('bytes=0-1', { 'If-Range': '"range30"' }), [206, 'bytes 0-1/30', 'ab'])
    assert.deepEqual(await asked('bytes=0-1', { 'If-Range': '"other"' }), [200, undefined, whole])
    assert.deepEqual(await asked(undefined, { 'If-None-Match': '"range30"' }), [304, undefined, ''])
    const head = await ask(bin.port, 'HEAD /range/30')
    const about = ['Content-Type', 'Content-Length', 'ETag', 'Accept-Ranges'].map((name) => headerOf(head, name))
    assert.deepEqual(about, [binary, '30', '"range30"', 'bytes'])
  })
  test('have their limits', async () => {
    await using bin = await serveExample('httpbin')
    assert.equal((await ask(bin.port, 'GET /range/102400')).body.length, 102_400)
    for (const n of ['0', '-1', '102401', 'x']) assert.equal((await ask(bin.port, `GET /range/${n}`)).status, 422)
  })
})

suite('a stream', () => {
  test('tells the request back line by line, a hundred times at most', async () => {
    await using bin = await serveExample('httpbin')
    const lines = async (n: number): Promise<readonly unknown[]> => {
      const reply = await fetch(`${bin.url}/stream/${n}?a=1`)
      assert.deepEqual([reply.status, reply.headers.get('content-type')], [200, 'application/jsonl'])
      const all = (await reply.text()).split('\n')
      assert.equal(all.pop(), '')
      return all.map((line) => JSON.parse(line))
    }
    const [first, second, ...others] = (await lines(2)) as Readonly<Record<string, unknown>>[]
    assert.deepEqual([first?.id, first?.args, first?.url], [0, { a: '1' }, `${bin.url}/stream/2?a=1`])
    assert.deepEqual([second?.id, others], [1, []])
    assert.equal((await lines(0)).length, 0)
    assert.equal((await lines(1000)).length, 100)
  })
  test('has no content for HEAD, and is no text', async () => {
    await using bin = await serveExample('httpbin')
    assert.equal((await ask(bin.port, 'HEAD /stream/3')).status, 200)
    assert.equal((await ask(bin.port, 'GET /stream/x')).status, 422)
  })
})

suite('random bytes', () => {
  test('are as many as asked for, 100 KiB at most', async () => {
    await using bin = await serveExample('httpbin')
    for (const [n, length] of [
      [0, 0],
      [16, 16],
      [200_000, 102_400],
    ]) {
      const reply = await ask(bin.port, `GET /bytes/${n}`)
      assert.deepEqual([reply.status, headerOf(reply, 'Content-Type'), reply.body.length], [200, binary, length])
    }
    assert.equal((await ask(bin.port, 'GET /bytes/-1')).status, 422)
  })
  test('are the same for one seed', async () => {
    await using bin = await serveExample('httpbin')
    const made = async (query: string) => (await ask(bin.port, `GET /bytes/32${query}`)).body.toString('hex')
    assert.equal(await made('?seed=1'), await made('?seed=1'))
    assert.notEqual(await made('?seed=1'), await made('?seed=2'))
    assert.notEqual(await made(''), await made(''))
  })
})

suite('a delay', () => {
  test('lasts as long as asked for, ten seconds at most', async () => {
    const waited: number[] = []
    const timer: Timer = { wait: async (seconds) => void waited.push(seconds) }
    await using bin = await serveExample('httpbin', { use: { timer } })
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const reply = await ask(bin.port, `${method} /delay/2.5?a=1`, { 'Content-Type': 'text/plain' }, 'Hi')
      const { args, data, url } = jsonOf(reply)
      assert.deepEqual([reply.status, args, data, url], [200, { a: '1' }, 'Hi', 'http://test/delay/2.5?a=1'])
    }
    await ask(bin.port, 'GET /delay/60')
    assert.deepEqual(waited, [2.5, 2.5, 2.5, 2.5, 2.5, 10])
    for (const seconds of ['-1', 'x']) assert.equal((await ask(bin.port, `GET /delay/${seconds}`)).status, 422)
  })
  test('is waited for by the clock of the machine', async () => {
    await using bin = await serveExample('httpbin')
    assert.equal((await ask(bin.port, 'GET /delay/0.001')).status, 200)
  })
  test('ends when the client goes away', async () => {
    const begun = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<unknown>()
    const lines: LogEntry[] = []
    const timer: Timer = {
      wait: async (seconds, signal) => {
        begun.resolve()
        await ofMachine.wait(seconds, signal).catch((error: unknown) => {
          ended.resolve(error)
          throw error
        })
      },
    }
    await using bin = await serveExample('httpbin', { use: { timer }, log: keptLog(lines) })
    await using connection = await RawConnection.open(bin.port)
    connection.send(requestText('GET /delay/10'))
    await begun.promise
    connection.socket.destroy()
    assert.equal(((await ended.promise) as Error).name, 'AbortError')
    await bin.app.close()
    assert.deepEqual(
      lines.filter(({ level }) => level !== 'info'),
      [],
    )
  })
})

suite('headers that are asked for', () => {
  test('are sent, and told back', async () => {
    await using bin = await serveExample('httpbin')
    for (const method of ['GET', 'POST']) {
      const reply = await ask(bin.port, `${method} /response-headers?X-One=1&X-Two=a&X-Two=b&Server=bin`)
      assert.deepEqual(jsonOf(reply), { Server: 'bin', 'X-One': '1', 'X-Two': ['a', 'b'] })
      const values = ['X-One', 'X-Two', 'Server', 'Content-Type'].map((name) => headerOf(reply, name))
      assert.deepEqual(values, ['1', 'a, b', 'bin', 'application/json'])
    }
  })
  test('may be cookies, and the type', async () => {
    await using bin = await serveExample('httpbin')
    const query = 'Set-Cookie=a%3D1&Set-Cookie=b%3D2&Content-Type=text/plain;%20charset%3DUTF-8'
    const reply = await ask(bin.port, `GET /response-headers?${query}`)
    assert.deepEqual(headersOf(reply, 'Set-Cookie'), ['a=1', 'b=2'])
    assert.equal(headerOf(reply, 'Content-Type'), 'text/plain; charset=UTF-8')
  })
  for (const query of [
    ...['Content-Length=3', 'transfer-encoding=chunked', 'Connection=close', 'Keep-Alive=x', 'Trailer=X'],
    ...['X-A=1%0D%0AX-B:%202', 'X-A=1%0AX-B:%202', 'X%0D%0AY=1', 'X%20Y=1', '=1', 'X-A=%E2%82%AC', 'X-A=%00'],
  ]) {
    test(`are refused: ${query}`, async () => {
      await using bin = await serveExample('httpbin')
      const reply = await ask(bin.port, `GET /response-headers?${query}`)
      assert.deepEqual([reply.status, jsonOf(reply).code], [400, 'bad_request'])
      assert.equal(headerOf(reply, 'X-B'), undefined)
    })
  }
})
