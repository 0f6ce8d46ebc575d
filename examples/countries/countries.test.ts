import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { serveExample } from '../../test/examples/served-example.ts'
import { ask, askJson, headerOf, type RawReply } from '../../test/http/raw-connection.ts'

const germany = { name: 'Germany', capital: 'Berlin', area: 357022 }

function assertReply(reply: RawReply, status: number, body: string): void {
  assert.equal(reply.body.toString(), body)
  assert.equal(reply.status, status)
  assert.equal(headerOf(reply, 'Content-Type'), 'application/json')
}

suite('below /flask', () => {
  const thailand = '{"area":513120,"capital":"Bangkok","id":1,"name":"Thailand"}'
  const australia = '{"area":7617930,"capital":"Canberra","id":2,"name":"Australia"}'
  const egypt = '{"area":1010408,"capital":"Cairo","id":3,"name":"Egypt"}'
  const added = '{"area":357022,"capital":"Berlin","id":4,"name":"Germany"}'

  test('countries are listed, read and added, with their members sorted', async () => {
    await using countries = await serveExample('countries')
    const { port } = countries
    assertReply(await ask(port, 'GET /flask/countries'), 200, `[${thailand},${australia},${egypt}]`)
    assertReply(await ask(port, 'GET /flask/country'), 200, australia)
    const reply = await askJson(port, 'POST /flask/countries', germany)
    assertReply(reply, 201, added)
    assert.equal(reply.statusLine, 'HTTP/1.1 201 Created')
    assertReply(await ask(port, 'GET /flask/countries'), 200, `[${thailand},${australia},${egypt},${added}]`)
  })
  test('a body is JSON, also of a subtype, and nothing else', async () => {
    await using countries = await serveExample('countries')
    const { port } = countries
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
    assertReply(await ask(port, 'POST /flask/countries', form, 'name=Germany'), 415, '{"error":"Request must be JSON"}')
    assertReply(await ask(port, 'POST /flask/countries', {}, 'name=Germany'), 415, '{"error":"Request must be JSON"}')
    const subtype = { 'Content-Type': 'application/vnd.api+json' }
    assertReply(await ask(port, 'POST /flask/countries', subtype, JSON.stringify(germany)), 201, added)
  })
  test('errors are JSON too, and addresses say all that they answer', async () => {
    await using countries = await serveExample('countries')
    const { port } = countries
    const json = { 'Content-Type': 'application/json' }
    for (const [line, headers, body, status] of [
      ['POST /flask/countries', json, '{"name":', 400],
      ['GET /flask/cities', {}, undefined, 404],
      ['DELETE /flask/countries', {}, undefined, 405],
      ['POST /flask/countries', json, '{"name":"Germany"}', 422],
    ] as const) {
      const reply = await ask(port, line, headers, body)
      assert.equal(reply.status, status, line)
      assert.equal(headerOf(reply, 'Content-Type'), 'application/json')
      assert.deepEqual(Object.keys(JSON.parse(reply.body.toString())), ['error'])
    }
    assert.equal(headerOf(await ask(port, 'DELETE /flask/countries'), 'Allow'), 'GET, HEAD, OPTIONS, POST')
    const options = await ask(port, 'OPTIONS /flask/countries')
    assert.deepEqual([options.status, headerOf(options, 'Allow')], [204, 'GET, HEAD, OPTIONS, POST'])
    const head = await ask(port, 'HEAD /flask/countries')
    const length = `[${thailand},${australia},${egypt}]`.length
    assert.deepEqual([head.status, headerOf(head, 'Content-Length')], [200, String(length)])
    assertReply(await ask(port, 'GET /flask/countries/'), 200, `[${thailand},${australia},${egypt}]`)
  })
})

