import { notFound, service } from 'trestle'
import { z } from 'zod'
import { countries } from '../countries.ts'
import { fastapi, flask } from '../faces.ts'

const CountryData = z.object({
  name: z.string().min(1),
  capital: z.string().min(1),
  area: z.int().nonnegative().meta({ description: 'In square kilometres' }),
})
const Country = z.object({ id: z.int() }).extend(CountryData.shape).meta({ id: 'Country' })

const countryService = service.with({ use: { countries }, tags: ['Countries'] })

export const getCountries = countryService({
  summary: 'List all countries',
  output: z.array(Country),
  on: [flask.get('/countries'), fastapi.get('/countries')],
  handle: ({ countries }) => countries,
})

export const getCountry = countryService({
  summary: 'Read the second country',
  output: Country,
  throws: ['not_found'],
  on: flask.get('/country'),
  handle: ({ countries }) => countries[1] ?? notFound('There is no second country'),
})

export const addCountry = countryService({
  summary: 'Add a country',
  description: 'The id is the next one, whatever the body says.',
  input: CountryData,
  output: Country,
  on: [flask.post('/countries', { status: 201 }), fastapi.post('/countries', { status: 201 })],
  handle: ({ input, countries }) => {
    const country = { id: Math.max(0, ...countries.map(({ id }) => id)) + 1, ...input }
    countries.push(country)
    return country
  },
})
