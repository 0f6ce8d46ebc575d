import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { any, service } from '../../src/index.ts'
import { serveApp } from './app-served.ts'
import { ask, headerOf, jsonOf } from './raw-connection.ts'

const services = [service({ name: 'm', output: z.string(), on: any('/x'), handle: ({ http }) => http?.method ?? '' })]

suite('a POST that asks for another method', () => {
  test('is taken for it', async () => {
    await using served = await serveApp({ services, methodOverride: true })
    for (const method of ['PUT', 'PATCH', 'DELETE', 'QUERY', 'POST']) {
      const reply = await ask(served.port, 'POST /x', { 'X-HTTP-Method-Override': method.toLowerCase() })
      assert.equal(reply.body.toString(), `"${method}"`)
      assert.equal(headerOf(reply, 'Vary'), 'X-HTTP-Method-Override')
    }
    const init = { method: 'POST', headers: { 'X-HTTP-Method-Override': 'PATCH' } }
    assert.equal(await (await served.app.fetch(new Request('http://test/x', init))).text(), '"PATCH"')
  })
  test('is refused when it may not stand for it', async () => {
    await using served = await serveApp({ services, methodOverride: true })
    for (const method of ['GET', 'CONNECT', 'FOO', 'PUT, PUT', '']) {
      const reply = await ask(served.port, 'POST /x', { 'X-HTTP-Method-Override': method })
      assert.equal(reply.status, 400, method)
      assert.equal(jsonOf(reply).detail, 'X-HTTP-Method-Override takes PUT, PATCH, DELETE, QUERY')
      assert.equal(headerOf(reply, 'Vary'), 'X-HTTP-Method-Override')
    }
  })
  test('may do so by a header of another name', async () => {
    await using served = await serveApp({ services, methodOverride: { header: 'X-Method' } })
    assert.equal((await ask(served.port, 'POST /x', { 'X-Method': 'PUT' })).body.toString(), '"PUT"')
    assert.equal((await ask(served.port, 'POST /x', { 'X-HTTP-Method-Override': 'PUT' })).body.toString(), '"POST"')
  })
  test('is a POST where the app does not let it be, and other methods stay what they are', async () => {
    await using plain = await serveApp({ services })
    const reply = await ask(plain.port, 'POST /x', { 'X-HTTP-Method-Override': 'PUT' })
    assert.deepEqual([reply.body.toString(), headerOf(reply, 'Vary')], ['"POST"', undefined])
    await using served = await serveApp({ services, methodOverride: true })
    const put = await ask(served.port, 'GET /x', { 'X-HTTP-Method-Override': 'DELETE' })
    assert.deepEqual([put.body.toString(), headerOf(put, 'Vary')], ['"GET"', undefined])
  })
})
