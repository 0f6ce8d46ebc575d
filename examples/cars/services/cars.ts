import { del, get, notFound, patch, post, put, service } from 'trestle'
import { z } from 'zod'
import { garage } from '../cars.ts'

const CarData = z.object({
  make: z.string().min(1),
  model: z.string().min(1),
  year: z.int().min(1886),
  vin: z.string().regex(/^[A-HJ-NPR-Z0-9]{17}$/),
  color: z.string().min(1),
})
const CarId = z.object({ id: z.int().positive() })
const Car = CarId.extend(CarData.shape).meta({ id: 'Car' })

// One setting for all: a car that is described by other fields than these is refused.
const carService = service.with({ use: { garage }, tags: ['Cars'], unknown: 'strict' })

export const listCars = carService({
  summary: 'List all cars',
  output: z.array(Car),
  on: get('/cars'),
  handle: ({ garage }) => [...garage.list()],
})

export const getCar = carService({
  summary: 'Read one car',
  input: CarId,
  output: Car,
  throws: ['not_found'],
  on: get('/cars/{id}'),
  handle: ({ input, garage }) => garage.find(input.id) ?? notFound(),
})

export const addCar = carService({
  summary: 'Add a car',
  input: CarData,
  output: Car,
  on: post('/cars', { status: 201, location: '/cars/{id}' }),
  handle: ({ input, garage }) => garage.add(input),
})

export const replaceCar = carService({
  summary: 'Replace a car',
  input: Car,
  output: Car,
  throws: ['not_found'],
  on: put('/cars/{id}'),
  handle: ({ input, garage }) => (garage.find(input.id) === undefined ? notFound() : garage.keep(input)),
})

export const changeCar = carService({
  summary: 'Change what is given of a car',
  input: CarId.extend(CarData.partial().shape),
  output: Car,
  throws: ['not_found'],
  on: patch('/cars/{id}'),
  handle: ({ input, garage }) => garage.change(input.id, input) ?? notFound(),
})

export const removeCar = carService({
  summary: 'Remove a car',
  input: CarId,
  throws: ['not_found'],
  on: del('/cars/{id}'),
  handle: ({ input, garage }) => {
    if (!garage.remove(input.id)) notFound()
  },
})
