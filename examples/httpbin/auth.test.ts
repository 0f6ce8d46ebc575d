import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { serveExample } from '../../test/examples/served-example.ts'
import { ask, headerOf, jsonOf } from '../../test/http/raw-connection.ts'

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`

suite('credentials', () => {
  test('let one user in', async () => {
    await using bin = await serveExample('httpbin')
    const asked = async (authorization: string) => {
      const reply = await ask(bin.port, 'GET /basic-auth/ada/p%C3%A4ss', { Authorization: authorization })
      return [reply.status, jsonOf(reply)]
    }
    assert.deepEqual(await asked(basic('ada:päss')), [200, { authenticated: true, user: 'ada' }])
    assert.deepEqual(await asked(basic('ada:päss').replace('Basic', 'bASIC')), [
      200,
      { authenticated: true, user: 'ada' },
    ])
  })
  test('are asked for where they are missing or wrong', async () => {
    await using bin = await serveExample('httpbin')
    for (const authorization of [undefined, '', basic('ada:no'), basic('bob:pass'), 'Basic', 'Basic %%%', 'Bearer x']) {
      const headers = authorization === undefined ? {} : { Authorization: authorization }
      const reply = await ask(bin.port, 'GET /basic-auth/ada/pass', headers)
      assert.equal(reply.statusLine, 'HTTP/1.1 401 Unauthorized')
      assert.equal(headerOf(reply, 'WWW-Authenticate'), 'Basic realm="Fake Realm"')
      assert.equal(jsonOf(reply).code, 'unauthorized')
    }
  })
  test('are a token of any kind', async () => {
    await using bin = await serveExample('httpbin')
    const reply = await ask(bin.port, 'GET /bearer', { Authorization: 'Bearer abc.def' })
    assert.deepEqual(jsonOf(reply), { authenticated: true, token: 'abc.def' })
    for (const headers of [{}, { Authorization: 'Bearer ' }, { Authorization: basic('a:b') }]) {
      const refused = await ask(bin.port, 'GET /bearer', headers)
      assert.deepEqual([refused.status, headerOf(refused, 'WWW-Authenticate')], [401, 'Bearer'])
    }
  })
})
