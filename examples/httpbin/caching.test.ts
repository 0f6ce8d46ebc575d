import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { serveExample } from '../../test/examples/served-example.ts'
import { ask, headerOf, jsonOf } from '../../test/http/raw-connection.ts'

suite('a reply in one coding', () => {
  for (const [name, coding, word, decode] of [
    ['gzip', 'gzip', 'gzipped', gunzipSync],
    ['deflate', 'deflate', 'deflated', inflateSync],
    ['brotli', 'br', 'brotli', brotliDecompressSync],
  ] as const) {
    test(`is ${name}, whatever the client accepts`, async () => {
      await using bin = await serveExample('httpbin')
      for (const headers of [{}, { 'Accept-Encoding': 'identity' }]) {
        const reply = await ask(bin.port, `GET /${name}`, headers)
        assert.equal(reply.status, 200)
        assert.equal(headerOf(reply, 'Content-Encoding'), coding)
        assert.equal(headerOf(reply, 'Content-Type'), 'application/json')
        const told = { headers: { Host: 'test', ...headers }, method: 'GET', origin: '127.0.0.1' }
        assert.deepEqual(JSON.parse(decode(reply.body).toString()), { [word]: true, ...told })
      }
    })
  }
})

suite('an entity tag', () => {
  test('is checked', async () => {
    await using bin = await serveExample('httpbin')
    const asked = async (headers: Readonly<Record<string, string>>) => {
      const { status, fields } = await ask(bin.port, 'GET /etag/v1', headers)
      return [status, fields.find(([name]) => name === 'ETag')?.[1]]
    }
    assert.deepEqual(await asked({}), [200, '"v1"'])
    for (const tag of ['"v1"', '"x", "v1"', '*']) {
      assert.deepEqual(await asked({ 'If-None-Match': tag }), [304, '"v1"'], tag)
    }
    assert.equal((await asked({ 'If-None-Match': 'W/"v1"' }))[0], 304)
    assert.deepEqual(await asked({ 'If-None-Match': '"v2"' }), [200, '"v1"'])
    assert.deepEqual(await asked({ 'If-Match': '"v1"' }), [200, '"v1"'])
    assert.deepEqual(await asked({ 'If-Match': '*' }), [200, '"v1"'])
    assert.equal((await asked({ 'If-Match': '"v2"' }))[0], 412)
  })
  test('holds nothing that no tag can hold', async () => {
    await using bin = await serveExample('httpbin')
    for (const tag of ['%22', 'a%20b', '%C3%BC']) assert.equal((await ask(bin.port, `GET /etag/${tag}`)).status, 422)
  })
})

suite('a cache', () => {
  test('is told that nothing has changed', async () => {
    const now = new Date('2026-01-02T03:04:05Z')
    await using bin = await serveExample('httpbin', { clock: { now: () => now, elapsed: () => 0 } })
    const reply = await ask(bin.port, 'GET /cache')
    assert.deepEqual([reply.status, jsonOf(reply).url], [200, 'http://test/cache'])
    assert.equal(headerOf(reply, 'Last-Modified'), 'Fri, 02 Jan 2026 03:04:05 GMT')
    assert.equal(headerOf(reply, 'ETag'), `"${headerOf(reply, 'X-Correlation-ID')}"`)
    const old = 'Thu, 01 Jan 1970 00:00:00 GMT'
    for (const headers of [{ 'If-None-Match': '"x"' }, { 'If-Modified-Since': old }]) {
      const conditional = await ask(bin.port, 'GET /cache', headers)
      assert.deepEqual([conditional.status, headerOf(conditional, 'Content-Type')], [304, undefined])
    }
  })
  test('is told how long something stays fresh', async () => {
    await using bin = await serveExample('httpbin')
    const reply = await ask(bin.port, 'GET /cache/60')
    assert.deepEqual([reply.status, headerOf(reply, 'Cache-Control')], [200, 'public, max-age=60'])
    for (const seconds of ['-1', 'x']) assert.equal((await ask(bin.port, `GET /cache/${seconds}`)).status, 422)
  })
})
