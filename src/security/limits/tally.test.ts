import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readRate } from './rate.ts'
import { bucket, fixed, sliding, type Tally, type TallyState } from './tally.ts'

/** Whether each of the calls passed that came at these times. */
function decisions(tally: Tally, times: readonly number[]): readonly boolean[] {
  const state: TallyState = []
  return times.map((now) => {
    const passes = tally.room(state, now) >= 1
    if (passes) tally.add(state, now)
    return passes
  })
}

/** The times of those that passed. */
function passed(tally: Tally, times: readonly number[]): readonly number[] {
  const passes = decisions(tally, times)
  return times.filter((_, at) => passes[at])
}

const noon = Date.UTC(2030, 0, 15, 12)

function summed(gaps: readonly number[]): readonly number[] {
  let now = noon
  return gaps.map((gap) => {
    now += gap
    return now
  })
}

/** Times that go forward, many of them close together. */
const times = (steps: number) =>
  fc
    .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 3000 })), {
      maxLength: steps,
    })
    .map(summed)

const within = (all: readonly number[], from: number, to: number): number =>
  all.filter((time) => time > from && time <= to).length

describe('a sliding window', () => {
  test('lets exactly those pass that leave no window with more than the limit', () => {
    fc.assert(
      fc.property(
        times(80),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 2000 }),
        (all, limit, window) => {
          const model: number[] = []
          for (const now of all) if (within(model, now - window, now) < limit) model.push(now)
          assert.deepEqual(passed(sliding({ limit, window }), all), model)
        },
      ),
    )
  })

  test('of a large limit never lets more pass, and refuses nobody who would have had room a 128th of the window ago', () => {
    const limit = 150
    const window = 1000
    const busy = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 200, maxLength: 600 }).map(summed)
    fc.assert(
      fc.property(busy, (all) => {
        const passes = decisions(sliding({ limit, window }), all)
        const before: number[] = []
        for (const [at, now] of all.entries()) {
          if (passes[at] === true) before.push(now)
          if (passes[at] === true) assert.ok(within(before, now - window, now) <= limit)
          else assert.ok(within(before, now - window - window / 128, now) >= limit)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('keeps little, whatever the limit is', () => {
    const tally = sliding({ limit: 1_000_000, window: 60_000 })
    const state: TallyState = []
    for (let now = noon; now < noon + 120_000; now += 7) {
      tally.room(state, now)
      tally.add(state, now)
    }
    assert.ok(state.length <= 1 + 2 * 130, String(state.length))
  })

  test('tells when there is more room', () => {
    const tally = sliding({ limit: 2, window: 1000 })
    const state: TallyState = []
    for (const now of [noon, noon + 300]) {
      tally.room(state, now)
      tally.add(state, now)
    }
    assert.equal(tally.room(state, noon + 999), 0)
    assert.equal(tally.wait(state, noon + 999), 1)
    assert.equal(tally.room(state, noon + 1000), 1)
    assert.equal(tally.wait(state, noon + 1000), 300)
  })

  test('counts what came without room in place of the oldest', () => {
    const tally = sliding({ limit: 2, window: 1000 })
    const state: TallyState = []
    for (const now of [noon, noon + 100, noon + 900]) {
      tally.room(state, now)
      tally.add(state, now)
    }
    assert.equal(tally.room(state, noon + 1050), 0)
    assert.equal(tally.wait(state, noon + 1050), 50)
  })
})

describe('a fixed window', () => {
  test('begins anew with each full minute', () => {
    fc.assert(
      fc.property(times(80), fc.integer({ min: 1, max: 8 }), (all, limit) => {
        const model: number[] = []
        const windowOf = (time: number): number => Math.floor(time / 60_000)
        for (const now of all)
          if (model.filter((each) => windowOf(each) === windowOf(now)).length < limit) model.push(now)
        assert.deepEqual(passed(fixed({ limit, window: 60_000, month: false }), all), model)
      }),
    )
  })

  const ends = (rate: string, now: number): string => {
    const read = readRate(rate)
    assert.ok(read)
    const tally = fixed(read)
    const state: TallyState = []
    tally.room(state, now)
    return new Date(now + tally.wait(state, now)).toISOString()
  }
  test('ends with the hour, the day, the week and the month, in UTC', () => {
    const moment = Date.UTC(2028, 1, 23, 13, 14, 15)
    assert.equal(ends('1/hour', moment), '2028-02-23T14:00:00.000Z')
    assert.equal(ends('1/day', moment), '2028-02-24T00:00:00.000Z')
    assert.equal(ends('1/week', moment), '2028-02-28T00:00:00.000Z')
    assert.equal(new Date('2028-02-28').getUTCDay(), 1)
    assert.equal(ends('1/month', moment), '2028-03-01T00:00:00.000Z')
    assert.equal(ends('1/month', Date.UTC(2028, 11, 31)), '2029-01-01T00:00:00.000Z')
  })
})

describe('a bucket', () => {
  test('never gives more than what was in it and has flowed in', () => {
    fc.assert(
      fc.property(
        times(80),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 2000 }),
        (all, limit, burst, window) => {
          const model: number[] = []
          // In parts of a call so small that all of them are whole.
          let [level, last] = [burst * window, all[0] ?? 0]
          for (const now of all) {
            level = Math.min(burst * window, level + (now - last) * limit)
            last = now
            if (level < window) continue
            level -= window
            model.push(now)
          }
          assert.deepEqual(passed(bucket({ limit, window }, burst), all), model)
        },
      ),
    )
  })

  test('tells when the next call may come', () => {
    const tally = bucket({ limit: 3, window: 1000 }, 2)
    const state: TallyState = []
    for (const now of [noon, noon]) {
      tally.room(state, now)
      tally.add(state, now)
    }
    assert.equal(tally.room(state, noon), 0)
    assert.equal(tally.wait(state, noon), 334)
    assert.equal(tally.room(state, noon + 333), 0)
    assert.equal(tally.room(state, noon + 334), 1)
  })
})

describe('a clock that is put back', () => {
  const tallies = {
    sliding: sliding({ limit: 3, window: 60_000 }),
    fixed: fixed({ limit: 3, window: 60_000, month: false }),
    bucket: bucket({ limit: 3, window: 60_000 }, 3),
  }
  for (const [name, tally] of Object.entries(tallies)) {
    test(`neither opens nor locks a ${name} limit`, () => {
      const state: TallyState = []
      for (let call = 0; call < 3; call++) {
        tally.room(state, noon)
        tally.add(state, noon)
      }
      const earlier = noon - 3_600_000
      assert.equal(tally.room(state, earlier), 0)
      const wait = tally.wait(state, earlier)
      assert.ok(wait > 0 && wait <= 60_000, String(wait))
      assert.ok(tally.room(state, earlier + wait) >= 1)
    })
  }
})
