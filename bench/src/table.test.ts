import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layOut } from './table.ts'

test('words stand to the left, figures to the right, and an empty row is an empty line', () => {
  const table = layOut(['server', 'us'], [['node-http', '9.5'], [], ['hono', '12.0'], ['us', '-']])
  assert.equal(table, ['server       us', 'node-http   9.5', '', 'hono       12.0', 'us            -'].join('\n'))
})