suite('below /fastapi', () => {
  const three =
    '{"id":1,"name":"Thailand","capital":"Bangkok","area":513120},' +
    '{"id":2,"name":"Australia","capital":"Canberra","area":7617930},' +
    '{"id":3,"name":"Egypt","capital":"Cairo","area":1010408}'
  const added = '{"id":4,"name":"Germany","capital":"Berlin","area":357022}'

  test('countries are listed and added, with their members as the model has them', async () => {
    await using countries = await serveExample('countries')
    const { port } = countries
    assertReply(await ask(port, 'GET /fastapi/countries'), 200, `[${three}]`)
    assertReply(await askJson(port, 'POST /fastapi/countries', germany), 201, added)
    assertReply(await ask(port, 'GET /fastapi/countries/'), 200, `[${three},${added}]`)
  })
  test('what is missing is told as pydantic tells it', async () => {
    await using countries = await serveExample('countries')
    const { port } = countries
    const { area: _, ...given } = germany
    const reply = await askJson(port, 'POST /fastapi/countries', given)
    const detail = [{ type: 'missing', loc: ['body', 'area'], msg: 'Field required', input: given }]
    assert.deepEqual([reply.status, JSON.parse(reply.body.toString())], [422, { detail }])
  })
  test('what has the wrong type is told so too', async () => {
    await using countries = await serveExample('countries')
    const { port } = countries
    const reply = await askJson(port, 'POST /fastapi/countries', { name: 1, capital: 'Berlin', area: 1.5 })
    const { detail } = JSON.parse(reply.body.toString())
    assert.deepEqual(
      detail.map(({ type, loc, input }: Record<string, unknown>) => ({ type, loc, input })),
      [
        { type: 'string_type', loc: ['body', 'name'], input: 1 },
        { type: 'int_from_float', loc: ['body', 'area'], input: 1.5 },
      ],
    )
  })
  test('ids are given by the API, and unknown members are left out', async () => {
    await using countries = await serveExample('countries')
    const { port } = countries
    const more = { ...germany, id: 1, country_id: 9, continent: 'Europe' }
    assertReply(await askJson(port, 'POST /fastapi/countries', more), 201, added)
  })
  test('a list, an empty body, broken JSON and other media types are refused under detail', async () => {
    await using countries = await serveExample('countries')
    const { port } = countries
    const json = { 'Content-Type': 'application/json' }
    for (const [headers, body, status] of [
      [json, '[]', 422],
      [json, '', 422],
      [json, '{"name":', 400],
      [{ 'Content-Type': 'application/xml' }, '<a/>', 415],
      [{}, JSON.stringify(germany), 415],
    ] as const) {
      const reply = await ask(port, 'POST /fastapi/countries', headers, body)
      assert.equal(reply.status, status, body)
      assert.ok('detail' in JSON.parse(reply.body.toString()))
    }
  })
  test('addresses answer HEAD and OPTIONS, and say all methods', async () => {
    await using countries = await serveExample('countries')
    const { port } = countries
    assert.equal((await ask(port, 'HEAD /fastapi/countries')).status, 200)
    assert.equal((await ask(port, 'OPTIONS /fastapi/countries')).status, 204)
    const removed = await ask(port, 'DELETE /fastapi/countries')
    assert.deepEqual([removed.status, headerOf(removed, 'Allow')], [405, 'GET, HEAD, OPTIONS, POST'])
  })
})

test('both faces show the same countries, and the documentation shows both', async () => {
  await using countries = await serveExample('countries')
  const { port } = countries
  await askJson(port, 'POST /flask/countries', germany)
  assert.match((await ask(port, 'GET /fastapi/countries')).body.toString(), /"id":4,"name":"Germany"/)
  const document = JSON.parse((await ask(port, 'GET /openapi.json')).body.toString())
  assert.deepEqual(Object.keys(document.paths), ['/flask/countries', '/fastapi/countries', '/flask/country'])
  for (const page of ['/docs', '/redoc']) assert.equal((await ask(port, `GET ${page}`)).status, 200)
})
