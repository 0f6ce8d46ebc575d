import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvWriter } from './csv-text.ts'

test('a row with nothing in its only column is still a row', () => {
  const write = csvWriter(undefined)
  assert.equal(write([{ v: 'a' }, { v: null }, { v: '' }]), 'v\r\na\r\n""\r\n""\r\n')
  assert.equal(write([{ v: null, w: null }]), 'v,w\r\n,\r\n')
  assert.equal(write([]), 'value\r\n')
})
