import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { App } from 'trestle'
import type { Reply } from 'trestle/client'
import type { TestClient } from 'trestle/testing'
import { testExample } from '../../test/examples/tested-example.ts'

const honda = { id: 1, model: 'Honda', color: 'White' }
const ford = { id: 2, model: 'Ford', color: 'Black' }
const json = { 'Content-Type': 'application/json' }
const newFord = { id: 2, model: 'New Ford', color: 'New Black' }

async function assertReply(asked: Promise<Reply>, status: number, body: unknown): Promise<void> {
  const reply = await asked
  assert.equal(reply.status, status)
  assert.equal(reply.headers.get('Content-Type'), 'text/json; charset=utf-8')
  assert.equal(await reply.text(), JSON.stringify(body))
}

/** The two cars of the text, in a service of their own. */
async function withCars(): Promise<TestClient<App>> {
  const cars = await testExample('cars-simple')
  await cars.post('/cars/', { json: honda })
  await cars.post('/cars/', { json: ford })
  return cars
}

suite('the calls of the text', () => {
  test('run from top to bottom', async () => {
    await using cars = await testExample('cars-simple')
    await assertReply(cars.get('/cars'), 200, [])
    await assertReply(cars.post('/cars/', { json: honda }), 200, [honda])
    await assertReply(cars.post('/cars/', { json: ford }), 200, [honda, ford])
    await assertReply(cars.get('/cars/', { headers: json }), 200, [honda, ford])
    await assertReply(cars.get('/cars/2', { headers: json }), 200, ford)
    await assertReply(cars.put('/cars/2', { json: newFord }), 200, [honda, newFord])
    await assertReply(cars.get('/cars/2', { headers: json }), 200, newFord)
    await assertReply(cars.delete('/cars/2'), 200, [honda])
    await assertReply(cars.get('/cars/', { headers: json }), 200, [honda])
  })
  test('do not add a car twice', async () => {
    await using cars = await withCars()
    await assertReply(cars.post('/cars', { json: { ...honda, color: 'Red' } }), 200, [honda, ford])
  })
  test('find nothing, change nothing and remove nothing under an unknown id', async () => {
    await using cars = await withCars()
    await assertReply(cars.get('/cars/3'), 200, {})
    await assertReply(cars.put('/cars/3', { json: newFord }), 200, [honda, ford])
    await assertReply(cars.delete('/cars/3'), 200, [honda, ford])
  })
  test('add with PUT what is not there, where the client asks for it', async () => {
    await using cars = await withCars()
    const third = { id: 3, model: 'Fiat', color: 'Blue' }
    await assertReply(cars.put('/cars/3?upsert=true', { json: third }), 200, [honda, ford, third])
  })
  test('refuse an id too many or too few', async () => {
    await using cars = await withCars()
    for (const line of ['POST /cars/1', 'PUT /cars', 'DELETE /cars']) {
      const [method = '', path = ''] = line.split(' ')
      const reply = await cars.request(method, path, { json: honda })
      assert.equal(reply.status, 400, line)
      assert.match(await reply.text(), /^\{"error":"bad request: /)
      assert.equal(reply.headers.get('Content-Type'), 'text/json; charset=utf-8')
    }
  })
})

suite('what the older program did wrong', () => {
  test('is answered with the methods of the address', async () => {
    await using cars = await withCars()
    const patched = await cars.patch('/cars/1', { json: {} })
    assert.deepEqual([patched.status, patched.headers.get('Allow')], [405, 'DELETE, GET, HEAD, OPTIONS, POST, PUT'])
    const options = await cars.options('/cars')
    assert.deepEqual([options.status, options.headers.get('Allow')], [204, 'DELETE, GET, HEAD, OPTIONS, POST, PUT'])
    const head = await cars.head('/cars')
    assert.deepEqual(
      [head.status, head.headers.get('Content-Length')],
      [200, String(JSON.stringify([honda, ford]).length)],
    )
  })
  test('is not found where the address is none of a car', async () => {
    await using cars = await withCars()
    for (const path of ['/cars/abc', '/cars1', '/car', '/cars/1/2']) {
      assert.equal((await cars.get(path)).status, 404, path)
    }
  })
  test('is refused with its reason', async () => {
    await using cars = await withCars()
    const broken = await cars.post('/cars', { headers: json, body: '{"id": 1,' })
    assert.equal(broken.status, 400)
    assert.equal((await cars.post('/cars', { json: { id: 'one' } })).status, 422)
    const form = await cars.put('/cars/1', { form: { key: 'value' } })
    assert.equal(form.status, 415)
  })
})
