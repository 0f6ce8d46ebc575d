import assert from 'node:assert/strict'
import { type MockTimers, suite, test } from 'node:test'
import { keptLog, type LogEntry } from '../../../test/http/served.ts'
import type { IdempotencyStore } from '../../kernel/idempotency-store.ts'
import { heldKey, lease } from './held-key.ts'

/** A key whose store notes what it is asked for, and answers as it is told, true from then on. */
function scripted(timers: MockTimers, answers: (boolean | Error)[]) {
  timers.enable({ apis: ['setTimeout'] })
  const asked: string[] = []
  const answer = async (what: string): Promise<boolean> => {
    asked.push(what)
    const next = answers.shift() ?? true
    if (typeof next !== 'boolean') throw next
    return next
  }
  const store: IdempotencyStore = {
    begin: () => 'new',
    renew: () => answer('renew'),
    finish: () => answer('finish'),
    release: async () => void (await answer('release')),
  }
  const log: LogEntry[] = []
  /** Lets a third of a lease pass, so many times. */
  const pass = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time++) {
      timers.tick(lease / 3)
      await new Promise(setImmediate)
    }
  }
  return { asked, log, pass, held: heldKey(store, { key: 'k', owner: 'o' }, keptLog(log)) }
}

suite('a key that a call holds', () => {
  test('is renewed until the call is settled, also when the store fails at times', async ({ mock: { timers } }) => {
    const { asked, log, pass, held } = scripted(timers, [true, new Error('down')])
    await pass(3)
    await held.finish(undefined, 1000)
    await pass(3)
    assert.deepEqual(asked, ['renew', 'renew', 'renew', 'finish'])
    assert.deepEqual(
      log.map(({ message }) => message),
      ['the store for Idempotency-Key could not hold a call'],
    )
  })

  test('is renewed no more when it was released', async ({ mock: { timers } }) => {
    const { asked, pass, held } = scripted(timers, [])
    await held.release()
    await pass(3)
    assert.deepEqual(asked, ['release'])
  })

  test('is held until the reply is kept', async ({ mock: { timers } }) => {
    const { asked, log, pass, held } = scripted(timers, [new Error('down'), true, new Error('down')])
    await held.finish(undefined, 1000)
    await pass(3)
    assert.deepEqual(asked, ['finish', 'renew', 'finish', 'renew', 'finish'])
    assert.equal(log.length, 2)
  })

  test('is let go where the store fails for good', async ({ mock: { timers } }) => {
    const { asked, pass, held } = scripted(
      timers,
      Array.from({ length: 100 }, () => new Error('closed')),
    )
    await held.finish(undefined, 1000)
    await pass(40)
    assert.equal(asked.filter((each) => each === 'finish').length, 31)
  })

  test('is told of when it is lost', async ({ mock: { timers } }) => {
    const { asked, log, pass, held } = scripted(timers, [false, false])
    await pass(3)
    await held.finish(undefined, 1000)
    await pass(3)
    assert.deepEqual(asked, ['renew', 'finish'])
    const lost = 'the process stood still for so long that a call has lost its Idempotency-Key: it may be done again'
    assert.deepEqual(
      log.map(({ level, message }) => [level, message]),
      [
        ['error', lost],
        ['error', lost],
      ],
    )
  })
})
