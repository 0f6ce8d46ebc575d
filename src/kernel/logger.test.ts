import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import { type Logger, silentLogger } from './logger.ts'

test('the silent logger takes every kind of line, and so do its children', () => {
  for (const log of [silentLogger, silentLogger.child({ cid: 'a' })]) {
    for (const write of [log.debug, log.info, log.warn, log.error]) {
      assert.equal(write('text'), undefined)
      assert.equal(write({ a: 1 }, 'text'), undefined)
      assert.equal(write({ a: 1 }), undefined)
    }
  }
})

test("pino's logger is one", () => {
  const lines: string[] = []
  const log: Logger = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) })
  log.child({ cid: 'a' }).info({ n: 1 }, 'text')
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    [{ level: 30, cid: 'a', n: 1, msg: 'text' }],
  )
})
