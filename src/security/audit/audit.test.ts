import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { silentLogger } from '../../kernel/logger.ts'
import { type Audit, createAudit } from './audit.ts'
import { eventStore } from './event-store.ts'

const day = 24 * 60 * 60 * 1000

function audit(): Audit {
  const clock = { now: () => new Date('2026-11-21T10:00:00Z'), elapsed: () => 0 }
  return createAudit({ clock, log: silentLogger, data: undefined, report: () => {} })
}

describe('an audit', () => {
  test('tells a thousand different refusals apart, and how many more there were at once', () => {
    const { record, list, close } = audit()
    const address = (index: number): string => `10.0.${index >> 8}.${index & 255}`
    for (let index = 0; index < 1_010; index++) {
      record({ type: 'call.refused', cid: undefined, code: 'unauthorized', address: address(index) })
    }
    record({ type: 'definition.created', cid: undefined, subject: 'definition:hr' })
    const { events } = list({ limit: 2 })
    assert.deepEqual(
      events.map(({ type, count }) => [type, count]),
      [
        ['events.summed-up', 10],
        ['definition.created', 1],
      ],
    )
    assert.equal(list({ type: 'call.refused', limit: 1_000 }).events.length, 1_000)
    close()
  })
})

describe('an event store', () => {
  test('keeps so many of each type, and none that is too old', () => {
    let now = Date.parse('2026-01-01T00:00:00Z')
    const store = eventStore(undefined, () => now)
    const event = (type: string, cid: string) => ({ ...{ type, cid, at: new Date(now).toISOString() }, count: 1 })
    const cids = (type: string): readonly (string | undefined)[] =>
      store.list({ type, limit: 10_001 }).events.map(({ cid }) => cid)
    store.add([event('definition.created', 'a')])
    store.add(Array.from({ length: 10_005 }, (_, index) => event('call.refused', `${index}`)))
    assert.deepEqual([cids('call.refused').length, cids('call.refused').at(-1)], [10_000, '5'])
    // However many calls are refused, what was changed stays.
    assert.deepEqual(cids('definition.created'), ['a'])
    now += 91 * day
    store.add([event('call.refused', 'late')])
    assert.deepEqual(
      store.list({}).events.map(({ cid }) => cid),
      ['late'],
    )
    store.close()
  })
})
