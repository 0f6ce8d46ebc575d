import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { jsonSchema } from '../schema/plain-json-schema.ts'
import type { Schema } from '../schema/schema.ts'
import { SchemaError } from '../schema/schema-error.ts'
import type { Channel } from './channel.ts'
import { createKernel, type Kernel, type KernelOptions } from './kernel.ts'
import type { Provider, Uses } from './provided.ts'
import { provider } from './provider.ts'
import { type Service, service } from './service.ts'
import { StartupError } from './startup-error.ts'

const handle = (): void => {}
const channel = <Param extends string = never>(address: string, ...params: Param[]): Channel<Param> => ({
  kind: 'test',
  address,
  params,
})

function reasons(services: KernelOptions['services'], options: Partial<KernelOptions> = {}): readonly string[] {
  try {
    createKernel({ ...options, services })
  } catch (error) {
    if (error instanceof StartupError) return error.reasons
    throw error
  }
  return []
}

/** A model that JSON Schema cannot describe. */
const undescribed: Schema = {
  '~standard': {
    ...jsonSchema({})['~standard'],
    jsonSchema: {
      input: () => {
        throw new SchemaError('The input model is odd: mend it.')
      },
      output: () => {
        throw new SchemaError('The output model is odd: mend it.')
      },
    },
  },
}

test('an app whose services are all well starts', () => {
  const read = service({ input: z.object({ id: z.int() }), on: channel('GET /{id}', 'id'), handle })
  assert.deepEqual(reasons({ read, write: service({ handle }) }), [])
})

test('a service is found by its name and by itself', () => {
  const read = service({ handle })
  const kernel = createKernel({ services: { employee: { read } } })
  assert.equal(kernel.find('employee.read')?.service, read)
  assert.equal(kernel.find(read)?.name, 'employee.read')
  assert.equal(kernel.find('employee.write'), undefined)
  assert.equal(kernel.find(service({ handle })), undefined)
  assert.deepEqual(
    kernel.services.map(({ name }) => name),
    ['employee.read'],
  )
})

test('a registered service has its models, channels and policy', () => {
  const read = service({
    input: z.object({ id: z.int() }),
    output: z.object({ name: z.string() }),
    on: channel('GET /{id}', 'id'),
    handle: () => ({ name: '' }),
  })
  const [entry] = createKernel({ services: { read } }).services
  assert.deepEqual([...(entry?.input?.members?.keys() ?? [])], ['id'])
  assert.ok(entry?.output)
  assert.deepEqual(entry.channels, [channel('GET /{id}', 'id')])
  assert.equal(entry.unknown, 'strip')
})

test('undeclared members are treated as the service says, else as the app says, else dropped', () => {
  const policy = (kernel: Kernel): unknown => kernel.services[0]?.unknown
  const [silent, speaking] = [service({ handle }), service({ unknown: 'pass', handle })]
  assert.equal(policy(createKernel({ services: { silent } })), 'strip')
  assert.equal(policy(createKernel({ services: { silent }, unknown: 'strict' })), 'strict')
  assert.equal(policy(createKernel({ services: { speaking }, unknown: 'strict' })), 'pass')
})

test('a service without a name is refused, and shown by what is known of it', () => {
  assert.deepEqual(
    reasons([
      service({ handle }),
      service({ summary: 'Reads one', handle }),
      service({ on: channel('GET /a'), handle }),
    ]),
    [
      "a service has no name: give it one with 'name'",
      "a service (Reads one) has no name: give it one with 'name'",
      "a service (GET /a) has no name: give it one with 'name'",
    ],
  )
})

test('two services of one name are refused', () => {
  const tree = { hr: { read: service({ handle }) }, other: service({ name: 'hr.read', handle }) }
  assert.deepEqual(reasons(tree), ["two services are named hr.read: give one of them another 'name'"])
})

test('an address that takes what is no member of the input is refused', () => {
  const wrong: Channel<never> = { ...channel('GET /{id}/{no}'), params: ['id', 'no'] as never }
  assert.deepEqual(reasons({ read: service({ input: z.object({ id: z.int() }), on: wrong, handle }) }), [
    "GET /{id}/{no} takes {no}, but the input of read has no member 'no': add it there",
  ])
  assert.deepEqual(reasons({ read: service({ on: wrong, handle }) }), [
    "GET /{id}/{no} takes {id}, but the input of read has no member 'id': add it there",
    "GET /{id}/{no} takes {no}, but the input of read has no member 'no': add it there",
  ])
})

test('models that cannot be described are refused, each with its service', () => {
  const odd = service({ input: undescribed, output: undescribed, handle: () => 1 })
  assert.deepEqual(reasons({ odd }), [
    'odd: The input model is odd: mend it.',
    'odd: The output model is odd: mend it.',
  ])
})

test('a fault of the code that reads models is not taken for a fault of the app', () => {
  const broken: Schema = {
    '~standard': {
      ...jsonSchema({})['~standard'],
      get jsonSchema(): never {
        throw new TypeError('broken')
      },
    },
  }
  assert.throws(() => reasons({ broken: service({ input: broken, handle }) }), TypeError)
})

test('what is used but is no provider is refused', () => {
  for (const value of [5, null, undefined, 'db', {}, () => {}]) {
    assert.deepEqual(reasons({ read: service({ use: { db: value as never }, handle }) }), [
      "read uses 'db', which is no provider: wrap it as provider(() => value)",
    ])
  }
})

test('what a provider uses but is no provider is refused', () => {
  const db = provider(() => 1, { use: { pool: 5 as never } })
  assert.deepEqual(reasons({ read: service({ use: { db }, handle }) }), [
    "provider 'db' of read uses 'pool', which is no provider: wrap it as provider(() => value)",
  ])
})

