import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { anyOf, apiKey, type Caller, createApp, get, patch, role, service, stream, websocket } from 'trestle'
import { z } from 'zod'
import { openApiDocument } from '../../src/openapi/document.ts'
import { Client } from '../http/websocket-client.ts'

const hr = role('hr')
const Employee = z
  .object({
    name: z.string(),
    salary: z.number().meta({ readableBy: anyOf(hr, role('payroll')), writableBy: hr }),
    note: z.string().optional().meta({ readableBy: hr, writableBy: hr }),
  })
  .meta({ id: 'Employee' })
const Team = z.object({ lead: Employee, members: z.array(Employee), byName: z.record(z.string(), Employee) })

const ada = { name: 'Ada', salary: 100, note: 'fine' }
const team = { lead: ada, members: [ada, { name: 'Bob', salary: 90 }], byName: { ada } }

const services = [
  service({ name: 'team', output: Team, on: get('/team'), handle: () => team }),
  service({
    name: 'staff',
    output: stream(Employee),
    on: get('/staff'),
    handle: async function* () {
      yield ada
    },
  }),
  service({
    name: 'change',
    input: z.object({ id: z.int() }).extend(Employee.partial().shape),
    output: Employee,
    on: patch('/employees/{id}'),
    handle: ({ input: { name, salary } }) => ({ ...ada, ...(name && { name }), ...(salary && { salary }) }),
  }),
  service({
    name: 'inner',
    output: z.object({ salary: z.number() }),
    on: get('/inner'),
    handle: async ({ invoke }) => ({ salary: ((await invoke('team')) as { lead: { salary: number } }).lead.salary }),
  }),
]

const app = () => createApp({ log: 'silent', mode: 'test', services })
const as = (...roles: string[]): { readonly caller: Caller } => ({
  caller: { definition: 'staff', username: 'x', roles, scopes: [] },
})
const body = (text: string): RequestInit => ({
  method: 'PATCH',
  body: text,
  headers: { 'Content-Type': 'application/json' },
})

describe('a member with readableBy', () => {
  test('leaves only for those who may see it, at whatever depth', async () => {
    await using api = app()
    const seen = async (...roles: string[]) => (await api.fetch(new Request('http://x/team'), as(...roles))).json()
    assert.deepEqual(await seen('hr'), team)
    const known = { name: 'Ada', salary: 100 }
    assert.deepEqual(await seen('payroll'), {
      lead: known,
      members: [known, { name: 'Bob', salary: 90 }],
      byName: { ada: known },
    })
    const named = { name: 'Ada' }
    assert.deepEqual(await seen(), { lead: named, members: [named, { name: 'Bob' }], byName: { ada: named } })
    assert.deepEqual(await (await api.fetch(new Request('http://x/team'))).json(), {
      lead: named,
      members: [named, { name: 'Bob' }],
      byName: { ada: named },
    })
  })

  test('is left out of the items of a stream', async () => {
    await using api = app()
    const reply = await api.fetch(new Request('http://x/staff', { headers: { Accept: 'application/jsonl' } }), as())
    assert.equal(await reply.text(), '{"name":"Ada"}\n')
  })

  test('is there for services that invoke each other, and for the app itself', async () => {
    await using api = app()
    assert.deepEqual(await (await api.fetch(new Request('http://x/inner'), as())).json(), { salary: 100 })
    assert.deepEqual(await api.invoke('team'), team)
  })

  test('is described as one that need not be there, without its rule', async () => {
    await using api = app()
    const document = openApiDocument(api.description)
    const schemas = document.components.schemas as Record<string, { required?: string[] }>
    assert.deepEqual(schemas.Employee?.required, ['name'])
    assert.doesNotMatch(JSON.stringify(document), /readableBy|writableBy/)
  })

  test('may not be in a reply that is kept for all callers', () => {
    const shared = service({
      name: 'shared',
      output: Employee,
      on: get('/shared', { cache: { ttl: 10, shared: true } }),
      handle: () => ada,
    })
    assert.throws(
      () => createApp({ services: [shared] }),
      /GET \/shared \(shared\) keeps one reply for all callers, but not all of them may see each member: leave 'shared' out/,
    )
  })
})

