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
  test('keeps so many, and none that is too old', () => {
    let now = Date.parse('2026-01-01T00:00:00Z')
    const store = eventStore(undefined, () => now)
    const events = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => {
        return { ...{ type: `t${from + index}`, at: new Date(now).toISOString(), cid: undefined }, count: 1 }
      })
    store.add(events(0, 10_005))
    assert.deepEqual(store.list({ type: 't4' }).events, [])
    assert.equal(store.list({ type: 't5' }).events.length, 1)
    now += 91 * day
    store.add(events(20_000, 20_001))
    assert.deepEqual(
      store.list({}).events.map(({ type }) => type),
      ['t20000'],
    )
    store.close()
  })
})
