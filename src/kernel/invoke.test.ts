import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { createKernel, type Kernel, type KernelOptions } from './kernel.ts'
import { conflict, problem } from './problem.ts'
import { provider } from './provider.ts'
import { type Service, service } from './service.ts'

const N = z.object({ n: z.int() })

const kernelOf = (services: Record<string, Service>, options: Partial<KernelOptions> = {}): Kernel =>
  createKernel({ ...options, services })

/** Runs the call from a channel, so that it has an origin of its own. */
async function fromChannel(kernel: Kernel, target: Service, origin: Partial<Parameters<Kernel['begin']>[1]> = {}) {
  const entry = kernel.find(target)
  assert.ok(entry)
  return kernel.run(entry, kernel.begin(entry, { cid: 'abc', ...origin }), undefined, () => 'body')
}

test('a service invokes another by itself or by its name, and gets its output', async () => {
  const double = service({ input: N, output: N, handle: ({ input }) => ({ n: input.n * 2 }) })
  const both = service({
    output: z.array(z.unknown()),
    handle: async ({ invoke }) => [(await invoke(double, { n: 2 })).n, await invoke('double', { n: 3 })],
  })
  assert.deepEqual(await kernelOf({ double, both }).invoke(both, undefined), [4, { n: 6 }])
})

test('what it gets is what leaves: validated, and projected to the declared output', async () => {
  const read = service({
    input: z.object({ n: z.int().default(5) }),
    output: N,
    handle: ({ input }) => {
      const row = { n: input.n, secret: 's' }
      return row
    },
  })
  const outer = service({ output: z.unknown(), handle: ({ invoke }) => invoke(read, {}) })
  assert.deepEqual(await kernelOf({ read, outer }).invoke(outer, undefined), { n: 5 })
})

test('the other service has the same cid, caller and HTTP side, and its own name and input', async () => {
  const caller = { definition: 'hr', username: 'ann', roles: ['admin'], scopes: ['read'] }
  const seen: unknown[] = []
  const inner = service({
    input: N,
    handle: ({ cid, caller, http, service, input }) => void seen.push({ cid, caller, http, service, input }),
  })
  const outer = service({
    handle: async (call) => {
      await call.invoke(inner, { n: 1 })
      seen.push(call.service, call.input)
    },
  })
  await fromChannel(kernelOf({ inner, outer }), outer, { caller })
  assert.deepEqual(seen, [
    { cid: 'abc', caller, http: undefined, service: 'inner', input: { n: 1 } },
    'outer',
    undefined,
  ])
})

test('nobody is the caller where none is known', async () => {
  const seen: unknown[] = []
  const read = service({ handle: ({ caller }) => void seen.push(caller) })
  await kernelOf({ read }).invoke(read, undefined)
  assert.deepEqual(seen, [{ definition: undefined, username: undefined, roles: [], scopes: [] }])
})

test('an input that the other model refuses is the fault of the invoking service, not of the client', async () => {
  const inner = service({ input: N, handle: () => assert.fail('handled') })
  const outer = service({ handle: ({ invoke }) => invoke(inner, { n: 'one' } as never) })
  const kernel = kernelOf({ inner, outer })
  const error = await kernel.invoke(outer, undefined).catch((thrown: unknown) => thrown)
  assert.ok(error instanceof Error)
  assert.equal(error.name, 'InvocationError')
  assert.match(error.message, /^outer invoked inner with an input that its model refuses: \/n /)
  assert.ok('findings' in error && Array.isArray(error.findings))
  assert.deepEqual(
    error.findings.map(({ in: place, path }) => [place, path]),
    [['input', '/n']],
  )
  const told = kernel.problemOf(error, { cid: 'abc' }, 'outer')
  assert.deepEqual([told.code, told.status, told.findings, told.detail], ['internal_error', 500, undefined, undefined])
})

test('a problem that the other service raises reaches the invoking one unchanged', async () => {
  const raised = problem('conflict', 'taken', { headers: { 'X-A': 'b' } })
  const inner = service({
    handle: () => {
      throw raised
    },
  })
  const outer = service({ handle: ({ invoke }) => invoke(inner) })
  const middle = service({ handle: ({ invoke }) => invoke(outer) })
  const kernel = kernelOf({ inner, outer, middle })
  assert.equal(await kernel.invoke(middle, undefined).catch((thrown: unknown) => thrown), raised)
})

test('even an invalid_input that the other service raises by itself is not taken for the fault of who invoked it', async () => {
  const raised = problem('invalid_input', 'The range is empty')
  const inner = service({
    input: N,
    handle: () => {
      throw raised
    },
  })
  const outer = service({ handle: ({ invoke }) => invoke(inner, { n: 1 }) })
  const kernel = kernelOf({ inner, outer })
  assert.equal(await kernel.invoke(outer, undefined).catch((thrown: unknown) => thrown), raised)
})

test('a service may catch what another raises, and go on', async () => {
  const inner = service({ handle: () => conflict('taken') })
  const outer = service({
    output: z.string(),
    handle: ({ invoke }) => invoke(inner).then(String, (error: Error) => error.message),
  })
  assert.equal(await kernelOf({ inner, outer }).invoke(outer, undefined), 'taken')
})

test('the hooks of app and service run around the other service too', async () => {
  const seen: string[] = []
  const inner = service({ before: () => void seen.push('before inner'), handle: () => {} })
  const outer = service({ handle: ({ invoke }) => invoke(inner) })
  const before = [({ service }: { readonly service: string }) => void seen.push(`app before ${service}`)]
  await kernelOf({ inner, outer }, { before }).invoke(outer, undefined)
  assert.deepEqual(seen, ['app before outer', 'app before inner', 'before inner'])
})

