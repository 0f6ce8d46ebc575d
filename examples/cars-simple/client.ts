// Calls the simple cars: node examples/cars-simple/client.ts [address], http://localhost:17010 if none is given.
import { client, type Reply } from 'trestle/client'

interface Car {
  readonly id: number
  readonly model: string
  readonly color: string
}

const [address = 'http://localhost:17010'] = process.argv.slice(2)
const cars = client(address)

async function show(reply: Reply): Promise<void> {
  console.log('Status code  :', reply.status)
  console.log('Encoding     :', reply.encoding)
  console.log('JSON         :', JSON.stringify(await reply.json()))
  console.log('Content type :', reply.headers.get('Content-Type'))
  console.log()
}

function showCar({ id, model, color }: Car): void {
  console.log(`${id} ${model} ${color}\n`)
}

console.log('--- Adding car 1\n')
await show(await cars.post('/cars', { json: { id: 1, model: 'Honda', color: 'White' } }))

console.log('--- Adding car 2\n')
await show(await cars.post('/cars', { json: { id: 2, model: 'Ford', color: 'Black' } }))

console.log('--- Retrieving all cars\n')
const all = await cars.get<readonly Car[]>('/cars/')
await show(all)
for (const car of await all.json()) showCar(car)

console.log('--- Retrieving car 2\n')
const second = await cars.get<Car>('/cars/2')
await show(second)
showCar(await second.json())

console.log('--- Updating car 1\n')
await show(await cars.put('/cars/1', { json: { id: 1, model: 'New Honda', color: 'New Black' } }))

console.log('--- Retrieving car 1\n')
const first = await cars.get<Car>('/cars/1')
await show(first)
showCar(await first.json())

console.log('--- Deleting car 1\n')
await show(await cars.delete('/cars/1'))

console.log('--- Retrieving all cars\n')
await show(await cars.get('/cars/'))
