import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { codingChooser } from './accepted-coding.ts'
import { isCompressible, isEventStream } from './compressible.ts'

suite('the coding of a reply', () => {
  const choose = codingChooser(['zstd', 'br', 'gzip'])
  const rows: readonly (readonly [accept: string | undefined, coding: string | undefined, refusesPlain?: boolean])[] = [
    [undefined, undefined],
    ['', undefined],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['GZIP ; Q=0.5', 'gzip'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0.8', 'gzip'],
    ['deflate', undefined],
    ['identity', undefined],
    ['gzip;q=0', undefined],
    ['gzip;q=0, *', 'zstd'],
    ['*', 'zstd'],
    ['*;q=0', undefined, true],
    ['*;q=0, gzip', 'gzip', true],
    ['br;q=0.5, identity', undefined],
    ['br;q=0.5, identity;q=0.5', 'br'],
    ['identity;q=0', undefined, true],
    ['identity;q=0, gzip', 'gzip', true],
    ['*;q=0, identity', undefined],
    ['br;q=2, gzip;q=0.001', 'gzip'],
    ['br;q=1.001, gzip;q=x', undefined],
    ['zstd;level=9;q=0.2, gzip;q=0.3', 'gzip'],
  ]
  for (const [accept, coding, refusesPlain = false] of rows) {
    test(`for ${JSON.stringify(accept)} is ${coding ?? 'none'}`, () => {
      assert.deepEqual(choose(accept), { coding, refusesPlain })
      assert.deepEqual(choose(accept), { coding, refusesPlain })
    })
  }
  test('is one of those that there are', () => {
    assert.equal(codingChooser(['gzip'])('zstd, gzip;q=0.1').coding, 'gzip')
  })
  test('is found for more headers than are remembered', () => {
    for (let at = 0; at < 250; at++) assert.equal(choose(`gzip, x-${at}`).coding, 'gzip')
  })
})

suite('content', () => {
  for (const type of [
    'text/plain',
    'Text/HTML; charset=utf-8',
    'application/json',
    'application/problem+json',
    'application/xml',
    'image/svg+xml',
    'application/yaml',
    'text/csv',
    'application/jsonl',
    'application/x-ndjson',
  ]) {
    test(`of ${type} shrinks`, () => assert.equal(isCompressible(type), true))
  }
  for (const type of [
    'image/png',
    'application/zip',
    'application/octet-stream',
    'video/mp4',
    'application/jsonx',
    '',
  ]) {
    test(`of ${type || 'no type'} does not`, () => assert.equal(isCompressible(type), false))
  }
  test('may be a stream of events', () => {
    assert.deepEqual(['text/event-stream', 'TEXT/event-stream;charset=utf-8', 'text/event'].map(isEventStream), [
      true,
      true,
      false,
    ])
  })
})
