import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { serveExample } from '../../test/examples/served-example.ts'
import { ask, headerOf, headersOf, jsonOf } from '../../test/http/raw-connection.ts'

/** Asks, and says the status and where the reply leads to. */
async function led(port: number, line: string): Promise<readonly unknown[]> {
  const reply = await ask(port, line)
  assert.equal(reply.body.length, 0)
  return [reply.status, headerOf(reply, 'Location')]
}

suite('redirects', () => {
  test('lead step by step to /get', async () => {
    await using bin = await serveExample('httpbin')
    const { port } = bin
    assert.deepEqual(await led(port, 'GET /redirect/3'), [302, '/relative-redirect/2'])
    assert.deepEqual(await led(port, 'GET /relative-redirect/2'), [302, '/relative-redirect/1'])
    assert.deepEqual(await led(port, 'HEAD /relative-redirect/1'), [302, '/get'])
    assert.deepEqual(await led(port, 'GET /redirect/1'), [302, '/get'])
  })
  test('lead on by whole addresses', async () => {
    await using bin = await serveExample('httpbin')
    const { port } = bin
    assert.deepEqual(await led(port, 'GET /redirect/2?absolute=true'), [302, 'http://test/absolute-redirect/1'])
    assert.deepEqual(await led(port, 'GET /absolute-redirect/3'), [302, 'http://test/absolute-redirect/2'])
    assert.deepEqual(await led(port, 'GET /absolute-redirect/1'), [302, 'http://test/get'])
  })
  test('are refused where there are no steps', async () => {
    await using bin = await serveExample('httpbin')
    for (const n of ['0', '-1', 'x', '1.5']) assert.equal((await ask(bin.port, `GET /redirect/${n}`)).status, 422, n)
  })
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    test(`lead anywhere with ${method}`, async () => {
      await using bin = await serveExample('httpbin')
      const { port } = bin
      const to = `${method} /redirect-to?url=`
      assert.deepEqual(await led(port, `${to}https%3A%2F%2Fexample.com%2Fa%3Fb`), [302, 'https://example.com/a?b'])
      assert.deepEqual(await led(port, `${to}/get`), [302, '/get'])
      for (const status of [301, 302, 303, 307, 308]) {
        assert.deepEqual(await led(port, `${to}/get&status_code=${status}`), [status, '/get'])
      }
    })
  }
  test('are refused where they would lead out of the web, or with another status', async () => {
    await using bin = await serveExample('httpbin')
    const status = async (query: string) => (await ask(bin.port, `GET /redirect-to?${query}`)).status
    for (const url of ['javascript:alert(1)', 'ftp://x', '/a%0D%0AX-B:1', 'http://']) {
      assert.equal(await status(`url=${url}`), 400, url)
    }
    for (const query of ['', 'url=', 'url=/get&status_code=200', 'url=/a&url=/b'])
      assert.equal(await status(query), 422)
  })
})

suite('cookies', () => {
  test('are told back', async () => {
    await using bin = await serveExample('httpbin')
    const reply = await ask(bin.port, 'GET /cookies', { Cookie: 'a=1; b=x%20y; a=2' })
    assert.deepEqual(jsonOf(reply), { cookies: { a: '1', b: 'x y' } })
    assert.deepEqual(jsonOf(await ask(bin.port, 'GET /cookies')), { cookies: {} })
  })
  test('are set and dropped on the way to where they are shown', async () => {
    await using bin = await serveExample('httpbin')
    const asked = async (target: string) => {
      const reply = await ask(bin.port, `GET ${target}`)
      assert.deepEqual([reply.status, headerOf(reply, 'Location'), reply.body.length], [302, '/cookies', 0])
      return headersOf(reply, 'Set-Cookie')
    }
    const open = 'Path=/; SameSite=Lax'
    assert.deepEqual(await asked('/cookies/set?a=1&b=x%20y'), [`a=1; ${open}`, `b=x%20y; ${open}`])
    assert.deepEqual(await asked('/cookies/set/n/v%3B'), [`n=v%3B; ${open}`])
    assert.deepEqual(await asked('/cookies/set'), [])
    const gone = 'Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT'
    assert.deepEqual(await asked('/cookies/delete?a&b=1'), [`a=; ${gone}; ${open}`, `b=; ${gone}; ${open}`])
  })
  test('stay on HTTPS where they were set by it', async () => {
    await using bin = await serveExample('httpbin')
    const reply = await bin.app.fetch(new Request('https://bin.example/cookies/set?a=1'))
    assert.equal(reply.headers.get('set-cookie'), 'a=1; Path=/; Secure; SameSite=Lax')
  })
  test('that clients would drop are refused', async () => {
    await using bin = await serveExample('httpbin')
    for (const target of ['set?a%20b=1', 'set?=1', 'set/a%3Bb/1', 'delete?a%20b', `set?a=${'x'.repeat(5000)}`]) {
      const reply = await ask(bin.port, `GET /cookies/${target}`)
      assert.deepEqual([reply.status, jsonOf(reply).code], [400, 'bad_request'], target)
    }
  })
})
