import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { BodyError, ClientError, ConnectionError, client, type Reply } from 'trestle/client'
import { rawServer } from './raw-server.ts'

const json = '{"title":"Buy milk"}'
const zipped = gzipSync(json)

const whole: Readonly<Record<string, Buffer>> = {
  'of a known length': Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${json.length}\r\n\r\n${json}`),
  'in chunks': Buffer.from(
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n${json.slice(0, 8)}\r\nc\r\n${json.slice(8)}\r\n0\r\n\r\n`,
  ),
  'in gzip': Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n`),
    zipped,
  ]),
}

const empty = 'HTTP/1.1 204 No Content\r\n\r\n'

suite('a reply that is cut off', { concurrency: true }, () => {
  for (const [how, bytes] of Object.entries(whole)) {
    test(`is a ConnectionError at every byte: one ${how}`, async () => {
      await using server = await rawServer((socket, head) =>
        socket.end(bytes.subarray(0, Number(head.split(/[/ ]/)[2]))),
      )
      const api = client(server.url)
      for (let length = 0; length < bytes.length; length++) {
        await assert.rejects(api.get(`/${length}`).json(), ConnectionError, `after ${length} bytes`)
      }
      assert.deepEqual(await api.get(`/${bytes.length}`).json(), { title: 'Buy milk' })
    })
  }
  test('says where it was cut', async () => {
    await using server = await rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc'))
    await assert.rejects(client(server.url).get('/').text(), {
      message: `GET ${server.url}/ was cut off after 3 bytes of the reply: the server closed the connection (UND_ERR_SOCKET)`,
    })
  })
})

suite('a reply that breaks the rules', { concurrency: true }, () => {
  const refused: Readonly<Record<string, string>> = {
    'no HTTP': 'hello\r\n\r\n',
    'a length of letters': 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhi',
    'a length below zero': 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhi',
    'two lengths': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!',
    'a length and chunks':
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n',
    'a chunk of no size': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhi\r\n0\r\n\r\n',
    'a huge header': `HTTP/1.1 200 OK\r\nX-Much: ${'x'.repeat(100_000)}\r\n\r\n`,
    'too many headers': `HTTP/1.1 200 OK\r\n${'X-More: 1\r\n'.repeat(5000)}\r\n`,
    'a status of two digits': 'HTTP/1.1 42 What\r\n\r\n',
    'a status below 100': 'HTTP/1.1 099 What\r\nContent-Length: 0\r\n\r\n',
    'a switch of protocols': 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    'gzip that is none': 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nhi',
  }
  for (const [what, text] of Object.entries(refused)) {
    test(`is a ConnectionError of one line: ${what}`, async () => {
      await using server = await rawServer((socket) => socket.end(text))
      await assert.rejects(client(server.url).get('/').text(), (error) => {
        assert.ok(error instanceof ConnectionError, String(error))
        assert.match(error.message, /^GET \S+ (got no reply|was cut off after \d+ bytes of the reply): .+$/)
        return true
      })
    })
  }
  test('may have news before it', async () => {
    const early = 'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n'
    await using server = await rawServer((socket) =>
      socket.end(`${early}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi`),
    )
    assert.equal(await client(server.url).get('/').text(), 'hi')
  })
  test('may have a body where none is allowed, which is not read, nor taken as the next reply', async () => {
    for (const status of ['204 No Content', '304 Not Modified']) {
      await using server = await rawServer((socket) =>
        socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 2\r\n\r\nhi`),
      )
      const api = client(server.url)
      assert.equal(await api.get('/').text(), '')
      assert.equal(await api.get('/').text(), '')
    }
  })
})

suite('an empty body', { concurrency: true }, () => {
  async function answered(text: string): Promise<Reply & AsyncDisposable> {
    await using server = await rawServer((socket) => socket.end(text))
    const reply = await client(server.url).get('/')
    await reply.bytes()
    return reply
  }

  test('is empty as text and bytes', async () => {
    const reply = await answered(empty)
    assert.equal(await reply.text(), '')
    assert.equal((await reply.bytes()).length, 0)
    assert.deepEqual(await Array.fromAsync(reply.items()), [])
  })
  test('is no JSON, and says with which status it came', async () => {
    await assert.rejects((await answered(empty)).json(), (error) => {
      assert.ok(error instanceof BodyError && error instanceof ClientError)
      assert.match(error.message, /answered 204 with an empty body: await the reply without json\(\)/)
      return true
    })
    const typed = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n'
    await assert.rejects((await answered(typed)).json(), /answered 200 with an empty body/)
  })
  test('of HEAD may have a length', async () => {
    await using server = await rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n'))
    const api = client(server.url, { maxBytes: 10 })
    const reply = await api.head('/')
    assert.deepEqual([reply.headers.get('content-length'), await reply.text()], ['1000', ''])
    assert.equal((await api.head('/')).status, 200)
  })
})