describe('a member with writableBy', () => {
  test('is refused from those who may not set it, null too', async () => {
    await using api = app()
    for (const text of ['{"salary":1}', '{"note":"x"}']) {
      const reply = await api.fetch(new Request('http://x/employees/1', body(text)), as('payroll'))
      const problem = (await reply.json()) as { code: string; detail: string }
      const path = text.includes('salary') ? '/salary' : '/note'
      assert.deepEqual([reply.status, problem.code], [403, 'forbidden'])
      assert.equal(problem.detail, `${path} may not be set here: this needs the role hr`)
    }
  })

  test('is taken from those who may, and left out by the others', async () => {
    await using api = app()
    const set = await api.fetch(new Request('http://x/employees/1', body('{"salary":1}')), as('hr'))
    assert.deepEqual(await set.json(), { name: 'Ada', salary: 1, note: 'fine' })
    const other = await api.fetch(new Request('http://x/employees/1', body('{"name":"Eve"}')), as())
    assert.deepEqual([other.status, await other.json()], [200, { name: 'Eve' }])
  })
})

test('a message of a client is refused that sets what the client may not', async () => {
  const Said = z.object({
    text: z.string(),
    pinned: z
      .boolean()
      .optional()
      .meta({ writableBy: role('moderator') }),
  })
  const chat = service({
    name: 'chat',
    incoming: Said,
    output: stream(Said),
    on: websocket('/chat', { security: 'members', invalid: 'tell' }),
    handle: async function* ({ incoming }) {
      yield* incoming
    },
  })
  await using api = createApp({
    log: 'silent',
    services: [chat],
    security: {
      ada: apiKey({ key: 'key-of-ada' }),
      mod: apiKey({ key: 'key-of-mod', roles: ['moderator'] }),
      members: ['ada', 'mod'],
    },
  })
  const { url } = await api.listen({ port: 0 })
  const open = (name: string) => Client.open(`${url}/chat`, [], { headers: { 'X-API-Key': `key-of-${name}` } })
  await using ada = await open('ada')
  ada.send({ text: 'hello', pinned: true })
  ada.send({ text: 'hello' })
  const [refused, said] = await ada.messages(2)
  const { code, detail } = refused as { code: string; detail: string }
  assert.deepEqual([code, detail], ['forbidden', '/pinned may not be set here: this needs the role moderator'])
  assert.deepEqual(said, { text: 'hello' })
  await using mod = await open('mod')
  mod.send({ text: 'hello', pinned: true })
  assert.deepEqual(await mod.messages(1), [{ text: 'hello', pinned: true }])
})

describe('an app does not start with', () => {
  const starting = (meta: Readonly<Record<string, unknown>>) => () => {
    const output = z.object({ pay: z.int().meta(meta) })
    createApp({ services: [service({ name: 'broken', output, handle: () => ({ pay: 1 }) })] })
  }

  test('a rule that is none', () => {
    const fault = /broken: the readableBy of \/pay is no rule about the caller: give it role\(\)/
    for (const rule of [{}, { role: '' }, { roles: ['hr'] }, 'hr', { allOf: [{}] }, { role: 'a', scope: 'b' }]) {
      assert.throws(starting({ readableBy: rule }), fault)
    }
  })

  test('a function in a rule, which would be lost', () => {
    const fault = /The output member '\/pay' has a function in 'readableBy', which takes rules about the caller only/
    assert.throws(starting({ readableBy: () => true }), fault)
    assert.throws(starting({ readableBy: { anyOf: [role('hr'), () => true] } }), fault)
  })
})

test('a model may have a member that is called readableBy', async () => {
  const Book = z.object({ readableBy: z.string() })
  const book = service({ name: 'book', output: Book, on: get('/book'), handle: () => ({ readableBy: 'all' }) })
  await using api = createApp({ log: 'silent', services: [book] })
  assert.deepEqual(await (await api.fetch(new Request('http://x/book'))).json(), { readableBy: 'all' })
})
