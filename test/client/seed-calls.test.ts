import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { client, HttpError } from 'trestle/client'
import { serveExample } from '../examples/served-example.ts'

interface Todo {
  readonly userId: number
  readonly id: number
  readonly title: string
  readonly completed: boolean
}

interface Car {
  readonly id: number
  readonly model: string
  readonly color: string
}

suite('the calls of the seed', { concurrency: true }, () => {
  test('read, add, replace, change and remove todos, which stay as they are', async () => {
    await using served = await serveExample('todos')
    const api = client(served.url)
    const milk = { userId: 1, title: 'Buy milk', completed: false }
    const added = { ...milk, id: 201 }

    const first = await api.get<Todo>('/todos/1')
    assert.deepEqual([first.status, first.ok], [200, true])
    assert.equal(first.headers.get('CONTENT-TYPE'), 'application/json; charset=utf-8')
    assert.deepEqual(await first.json(), { userId: 1, id: 1, title: 'delectus aut autem', completed: false })

    const byJson = await api.post<Todo>('/todos', { json: milk })
    assert.deepEqual([byJson.status, await byJson.json()], [201, added])
    assert.equal(new URL(byJson.headers.get('location') ?? '', byJson.url).pathname, '/todos/201')
    const byHand = await api.post<Todo>('/todos', {
      body: JSON.stringify(milk),
      headers: { 'Content-Type': 'application/json' },
    })
    assert.deepEqual([byHand.status, await byHand.json()], [201, added])

    const tenth = await api.get<Todo>('/todos/10').json()
    assert.deepEqual([tenth.userId, tenth.id, tenth.completed], [1, 10, true])
    const car = { userId: 1, title: 'Wash car', completed: true }
    assert.deepEqual(await api.put('/todos/10', { json: car }).json(), { ...car, id: 10 })
    assert.deepEqual(await api.patch('/todos/10', { json: { title: 'Mow lawn' } }).json(), {
      ...tenth,
      title: 'Mow lawn',
    })
    const removed = await api.delete('/todos/10')
    assert.deepEqual([removed.status, await removed.json()], [200, {}])

    const gone = await api.get('/todos/201')
    assert.deepEqual([gone.status, gone.ok, await gone.json()], [404, false, {}])
    await assert.rejects(api.get('/todos/201').json(), HttpError)
    const all = await api.get<readonly Todo[]>('/todos').json()
    assert.deepEqual([all.length, all[9]?.title], [200, tenth.title])
  })
  test('add, read, replace and remove cars, one after the other', async () => {
    await using served = await serveExample('cars-simple')
    const cars = client(served.url)
    const line = ({ id, model, color }: Car): string => `${id} ${model} ${color}`
    const good = async <T>(reply: ReturnType<typeof cars.get<T>>): Promise<T> => {
      const { status, encoding, headers, json } = await reply
      assert.deepEqual([status, encoding], [200, 'utf-8'])
      assert.match(headers.get('content-type') ?? '', /json/)
      return json()
    }

    await good(cars.post('/cars', { json: { id: 1, model: 'Honda', color: 'White' } }))
    await good(cars.post('/cars', { json: { id: 2, model: 'Ford', color: 'Black' } }))
    assert.deepEqual((await good(cars.get<Car[]>('/cars/'))).map(line), ['1 Honda White', '2 Ford Black'])
    assert.equal(line(await good(cars.get<Car>('/cars/2'))), '2 Ford Black')
    await good(cars.put('/cars/1', { json: { id: 1, model: 'New Honda', color: 'New Black' } }))
    assert.equal(line(await good(cars.get<Car>('/cars/1'))), '1 New Honda New Black')
    await good(cars.delete('/cars/1'))
    assert.deepEqual((await good(cars.get<Car[]>('/cars/'))).map(line), ['2 Ford Black'])
  })
})