test('a service that is not there is named, with those that are', async () => {
  const [unknown, stranger, nameless] = [
    service({ handle: ({ invoke }) => invoke('hr.raed') as Promise<never> }),
    service({ handle: ({ invoke }) => invoke(service({ name: 'hr.raed', handle: () => {} })) }),
    service({ handle: ({ invoke }) => invoke(service({ handle: () => {} })) }),
  ]
  const kernel = kernelOf({ unknown, stranger, nameless })
  const list = 'unknown, stranger, nameless'
  const refusal = (name: string) => ({
    name: 'InvocationError',
    message: `there is no service ${name} in this app: ${list}`,
  })
  await assert.rejects(kernel.invoke(unknown, undefined), refusal('hr.raed'))
  await assert.rejects(kernel.invoke(stranger, undefined), refusal('hr.raed'))
  await assert.rejects(kernel.invoke(nameless, undefined), refusal('without a name'))
  await assert.rejects(kernel.invoke('hr.raed', undefined), refusal('hr.raed'))
})

test('a service that invokes itself with a smaller input ends', async () => {
  const factorial: Service<{ n: number }, { n: number }> = service({
    input: N,
    output: N,
    handle: async ({ input: { n }, invoke }): Promise<{ n: number }> =>
      n <= 1 ? { n: 1 } : { n: n * (await invoke(factorial, { n: n - 1 })).n },
  })
  assert.deepEqual(await kernelOf({ factorial }).invoke(factorial, { n: 20 }), { n: 2432902008176640000 })
})

test('a service that invokes itself with the same input is refused', async () => {
  const again: Service<{ n: number }, undefined> = service({
    input: N,
    handle: async ({ input, invoke }): Promise<void> => invoke(again, { ...input }),
  })
  await assert.rejects(kernelOf({ again }).invoke(again, { n: 1 }), {
    name: 'InvocationError',
    message: 'again would wait for itself for ever: again -> again',
  })
})

test('the inputs that are compared are those that the handlers get', async () => {
  const model = z.object({ n: z.int().default(1), text: z.string().trim() })
  const again: Service<{ n?: number; text: string }, undefined> = service({
    input: model,
    handle: async ({ invoke }): Promise<void> => invoke(again, { text: ' a ' }),
  })
  await assert.rejects(kernelOf({ again }).invoke(again, { text: 'a' }), /again would wait .* again -> again$/)
})

test('services that invoke each other in a circle are refused, with the whole circle', async () => {
  const a: Service = service({ handle: ({ invoke }) => invoke('b') as Promise<never> })
  const b: Service = service({ handle: ({ invoke }) => invoke('c') as Promise<never> })
  const c: Service = service({ handle: ({ invoke }) => invoke('b') as Promise<never> })
  await assert.rejects(kernelOf({ a, b, c }).invoke(a, undefined), {
    name: 'InvocationError',
    message: 'b would wait for itself for ever: b -> c -> b',
  })
})

test('a circle through a provider shows the provider', async () => {
  const token = provider(async ({ invoke }) => String(await invoke('login')))
  const login = service({ handle: ({ invoke }) => invoke('read') as Promise<never> })
  const read = service({ use: { token }, handle: () => assert.fail('handled') })
  await assert.rejects(kernelOf({ login, read }).invoke(read, undefined), {
    name: 'InvocationError',
    message: 'read would wait for itself for ever: read -> provider token -> login -> read',
  })
})

test('the same service may be invoked many times, one after another and in parallel', async () => {
  const one = service({ input: N, output: N, handle: async ({ input }) => input })
  const many = service({
    output: z.array(N),
    handle: async ({ invoke }) => [
      await invoke(one, { n: 1 }),
      await invoke(one, { n: 1 }),
      ...(await Promise.all([invoke(one, { n: 1 }), invoke(one, { n: 2 })])),
    ],
  })
  const answers = await kernelOf({ one, many }).invoke(many, undefined)
  assert.deepEqual(answers, [{ n: 1 }, { n: 1 }, { n: 1 }, { n: 2 }])
})

test('100 services may wait for each other, and not one more', async () => {
  const deep: Service<{ n: number }, { n: number }> = service({
    input: N,
    output: N,
    handle: async ({ input: { n }, invoke }): Promise<{ n: number }> =>
      n === 1 ? { n: 1 } : { n: 1 + (await invoke(deep, { n: n - 1 })).n },
  })
  const kernel = kernelOf({ deep }, { newCid: () => 'abc' })
  assert.deepEqual(await kernel.invoke(deep, { n: 100 }), { n: 100 })
  await assert.rejects(kernel.invoke(deep, { n: 101 }), {
    name: 'InvocationError',
    message: 'deep is refused: 100 services already wait for each other in call abc',
  })
})

test('the app itself calls a service, with a cid that it makes or is given', async () => {
  const read = service({ output: z.string(), handle: ({ cid }) => cid })
  const kernel = kernelOf({ read }, { newCid: () => 'made' })
  assert.equal(await kernel.invoke(read, undefined), 'made')
  assert.equal(await kernel.invoke('read', undefined, { cid: 'given' }), 'given')
})

test('a bad input that the app itself gives is the problem that a client would get', async () => {
  const read = service({ input: N, handle: () => assert.fail('handled') })
  await assert.rejects(kernelOf({ read }).invoke(read, {}), { name: 'Problem', code: 'invalid_input', status: 422 })
})
