import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import { z } from 'zod'
import type { Finding } from '../schema/finding.ts'
import { Invalid } from '../schema/invalid.ts'
import type { OutputModel } from '../schema/output-model.ts'
import { outputModel } from '../schema/output-model.ts'
import type { CallState } from './call-state.ts'
import { createKernel, type Kernel, type KernelOptions } from './kernel.ts'
import { Media, media } from './media.ts'
import { type PipelineParts, pipeline } from './pipeline.ts'
import { isProblem } from './problem.ts'
import { provider } from './provider.ts'
import { Scope } from './scope.ts'
import { type Service, service } from './service.ts'

const finding: Finding = { in: 'input', path: '/n', code: 'invalid', message: 'is odd' }

/** Runs a service as a channel does. */
function run(target: Service, input?: unknown, options: Partial<KernelOptions> = {}): unknown {
  const kernel = createKernel({ ...options, services: { target } })
  return runIn(kernel, target, input)
}

function runIn(kernel: Kernel, target: Service, input?: unknown): unknown {
  const entry = kernel.find(target)
  assert.ok(entry)
  return kernel.run(entry, kernel.begin(entry, { cid: 'abc' }), input, (member) =>
    member === undefined ? 'body' : 'query',
  )
}

/** A logger that keeps its lines. */
function recorder() {
  const lines: Record<string, unknown>[] = []
  const write = (line: string): void => void lines.push(JSON.parse(line))
  return { lines, log: pino({ level: 'debug', base: null, timestamp: false }, { write }) }
}

test('a call in which nothing waits is done at once, whatever it goes through', () => {
  const seen: string[] = []
  const through = service({
    input: z.object({ n: z.int() }),
    output: z.object({ n: z.int() }),
    use: {
      db: provider(() => 'db', { dispose: () => void seen.push('dispose') }),
      app: provider(() => 1, { scope: 'app' }),
    },
    before: () => void seen.push('before'),
    after: () => void seen.push('after'),
    handle: ({ input }) => ({ n: input.n + 1 }),
  })
  assert.deepEqual(run(through, { n: 1 }), { n: 2 })
  assert.deepEqual(run(through, { n: 2 }, { checkOutput: true }), { n: 3 })
  assert.deepEqual(seen, ['before', 'after', 'dispose', 'before', 'after', 'dispose'])
})

test('a call fails at once when nothing waits', () => {
  const bad = service({
    after: () => {},
    handle: () => {
      throw new Error('broken')
    },
  })
  assert.throws(() => run(bad), /broken/)
})

for (const [where, waiting] of Object.entries({
  handle: service({ output: z.int(), handle: async () => 1 }),
  before: service({ output: z.int(), before: async () => {}, handle: () => 1 }),
  after: service({ output: z.int(), after: async () => {}, handle: () => 1 }),
  'a provider': service({ output: z.int(), use: { db: provider(async () => 1) }, handle: ({ db }) => db }),
  'a disposer': service({
    output: z.int(),
    use: { db: provider(() => 1, { dispose: async () => {} }) },
    handle: () => 1,
  }),
})) {
  test(`a call that waits in ${where} is a promise`, async () => {
    const output = run(waiting)
    assert.ok(output instanceof Promise)
    assert.equal(await output, 1)
  })
}

test('what a query builder stands for is the output', async () => {
  const builder = {
    // biome-ignore lint/suspicious/noThenProperty: query builders are such objects
    then: (resolve: (value: number) => void): void => queueMicrotask(() => resolve(7)),
  }
  const read = service({ output: z.int(), handle: () => builder as Promise<number> })
  assert.equal(await run(read), 7)
})

test('nothing runs on an input that the model refuses', () => {
  const fail = (): never => assert.fail('ran')
  const strict = service({
    input: z.object({ n: z.int(), name: z.string() }),
    use: { db: provider(fail) },
    before: fail,
    after: fail,
    handle: fail,
  })
  assert.throws(
    () => run(strict, { n: 'one' }),
    (thrown) => {
      assert.ok(isProblem(thrown))
      assert.equal(thrown.code, 'invalid_input')
      assert.deepEqual(
        thrown.findings?.map(({ in: place, path }) => [place, path]),
        [
          ['query', '/n'],
          ['query', '/name'],
        ],
      )
      return true
    },
  )
})

/** Runs a pipeline whose models are given, for what models of the kept libraries do only now and then. */
function runParts(parts: Partial<PipelineParts>, raw?: unknown): unknown {
  const kernel = createKernel({ services: { target: service({ handle: () => {} }) } })
  const [entry] = kernel.services
  assert.ok(entry)
  const scope = new Scope('the app has closed')
  const compiled = pipeline({
    service: service({ handle: ({ input }) => input as never }),
    input: undefined,
    output: undefined,
    before: [],
    after: [],
    use: {},
    appScope: scope,
    appContext: {},
    checkOutput: false,
    ...parts,
  })
  return compiled(kernel.begin(entry, { cid: 'abc' }), raw, () => 'input')
}

