import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  type App,
  createApp,
  del,
  file,
  get,
  notFound,
  patch,
  post,
  put,
  type Service,
  service,
  silentLogger,
  stream,
} from 'trestle'
import { z } from 'zod'
import { readOpenApi } from '../../src/openapi/read/read-open-api.ts'
import { generateTests } from '../../src/testing/generate/generate-tests.ts'
import type { GenerateResult } from '../../src/testing/generate/result.ts'

async function tested(services: Readonly<Record<string, Service>>): Promise<GenerateResult> {
  await using app: App = createApp({ services: { own: services }, log: silentLogger, mode: 'test' })
  const document = await (await app.fetch(new Request('http://localhost/openapi.json'))).json()
  return generateTests({ api: readOpenApi(document), send: app.fetch, settings: { seed: 11, own: true, examples: 60 } })
}

function shown({ faults }: GenerateResult): unknown {
  return faults.map(({ message, steps }) => [message, steps.map(({ request }) => request)])
}

const Address = z.object({
  street: z.string().min(1),
  zip: z.string().regex(/^\d{5}$/),
  since: z.iso.date().optional(),
})
const Person = z.object({
  name: z.string().min(1).max(20),
  email: z.email(),
  born: z.iso.datetime().nullable(),
  kind: z.enum(['human', 'robot']).default('human'),
  tags: z.array(z.string().min(1)).max(3),
  size: z.number().min(0).max(3).multipleOf(0.5).optional(),
  homes: z.array(Address).min(1),
  friend: z.union([z.object({ id: z.int() }), z.object({ nick: z.string() })]).optional(),
  more: z.record(z.string(), z.int()).optional(),
})

/** Services with all that inputs and outputs can be, which do as they say. */
function healthy(): Readonly<Record<string, Service>> {
  const people = new Map<string, z.infer<typeof Person>>()
  const Kept = Person.extend({ id: z.uuid() })
  const Id = z.object({ id: z.uuid() })
  const known = (id: string): z.infer<typeof Person> => people.get(id) ?? notFound()
  return {
    add: service({
      input: Person,
      output: Kept,
      on: post('/people', { status: 201, location: '/people/{id}' }),
      handle: ({ input }) => {
        const id = crypto.randomUUID()
        people.set(id, input)
        return { ...input, id }
      },
    }),
    read: service({
      input: Id,
      output: Kept,
      throws: ['not_found'],
      on: get('/people/{id}', { etag: true }),
      handle: ({ input: { id } }) => ({ ...known(id), id }),
    }),
    replace: service({
      input: Id.extend(Person.shape),
      output: Kept,
      throws: ['not_found'],
      on: put('/people/{id}'),
      handle: ({ input: { id, ...person } }) => {
        known(id)
        people.set(id, person)
        return { ...person, id }
      },
    }),
    change: service({
      input: Id.extend(Person.omit({ kind: true }).partial().shape),
      output: Kept,
      throws: ['not_found'],
      on: patch('/people/{id}'),
      handle: ({ input: { id, ...changes } }) => {
        const given = Object.entries(changes).filter(([, value]) => value !== undefined)
        const person = Person.parse({ ...known(id), ...Object.fromEntries(given) })
        people.set(id, person)
        return { ...person, id }
      },
    }),
    remove: service({
      input: Id,
      throws: ['not_found'],
      on: del('/people/{id}'),
      handle: ({ input: { id } }) => {
        known(id)
        people.delete(id)
      },
    }),
    search: service({
      input: z.object({
        q: z.string().optional(),
        tags: z.array(z.enum(['a', 'b'])).optional(),
        page: z.int().min(1).default(1),
        deep: z.boolean().optional(),
        day: z.iso.date().optional(),
        'x-client': z.string().max(8).optional(),
        session: z.string().optional(),
      }),
      output: z.object({ page: z.int() }),
      on: get('/search', { in: { 'x-client': 'header', session: 'cookie' } }),
      handle: ({ input }) => ({ page: input.page }),
    }),
    upload: service({
      input: z.object({ title: z.string().min(1), count: z.int().optional(), cover: file({ types: ['image/*'] }) }),
      output: z.object({ size: z.int() }),
      on: post('/covers'),
      handle: ({ input }) => ({ size: input.cover.size }),
    }),
    count: service({
      input: z.object({ to: z.int().min(0).max(5) }),
      output: stream(z.object({ n: z.int() })),
      on: get('/count/{to}'),
      handle: async function* ({ input }) {
        for (let n = 0; n < input.to; n++) yield { n }
      },
    }),
  }
}

suite('generated tests of an app of Trestle', () => {
  test('find nothing in services with all that inputs and outputs can be', async () => {
    const result = await tested(healthy())
    assert.deepEqual(shown(result), [])
    assert.deepEqual(result.coverage.operations.missed, [])
  })

  test('find what an update forgets', async () => {
    const things = new Map([[1, 'one']])
    const Thing = z.object({ id: z.int(), name: z.string().min(1) })
    let last = 1
    const add = service({
      input: Thing.omit({ id: true }),
      output: Thing,
      on: post('/things', { status: 201 }),
      handle: ({ input }) => {
        last += 1
        things.set(last, input.name)
        return { id: last, ...input }
      },
    })
    const read = service({
      input: Thing.pick({ id: true }),
      output: Thing,
      throws: ['not_found'],
      on: get('/things/{id}'),
      handle: ({ input: { id } }) => ({ id, name: things.get(id) ?? notFound() }),
    })
    const forget = service({
      input: Thing,
      output: Thing,
      throws: ['not_found'],
      on: put('/things/{id}', { ifMatch: 'required' }),
      handle: ({ input }) => (things.has(input.id) ? input : notFound()),
    })
    const { faults } = await tested({ add, read, forget })
    assert.deepEqual(
      faults.map(({ operation, check }) => [operation, check]),
      [['GET /things/{id}', 'lost_update']],
    )
  })
})
