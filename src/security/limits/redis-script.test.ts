import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { createClient } from 'redis'
import { redis, skipWithout } from '../../../test/machine.ts'
import { redisServer } from '../../../test/security/redis-server.ts'
import { counted, type How } from './limit-store.ts'
import { outcomesOf, run } from './redis-store.ts'
import { bucket, fixed, sliding, type TallyState } from './tally.ts'

const program = redis()

describe('the script for Redis', { skip: skipWithout('Redis', program) }, () => {
  test('counts as the algorithms do', async () => {
    assert.ok(program)
    await using server = await redisServer(program)
    const client = createClient({ socket: { path: server.url.slice('unix:'.length), tls: false } })
    // The server is gone before the client when a property fails.
    client.on('error', () => {})
    await client.connect()
    const tallies = [
      sliding({ limit: 3, window: 1000 }),
      sliding({ limit: 200, window: 1000 }),
      fixed({ limit: 4, window: 1000, month: false }),
      fixed({ limit: 5, window: 7 * 86_400_000, month: false }),
      fixed({ limit: 6, window: 30 * 86_400_000, month: true }),
      bucket({ limit: 7, window: 1000 }, 4),
    ]
    let runs = 0
    const step = fc.record({
      gap: fc.oneof(
        fc.constant(0),
        fc.integer({ min: -500, max: 1500 }),
        fc.integer({ min: 0, max: 40 * 86_400_000 }),
        fc.integer({ min: 0, max: 30 }),
      ),
      how: fc.constantFrom<How>('take', 'take', 'peek', 'add'),
      which: fc.subarray([...tallies.keys()], { minLength: 1 }),
      times: fc.integer({ min: 1, max: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        let states = tallies.map((): TallyState => [])
        const prefix = `run ${++runs} `
        let now = Date.UTC(2031, 5, 6)
        for (const { gap, how, which, times } of steps) {
          now += gap
          const hits = which.map((at) => ({
            counter: { id: String(at), tally: tallies[at] ?? sliding({ limit: 1, window: 1 }) },
            key: '',
          }))
          const groups = Array.from({ length: times }, () => ({ hits, how, names: which.map(String) }))
          const expected = groups.map(() => {
            const before = structuredClone(states)
            const outcomes = counted(hits, how, now, ({ counter }) => states[Number(counter.id)] ?? [])
            // Redis keeps nothing of a call that was not counted.
            if (how === 'peek' || (how === 'take' && outcomes.some(({ passed }) => !passed))) states = before
            return outcomes
          })
          assert.deepEqual(outcomesOf(groups, await run(client, prefix, groups, now)), expected)
        }
      }),
      { numRuns: 60 },
    )
    client.destroy()
  })
})
