import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { client, RedirectError } from 'trestle/client'
import { rawServer } from './raw-server.ts'

/** A server that redirects once, with a Location of these bytes, and answers with the line of the request after that. */
async function leading(location: string, status = 302) {
  return rawServer((socket, head, number) => {
    const [line = ''] = head.split('\r\n')
    const redirect = `HTTP/1.1 ${status} Moved\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`
    socket.write(number === 1 ? redirect : `HTTP/1.1 200 OK\r\nContent-Length: ${line.length}\r\n\r\n${line}`, 'latin1')
  })
}

suite('the address of a redirect', { concurrency: true }, () => {
  const cases: readonly [what: string, location: string, asked: string, url: string][] = [
    ['may be relative', 'c?x=1', '/a/c?x=1', '/a/c?x=1'],
    ['may go up', '../../c', '/c', '/c'],
    ['may be a query', '?x=1', '/a/b?x=1', '/a/b?x=1'],
    [
      'may be in UTF-8, as servers write it',
      Buffer.from('/żółw ☃').toString('latin1'),
      '/%C5%BC%C3%B3%C5%82w%20%E2%98%83',
      '',
    ],
    ['may be in no charset at all', '/\xff', '/%FF', '/%FF'],
    ['may be encoded', '/%C5%BC', '/%C5%BC', '/%C5%BC'],
    ['may have a fragment, which is not sent', '/c#part', '/c', '/c#part'],
  ]
  for (const [what, location, asked, url] of cases) {
    test(what, async () => {
      await using server = await leading(location)
      const reply = await client(server.url).get('/a/b')
      assert.equal(await reply.text(), `GET ${asked} HTTP/1.1`)
      assert.equal(reply.url, `${server.url}${url || asked}`)
      assert.equal(reply.history.length, 1)
    })
  }
  test('must be one of http or https', async () => {
    for (const location of [
      'file:///etc/passwd',
      'data:,x',
      'javascript:1',
      'ftp://x/',
      'blob:x',
      'http://',
      '//',
      'http://[',
      'http://a b/',
    ]) {
      await using server = await leading(location)
      await assert.rejects(client(server.url).get('/'), (error) => {
        assert.ok(error instanceof RedirectError)
        assert.match(error.message, /was redirected to '.*', which is no address of http or https$/)
        return true
      })
    }
  })
  test('has no credentials, whatever the server says', async () => {
    await using server = await rawServer((socket, head, number) => {
      const { host = '' } = /host: (?<host>.+)/i.exec(head)?.groups ?? {}
      const first = `HTTP/1.1 302 Found\r\nLocation: http://ada:secret@${host}/\r\nContent-Length: 0\r\n\r\n`
      socket.write(number === 1 ? first : 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
    })
    assert.equal((await client(server.url).get('/')).url, `${server.url}/`)
    assert.ok(!server.heads.some((head) => /authorization/i.test(head)))
  })
})

suite('the method and the body after a redirect', { concurrency: true }, () => {
  const cases: readonly [method: string, status: number, then: string][] = [
    ['POST', 301, 'GET'],
    ['POST', 302, 'GET'],
    ['POST', 303, 'GET'],
    ['POST', 307, 'POST'],
    ['POST', 308, 'POST'],
    ['PUT', 301, 'PUT'],
    ['PUT', 302, 'PUT'],
    ['PUT', 303, 'GET'],
    ['PATCH', 301, 'PATCH'],
    ['DELETE', 303, 'GET'],
    ['HEAD', 303, 'HEAD'],
    ['QUERY', 303, 'GET'],
  ]
  for (const [method, status, then] of cases) {
    test(`${method} and ${status} is ${then}`, async () => {
      await using server = await leading('/next', status)
      await client(server.url).request(method, '/', method === 'HEAD' ? {} : { json: { a: 1 } })
      const [first = '', second = ''] = server.heads
      assert.match(second, new RegExp(`^${then} /next `))
      const keepsBody = then === method && method !== 'HEAD'
      assert.equal(/content-length: 7/i.test(second), keepsBody, second)
      assert.equal(/content-type/i.test(second), keepsBody)
      assert.equal(/content-type/i.test(first), method !== 'HEAD')
    })
  }
})
