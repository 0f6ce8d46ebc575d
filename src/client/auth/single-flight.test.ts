import assert from 'node:assert/strict'
import { test } from 'node:test'
import { singleFlight } from './single-flight.ts'

const { signal: never } = new AbortController()

test('callers at the same time share the work, later ones do not', async () => {
  const once = singleFlight<number>()
  let count = 0
  const work = async () => ++count
  assert.deepEqual(await Promise.all([once(never, work), once(never, work), once(never, work)]), [1, 1, 1])
  assert.equal(await once(never, work), 2)
})

test('a failure is told to all who wait, and the next caller begins anew', async () => {
  const once = singleFlight<number>()
  const fail = async (): Promise<number> => {
    throw new Error('no')
  }
  const results = await Promise.allSettled([once(never, fail), once(never, fail)])
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.equal(await once(never, async () => 5), 5)
})

test('one who gives up leaves the others waiting; the work is aborted when all have given up', async () => {
  const once = singleFlight<string>()
  const [one, other] = [new AbortController(), new AbortController()]
  const done = Promise.withResolvers<string>()
  let inner: AbortSignal | undefined
  const work = (signal: AbortSignal): Promise<string> => {
    inner = signal
    return done.promise
  }
  const waits = [once(one.signal, work), once(other.signal, work)].map((each) => each.catch(String))
  one.abort(new Error('enough'))
  assert.equal(await waits[0], 'Error: enough')
  assert.equal(inner?.aborted, false)
  other.abort(new Error('enough too'))
  assert.equal(await waits[1], 'Error: enough too')
  assert.equal(inner?.aborted, true)
  assert.equal(await once(never, async () => 'new'), 'new')
})

test('one who has given up before begins nothing', async () => {
  const once = singleFlight<string>()
  await assert.rejects(
    once(AbortSignal.abort(new Error('before')), async () => assert.fail()),
    /before/,
  )
})
