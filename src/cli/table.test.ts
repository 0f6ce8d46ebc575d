import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { alignedTable } from './table.ts'

suite('an aligned table', () => {
  test('puts cells below each other, and no spaces at the end', () => {
    const lines = alignedTable([
      ['METHOD', 'PATH', 'SUMMARY'],
      ['GET', '/long', 'Reads'],
      ['DELETE', '/', ''],
    ])
    assert.deepEqual(lines, ['METHOD  PATH   SUMMARY', 'GET     /long  Reads', 'DELETE  /'])
  })
  test('may be empty', () => {
    assert.deepEqual(alignedTable([]), [])
  })
})