const text = outputModel(z.unknown())
const input = (validate: (value: unknown) => unknown): PipelineParts['input'] => ({
  schema: z.unknown(),
  json: {},
  members: undefined,
  validate,
})
const output = (parts: Partial<OutputModel>): OutputModel => ({ ...text, project: undefined, ...parts })

test('a validation that waits is waited for, and its value is the input', async () => {
  const later = async (value: unknown): Promise<unknown> => [value]
  const result = runParts({ input: input(later), output: output({}) }, 1)
  assert.ok(result instanceof Promise)
  assert.deepEqual(await result, [1])
})

test('a validation that waits and then refuses is a failure of the call', async () => {
  const refuse = async (): Promise<Invalid> => new Invalid([finding])
  await assert.rejects(async () => runParts({ input: input(refuse) }), { code: 'invalid_input', findings: [finding] })
})

test('the output is projected', () => {
  const echo = { input: input((value) => value) }
  const project = (value: unknown): unknown => [value]
  assert.deepEqual(runParts({ ...echo, output: output({ project }) }, 1), [1])
  assert.deepEqual(runParts({ ...echo, output: output({ project }), checkOutput: true }, 1), [1])
  assert.equal(runParts({ ...echo, output: output({}) }, 1), 1)
})

test('outputs are not checked in production', () => {
  const check = (): never => assert.fail('checked')
  const checks = { check, undeclared: check }
  assert.equal(runParts({ output: output(checks) }), undefined)
})

for (const [how, check] of [
  ['at once', () => [finding]],
  ['later', async () => [finding]],
] as const) {
  test(`an output that its model refuses, ${how}, is the problem invalid_output`, async () => {
    await assert.rejects(async () => runParts({ output: output({ check }), checkOutput: true }), {
      code: 'invalid_output',
      status: 500,
      detail: 'target returned what its output model does not allow',
      findings: [finding],
    })
  })
}

test('fields that the model does not declare are named in the log, where outputs are checked', async () => {
  const read = service({
    output: z.object({ name: z.string() }),
    handle: () => {
      const row = { name: 'a', secret: 's', hash: 'h' }
      return row
    },
  })
  const { lines, log } = recorder()
  assert.deepEqual(await run(read, undefined, { log, checkOutput: true }), { name: 'a' })
  assert.deepEqual(await run(read, undefined, { log }), { name: 'a' })
  assert.deepEqual(lines, [
    {
      level: 20,
      cid: 'abc',
      service: 'target',
      dropped: ['/secret', '/hash'],
      msg: 'fields that the output model does not declare were left out',
    },
  ])
})

test('a value that is returned without an output model never leaves, and the log says so where outputs are checked', () => {
  const read = service({ handle: () => ({ secret: 's' }) as never })
  const { lines, log } = recorder()
  assert.equal(run(read, undefined, { log, checkOutput: true }), undefined)
  assert.equal(run(read, undefined, { log }), undefined)
  assert.deepEqual(lines, [
    {
      level: 40,
      cid: 'abc',
      service: 'target',
      msg: "target returned a value, but declares no output, so that nothing is sent: give it an 'output'",
    },
  ])
})

test('a service that returns nothing, and declares nothing, is silent', () => {
  const { lines, log } = recorder()
  assert.equal(run(service({ handle: () => {} }), undefined, { log, checkOutput: true }), undefined)
  assert.deepEqual(lines, [])
})

test('a finished representation passes untouched, with and without an output model', async () => {
  const page = media('<h1>Hi</h1>', 'text/html')
  const bare = service({ handle: () => page })
  const later = service({ handle: async () => page })
  const modelled = service({ output: z.object({ n: z.int() }), handle: () => page as never })
  for (const checkOutput of [true, false]) {
    for (const each of [bare, later, modelled]) assert.equal(await run(each, undefined, { checkOutput }), page)
  }
  assert.ok(page instanceof Media)
})

test('the handler gets the call, with its validated input and the values of its providers as members', () => {
  const calls: CallState[] = []
  const read = service({
    input: z.object({ n: z.int().default(7) }),
    use: { a: provider(() => 'a') },
    handle: (call) => {
      const { input, a, cid, service } = call
      assert.deepEqual({ input, a, cid, service }, { input: { n: 7 }, a: 'a', cid: 'abc', service: 'target' })
      calls.push(call as never)
    },
  })
  run(read, {})
  assert.equal(calls.length, 1)
})

test('without an input model there is no input, whatever was sent', () => {
  const seen: unknown[] = []
  run(service({ handle: ({ input }) => void seen.push(input) }), { n: 1 })
  assert.deepEqual(seen, [undefined])
})