for (const name of ['cid', 'service', 'caller', 'log', 'time', 'signal', 'http', 'invoke', 'invokeAsync', 'input']) {
  test(`a provider may not be called '${name}', which is a member of every call`, () => {
    assert.deepEqual(reasons({ read: service({ use: { [name]: provider(() => 1) }, handle }) }), [
      `read uses a provider as '${name}', which hides that member of the call: rename it`,
    ])
  })
}

test('every member of a call is reserved, so that none can be hidden', async () => {
  const members: string[] = []
  const look = service({
    handle: (call) => {
      for (let at: object | null = call; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
        members.push(...Object.getOwnPropertyNames(at).filter((name) => name !== 'constructor'))
      }
    },
  })
  await createKernel({ services: { look } }).invoke(look, undefined)
  assert.ok(members.includes('cid') && members.includes('input'))
  for (const name of members) {
    assert.equal(reasons({ read: service({ use: { [name]: provider(() => 1) }, handle }) }).length, 1, name)
  }
})

test('a provider within a provider may not be called like a member of a call either', () => {
  const db = provider(() => 1, { use: { log: provider(() => 1) } })
  assert.deepEqual(reasons({ read: service({ use: { db }, handle }) }), [
    "provider 'db' of read uses a provider as 'log', which hides that member of the call: rename it",
  ])
})

test('a provider that lives as long as the app may not be made of one that lives for one call', () => {
  const user = provider(() => 1)
  const db = provider(() => 1, { scope: 'app', use: { user } })
  const expected = "provider 'db' of read lives as long as the app, but uses 'user', which lives for one call"
  assert.deepEqual(reasons({ read: service({ use: { db }, handle }) }), [expected])
  const repository = provider(() => 1, { use: { db } })
  assert.deepEqual(reasons({ read: service({ use: { repository }, handle }) }), [expected])
})

test('providers that are made of each other are refused', () => {
  const use: Record<string, Provider> = {}
  const a = provider(() => 1, { use })
  const b = provider(() => 1, { use: { a } })
  use.b = b
  assert.deepEqual(reasons({ read: service({ use: { a }, handle }) }), [
    "provider 'a' of read is made of itself: a -> b -> a",
  ])
})

test('a provider that is made of itself is refused, also as an override', () => {
  const use: Record<string, Provider> = {}
  const loop = provider(() => 1, { use })
  use.loop = loop
  assert.deepEqual(reasons({ read: service({ use: { loop }, handle }) }), [
    "provider 'loop' of read is made of itself: loop -> loop",
  ])
  assert.deepEqual(reasons({ read: service({ use: { loop: provider(() => 1) }, handle }) }, { use: { loop } }), [
    "provider 'loop' of read is made of itself: loop -> loop",
  ])
})

test('a provider that many are made of is no circle', () => {
  const db = provider(() => 1)
  const [one, two] = [provider(() => 1, { use: { db } }), provider(() => 2, { use: { db } })]
  const both = provider(() => 3, { use: { one, two, db } })
  assert.deepEqual(reasons({ read: service({ use: { both, one, db }, handle }) }), [])
})

test('a wide web of providers is looked through in no time', () => {
  // Looked at along each of its paths this one has 2 ** 40 providers.
  let use: Uses = {}
  for (let level = 0; level < 40; level++) {
    const [left, right] = [provider(() => 1, { use }), provider(() => 1, { use })]
    use = { left, right }
  }
  assert.deepEqual(reasons({ read: service({ use, handle }) }), [])
  assert.deepEqual(reasons({ read: service({ use, handle }) }, { use: { left: 1 } }), [])
})

test('an override of what nobody uses is refused, with the names that are used', () => {
  const db = provider(() => 1, { use: { pool: provider(() => 1) } })
  const read = service({ use: { db }, handle })
  assert.deepEqual(reasons({ read }, { use: { bd: 1 } }), ["'use' overrides 'bd', but services use only 'db', 'pool'"])
  assert.deepEqual(reasons({ read: service({ handle }) }, { use: { db: 1 } }), [
    "'use' overrides 'db', but services use only none",
  ])
  assert.deepEqual(reasons({ read }, { use: { toString: 1 } }), [
    "'use' overrides 'toString', but services use only 'db', 'pool'",
  ])
})

test('an override that brings in what an app-wide provider cannot be made of is refused', () => {
  const db = provider(() => 1, { scope: 'app', use: { pool: provider(() => 1, { scope: 'app' }) } })
  assert.deepEqual(reasons({ read: service({ use: { db }, handle }) }, { use: { pool: provider(() => 2) } }), [
    "provider 'db' of read lives as long as the app, but uses 'pool', which lives for one call",
  ])
})

test('all that is wrong is said at once', () => {
  const wrong: Channel<never> = { ...channel('GET /{id}'), params: ['id'] as never }
  const services: Record<string, Service> = {
    nameless: service({ name: '', handle }),
    odd: service({ input: undescribed, handle }),
    read: service({ use: { db: 5 as never }, on: wrong, handle }),
  }
  assert.throws(() => createKernel({ services, use: { other: 1 } }), {
    name: 'StartupError',
    message: [
      'the app cannot start:',
      "  - a service has no name: give it one with 'name'",
      "  - 'use' overrides 'other', but services use only 'db'",
      '  - odd: The input model is odd: mend it.',
      "  - read uses 'db', which is no provider: wrap it as provider(() => value)",
      "  - GET /{id} takes {id}, but the input of read has no member 'id': add it there",
    ].join('\n'),
  })
})
