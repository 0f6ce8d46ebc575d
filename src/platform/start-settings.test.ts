import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp, provider, service } from 'trestle'

const rows = provider(() => [1, 2], { scope: 'app' })
const count = service({ name: 'count', use: { rows }, handle: () => {} })
const options = { services: [count], log: 'silent' } as const

test('onStart runs and is waited for when the app is told to listen, and only then', async () => {
  const steps: string[] = []
  const onStart = async ({ invoke }: { invoke: (service: typeof count) => Promise<unknown> }) => {
    await invoke(count)
    steps.push('started')
  }
  await using app = createApp({ ...options, onStart })
  await app.invoke(count)
  assert.deepEqual(steps, [])
  await app.listen({ port: 0 })
  assert.deepEqual(steps, ['started'])
  assert.ok(app.listening)
})

test('an app whose onStart fails does not listen, and says why', async () => {
  await using app = createApp({
    ...options,
    onStart: () => {
      throw new Error('the database does not answer')
    },
  })
  await assert.rejects(app.listen({ port: 0 }), {
    name: 'StartupError',
    message: 'onStart failed: the database does not answer',
  })
  assert.equal(app.listening, false)
})
