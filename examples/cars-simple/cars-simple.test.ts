import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type ServedExample, serveExample } from '../../test/examples/served-example.ts'
import { ask, askJson, headerOf, type RawReply } from '../../test/http/raw-connection.ts'

const honda = { id: 1, model: 'Honda', color: 'White' }
const ford = { id: 2, model: 'Ford', color: 'Black' }
const newFord = { id: 2, model: 'New Ford', color: 'New Black' }

function assertReply(reply: RawReply, status: number, body: unknown): void {
  assert.equal(reply.status, status)
  assert.equal(headerOf(reply, 'Content-Type'), 'text/json; charset=utf-8')
  assert.equal(reply.body.toString(), JSON.stringify(body))
}

/** The two cars of the text, in a service of their own. */
async function withCars(): Promise<ServedExample> {
  const cars = await serveExample('cars-simple')
  await askJson(cars.port, 'POST /cars/', honda)
  await askJson(cars.port, 'POST /cars/', ford)
  return cars
}

suite('the calls of the text', () => {
  test('run from top to bottom', async () => {
    await using cars = await serveExample('cars-simple')
    const { port } = cars
    const json = { 'Content-Type': 'application/json' }
    assertReply(await ask(port, 'GET /cars'), 200, [])
    assertReply(await askJson(port, 'POST /cars/', honda), 200, [honda])
    assertReply(await askJson(port, 'POST /cars/', ford), 200, [honda, ford])
    assertReply(await ask(port, 'GET /cars/', json), 200, [honda, ford])
    assertReply(await ask(port, 'GET /cars/2', json), 200, ford)
    assertReply(await askJson(port, 'PUT /cars/2', newFord), 200, [honda, newFord])
    assertReply(await ask(port, 'GET /cars/2', json), 200, newFord)
    assertReply(await ask(port, 'DELETE /cars/2'), 200, [honda])
    assertReply(await ask(port, 'GET /cars/', json), 200, [honda])
  })
  test('do not add a car twice', async () => {
    await using cars = await withCars()
    assertReply(await askJson(cars.port, 'POST /cars', { ...honda, color: 'Red' }), 200, [honda, ford])
  })
  test('find nothing, change nothing and remove nothing under an unknown id', async () => {
    await using cars = await withCars()
    assertReply(await ask(cars.port, 'GET /cars/3'), 200, {})
    assertReply(await askJson(cars.port, 'PUT /cars/3', newFord), 200, [honda, ford])
    assertReply(await ask(cars.port, 'DELETE /cars/3'), 200, [honda, ford])
  })
  test('add with PUT what is not there, where the client asks for it', async () => {
    await using cars = await withCars()
    const third = { id: 3, model: 'Fiat', color: 'Blue' }
    assertReply(await askJson(cars.port, 'PUT /cars/3?upsert=true', third), 200, [honda, ford, third])
  })
  test('refuse an id too many or too few', async () => {
    await using cars = await withCars()
    for (const line of ['POST /cars/1', 'PUT /cars', 'DELETE /cars']) {
      const reply = await askJson(cars.port, line, honda)
      assert.equal(reply.status, 400, line)
      assert.match(reply.body.toString(), /^\{"error":"bad request: /)
      assert.equal(headerOf(reply, 'Content-Type'), 'text/json; charset=utf-8')
    }
  })
})

suite('what the older program did wrong', () => {
  test('is answered with the methods of the address', async () => {
    await using cars = await withCars()
    const patched = await askJson(cars.port, 'PATCH /cars/1', {})
    assert.deepEqual([patched.status, headerOf(patched, 'Allow')], [405, 'DELETE, GET, HEAD, OPTIONS, POST, PUT'])
    const options = await ask(cars.port, 'OPTIONS /cars')
    assert.deepEqual([options.status, headerOf(options, 'Allow')], [204, 'DELETE, GET, HEAD, OPTIONS, POST, PUT'])
    const head = await ask(cars.port, 'HEAD /cars')
    assert.deepEqual(
      [head.status, headerOf(head, 'Content-Length')],
      [200, String(JSON.stringify([honda, ford]).length)],
    )
  })
  test('is not found where the address is none of a car', async () => {
    await using cars = await withCars()
    for (const path of ['/cars/abc', '/cars1', '/car', '/cars/1/2']) {
      assert.equal((await ask(cars.port, `GET ${path}`)).status, 404, path)
    }
  })
  test('is refused with its reason', async () => {
    await using cars = await withCars()
    const broken = await ask(cars.port, 'POST /cars', { 'Content-Type': 'application/json' }, '{"id": 1,')
    assert.equal(broken.status, 400)
    assert.equal((await askJson(cars.port, 'POST /cars', { id: 'one' })).status, 422)
    const form = await ask(
      cars.port,
      'PUT /cars/1',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      'key=value',
    )
    assert.equal(form.status, 415)
  })
})
