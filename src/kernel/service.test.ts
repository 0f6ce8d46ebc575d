import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import type { Channel } from './channel.ts'
import { createKernel, type KernelOptions } from './kernel.ts'
import { notFound } from './problem.ts'
import { provider } from './provider.ts'
import { type After, type Before, isService, type Outcome, type Service, service } from './service.ts'

const handle = (): void => {}
const channel = (address: string): Channel<never> => ({ kind: 'test', address, params: [] })

async function outcomeOf(target: Service, options: Partial<KernelOptions> = {}): Promise<unknown> {
  const kernel = createKernel({ ...options, services: { target } })
  try {
    return await kernel.invoke(target, undefined)
  } catch (error) {
    return error
  }
}

test('a service that says nothing of itself has nothing but its handler', () => {
  assert.deepEqual(
    { ...service({ handle }) },
    {
      name: undefined,
      summary: undefined,
      description: undefined,
      deprecated: false,
      tags: [],
      throws: [],
      unknown: undefined,
      input: undefined,
      output: undefined,
      incoming: undefined,
      use: {},
      before: [],
      after: [],
      channels: [],
      allow: undefined,
      channelDefaults: [],
      handle,
    },
  )
})

test('a service holds what its author wrote, single values as lists', () => {
  const input = z.object({ id: z.int() })
  const output = z.object({ name: z.string() })
  const before = (): void => {}
  const after = (): void => {}
  const clock = provider(() => 0)
  const made = service({
    name: 'a.b',
    summary: 'Reads',
    description: 'Reads one',
    deprecated: true,
    tags: ['A'],
    throws: ['not_found'],
    unknown: 'strict',
    input,
    output,
    use: { clock },
    before,
    after,
    on: channel('GET /a'),
    handle: () => ({ name: 'a' }),
  })
  const { handle: _, ...rest } = made
  assert.deepEqual(rest, {
    name: 'a.b',
    summary: 'Reads',
    description: 'Reads one',
    deprecated: true,
    tags: ['A'],
    throws: ['not_found'],
    unknown: 'strict',
    input,
    output,
    incoming: undefined,
    use: { clock },
    before: [before],
    after: [after],
    channels: [channel('GET /a')],
    channelDefaults: [],
    allow: undefined,
  })
})

test('a service cannot be changed', () => {
  const made = service({ handle })
  assert.throws(() => Reflect.defineProperty(made, 'name', { value: 'x' }) || assert.fail('not changed'))
  assert.equal(made.name, undefined)
  assert.ok(Object.isFrozen(made))
})

test('a service is known as one, also by another copy of the package', async () => {
  const copy: typeof import('./service.ts') = await import(`${import.meta.resolve('./service.ts')}?copy`)
  assert.equal(isService(service({ handle })), true)
  assert.equal(copy.isService(service({ handle })), true)
  for (const value of [{ handle }, handle, undefined, null, 'service']) assert.equal(isService(value), false)
})

test('a base adds its providers to those of the service, and the service has the last word', () => {
  const [one, two, other] = [provider(() => 1), provider(() => 2), provider(() => 3)]
  const made = service.with({ use: { one, two } })({ use: { two: other }, handle })
  assert.deepEqual(made.use, { one, two: other })
})

test('tags and problems of base and service are put together, each once', () => {
  const base = service.with({ tags: ['A', 'B'], throws: ['not_found'] })
  const made = base({ tags: ['B', 'C'], throws: ['not_found', 'conflict'], handle })
  assert.deepEqual(made.tags, ['A', 'B', 'C'])
  assert.deepEqual(made.throws, ['not_found', 'conflict'])
})

test('the policy for undeclared members is that of the service, else of its nearest base', () => {
  const strict = service.with({ unknown: 'strict' })
  assert.equal(strict({ handle }).unknown, 'strict')
  assert.equal(strict({ unknown: 'pass', handle }).unknown, 'pass')
  assert.equal(strict.with({ unknown: 'strip' })({ handle }).unknown, 'strip')
  assert.equal(strict.with({})({ handle }).unknown, 'strict')
})

test('settings for channels pile up, the nearest base last', () => {
  const far = { kind: 'test', defaults: { a: 1 } }
  const near = { kind: 'test', defaults: { a: 2 } }
  const other = { kind: 'other', defaults: {} }
  const made = service.with({ on: far }).with({ on: [near, other] })({ on: channel('GET /a'), handle })
  assert.deepEqual(made.channelDefaults, [far, near, other])
  assert.deepEqual(made.channels, [channel('GET /a')])
})

test('a base is not changed by the bases and services that are made of it', () => {
  const base = service.with({ tags: ['A'] })
  base.with({ tags: ['B'], on: { kind: 'test', defaults: {} } })({ tags: ['C'], handle })
  const made = base({ handle })
  assert.deepEqual(made.tags, ['A'])
  assert.deepEqual(made.channelDefaults, [])
})

