import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue } from './catalogue.ts'

const entries = Object.entries(catalogue)

test('codes are in snake case', () => {
  for (const [code] of entries) assert.match(code, /^[a-z]+(_[a-z]+)*$/)
})

test('statuses are errors of the client or of the server', () => {
  for (const [code, { status }] of entries) {
    assert.ok(Number.isInteger(status) && status >= 400 && status <= 599, `${code} has the status ${status}`)
  }
})

test('titles are short, begin with a capital, and do not end like a sentence', () => {
  for (const [, { title }] of entries) assert.match(title, /^[A-Z][\w -]{1,38}\w$/)
})

test('each title stands for one code', () => {
  assert.equal(new Set(entries.map(([, { title }]) => title)).size, entries.length)
})

test('the help is one sentence that does not repeat the title', () => {
  for (const [code, { title, help }] of entries) {
    assert.match(help, /^[A-Z].*[^.]\.$/, code)
    assert.doesNotMatch(help.slice(0, -1), /\. /, code)
    assert.ok(!help.startsWith(title), code)
  }
})

test('the table is in the order of the statuses, so that a new code has its place', () => {
  const statuses = entries.map(([, { status }]) => status)
  assert.deepEqual(
    statuses,
    statuses.toSorted((a, b) => a - b),
  )
})
