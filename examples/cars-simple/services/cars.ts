import { badRequest, del, get, post, put, service } from 'trestle'
import { z } from 'zod'
import { cars } from '../cars.ts'

const CarId = z.object({ id: z.int() })
const Car = CarId.extend({ model: z.string(), color: z.string() }).meta({ id: 'Car' })
const Cars = z.array(Car)
const NoCar = z.strictObject({}).meta({ id: 'NoCar' })

const carService = service.with({ use: { cars }, tags: ['Cars'], throws: ['not_found'] })

export const listCars = carService({
  summary: 'List all cars',
  output: Cars,
  on: get('/cars'),
  handle: ({ cars }) => [...cars.values()],
})

export const getCar = carService({
  summary: 'Read one car',
  description: 'Answers with an empty object where there is none.',
  input: CarId,
  output: z.union([Car, NoCar]),
  on: get('/cars/{id}'),
  handle: ({ input, cars }) => cars.get(input.id) ?? {},
})

export const addCar = carService({
  summary: 'Add a car under the id that it brings',
  description: 'Answers with all cars. A car whose id is taken is not added again.',
  input: Car,
  output: Cars,
  on: post('/cars'),
  handle: ({ input, cars }) => {
    if (!cars.has(input.id)) cars.set(input.id, input)
    return [...cars.values()]
  },
})

export const putCar = carService({
  summary: 'Replace a car',
  description: 'Answers with all cars. The id of the address counts. `upsert` adds a car that is not there yet.',
  input: Car.extend({ upsert: z.boolean().default(false) }),
  output: Cars,
  on: put('/cars/{id}', { in: { upsert: 'query' } }),
  handle: ({ input: { upsert, ...car }, cars }) => {
    if (upsert || cars.has(car.id)) cars.set(car.id, car)
    return [...cars.values()]
  },
})

export const removeCar = carService({
  summary: 'Remove a car',
  description: 'Answers with the cars that are left.',
  input: CarId,
  output: Cars,
  on: del('/cars/{id}'),
  handle: ({ input, cars }) => {
    cars.delete(input.id)
    return [...cars.values()]
  },
})

// Without these, the answer would be 405: here the request as a whole makes no sense.
export const refuseId = carService({
  summary: 'Refuse to add a car to another',
  input: CarId,
  throws: ['bad_request'],
  on: post('/cars/{id}'),
  handle: () => badRequest('bad request: POST goes to /cars'),
})
export const refuseAll = carService({
  summary: 'Refuse to replace or remove all cars',
  throws: ['bad_request'],
  on: [put('/cars'), del('/cars')],
  handle: () => badRequest('bad request: PUT and DELETE go to the address of one car'),
})
