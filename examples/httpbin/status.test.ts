import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { serveExample } from '../../test/examples/served-example.ts'
import { ask, headerOf, jsonOf } from '../../test/http/raw-connection.ts'

const text = 'text/plain; charset=utf-8'

suite('a status that is asked for', () => {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY', 'HEAD']) {
    test(`is answered to ${method}`, async () => {
      await using bin = await serveExample('httpbin')
      for (const status of [200, 202, 404, 429, 500, 503, 599]) {
        const reply = await ask(bin.port, `${method} /status/${status}`)
        assert.deepEqual(
          [reply.status, headerOf(reply, 'Content-Type'), headerOf(reply, 'Content-Length'), reply.body.length],
          [status, text, '0', 0],
        )
      }
    })
  }
  test('has no type where it has no content', async () => {
    await using bin = await serveExample('httpbin')
    for (const status of [204, 205, 304]) {
      const reply = await ask(bin.port, `GET /status/${status}`)
      assert.deepEqual([reply.status, headerOf(reply, 'Content-Type')], [status, undefined])
    }
  })
  test('brings what belongs to it', async () => {
    await using bin = await serveExample('httpbin')
    const header = async (status: number, name: string) => headerOf(await ask(bin.port, `GET /status/${status}`), name)
    for (const status of [301, 302, 303, 305, 307, 308]) assert.equal(await header(status, 'Location'), '/redirect/1')
    assert.equal(await header(401, 'WWW-Authenticate'), 'Basic realm="Fake Realm"')
    assert.equal(await header(407, 'Proxy-Authenticate'), 'Basic realm="Fake Realm"')
    const unacceptable = await ask(bin.port, 'GET /status/406')
    assert.equal(headerOf(unacceptable, 'Content-Type'), 'application/json')
    assert.deepEqual(Object.keys(jsonOf(unacceptable)), ['message', 'accept'])
    assert.match((await ask(bin.port, 'GET /status/418')).body.toString(), /TEAPOT/)
  })
  test('is one of several, by their weights', async () => {
    let share = 0
    await using bin = await serveExample('httpbin', { use: { chance: () => share } })
    const chosen = async (codes: string, at: number): Promise<number> => {
      share = at
      return (await ask(bin.port, `GET /status/${codes}`)).status
    }
    assert.deepEqual([await chosen('200,404', 0), await chosen('200,404', 0.49)], [200, 200])
    assert.deepEqual([await chosen('200,404', 0.5), await chosen('200,404', 0.999)], [404, 404])
    assert.deepEqual([await chosen('200:3,500:1', 0.749), await chosen('200:3,500:1', 0.75)], [200, 500])
    assert.deepEqual([await chosen('200:0,500:0.5', 0), await chosen('200%2C%20201', 0.9)], [500, 201])
  })
  test('is refused where it is none', async () => {
    await using bin = await serveExample('httpbin')
    for (const codes of ['abc', '100', '199', '600', '999', '20', '2000', '200,', '200:x', '200:-1', '200:0', '%20']) {
      const reply = await ask(bin.port, `GET /status/${codes}`)
      assert.deepEqual(
        [reply.status, headerOf(reply, 'Content-Type'), reply.body.toString()],
        [400, text, 'Invalid status code'],
        codes,
      )
    }
  })
})