test('hooks run around the handler as layers: app, outer base, inner base, service', async () => {
  const seen: string[] = []
  const before =
    (name: string): Before =>
    () =>
      void seen.push(`before ${name}`)
  const after =
    (name: string): After =>
    () =>
      void seen.push(`after ${name}`)
  const outer = service.with({ before: before('outer'), after: after('outer') })
  const inner = outer.with({
    before: [before('inner 1'), before('inner 2')],
    after: [after('inner 1'), after('inner 2')],
  })
  const made = inner({
    before: before('service'),
    after: after('service'),
    handle: () => void seen.push('handle'),
  })
  await outcomeOf(made, { before: [before('app')], after: [after('app')] })
  assert.deepEqual(seen, [
    'before app',
    'before outer',
    'before inner 1',
    'before inner 2',
    'before service',
    'handle',
    'after service',
    'after inner 1',
    'after inner 2',
    'after outer',
    'after app',
  ])
})

test('hooks are waited for', async () => {
  const seen: string[] = []
  const slow = (name: string) => async () => {
    await Promise.resolve()
    seen.push(name)
  }
  const made = service({
    before: [slow('before 1'), slow('before 2')],
    after: [slow('after 1'), slow('after 2')],
    handle: async () => void seen.push('handle'),
  })
  await outcomeOf(made)
  assert.deepEqual(seen, ['before 1', 'before 2', 'handle', 'after 1', 'after 2'])
})

test('a hook sees the validated input and the providers', async () => {
  const seen: unknown[] = []
  const made = service({
    input: z.object({ n: z.int().default(7) }),
    use: { base: provider(() => 10) },
    before: ({ input, base }) => void seen.push(input, base),
    after: ({ input, base }) => void seen.push(input, base),
    handle,
  })
  const kernel = createKernel({ services: { made } })
  await kernel.invoke(made, {})
  assert.deepEqual(seen, [{ n: 7 }, 10, { n: 7 }, 10])
})

test('a hook before refuses the call: neither the hooks behind it nor the handler run', async () => {
  const seen: string[] = []
  const made = service({
    before: [() => notFound('closed'), () => void seen.push('second')],
    handle: () => void seen.push('handle'),
  })
  const error = await outcomeOf(made)
  assert.ok(error instanceof Error)
  assert.equal(error.message, 'closed')
  assert.deepEqual(seen, [])
})

const failures: readonly (readonly [how: string, fail: () => void | Promise<void>])[] = [
  [
    'throws',
    () => {
      throw new Error('broken')
    },
  ],
  ['rejects', () => Promise.reject(new Error('broken'))],
]

for (const [how, fail] of failures) {
  test(`a hook after sees the failure of a handler that ${how}, which stays the failure of the call`, async () => {
    const outcomes: Outcome[] = []
    const made = service({ after: (_, outcome) => void outcomes.push(outcome), handle: fail })
    const error = await outcomeOf(made)
    assert.ok(error instanceof Error)
    assert.equal(error.message, 'broken')
    assert.deepEqual(outcomes, [{ ok: false, error }])
  })

  test(`a hook after sees the failure of a hook before that ${how}`, async () => {
    const outcomes: Outcome[] = []
    const made = service({ before: fail, after: (_, outcome) => void outcomes.push(outcome), handle })
    const error = await outcomeOf(made)
    assert.deepEqual(outcomes, [{ ok: false, error }])
  })

  test(`a hook after that ${how} turns success into failure, and the hooks around it see that`, async () => {
    const outcomes: Outcome[] = []
    const base = service.with({ after: (_, outcome) => void outcomes.push(outcome) })
    const error = await outcomeOf(base({ after: fail, handle }))
    assert.ok(error instanceof Error)
    assert.equal(error.message, 'broken')
    assert.deepEqual(outcomes, [{ ok: false, error }])
  })
}

test('what a hook after throws takes the place of an earlier failure, for translating errors', async () => {
  const outcomes: Outcome[] = []
  const base = service.with({ after: (_, outcome) => void outcomes.push(outcome) })
  const made = base({
    after: (_, outcome) => {
      if (!outcome.ok) notFound('translated')
    },
    handle: () => {
      throw new Error('no rows')
    },
  })
  const error = await outcomeOf(made)
  assert.ok(error instanceof Error)
  assert.equal(error.message, 'translated')
  assert.deepEqual(outcomes, [{ ok: false, error }])
})

test('a hook after sees the output as it leaves', async () => {
  const outcomes: Outcome[] = []
  const made = service({
    output: z.object({ n: z.int() }),
    after: (_, outcome) => void outcomes.push(outcome),
    handle: () => ({ n: 1 }),
  })
  assert.deepEqual(await outcomeOf(made), { n: 1 })
  assert.deepEqual(outcomes, [{ ok: true, output: { n: 1 } }])
})
