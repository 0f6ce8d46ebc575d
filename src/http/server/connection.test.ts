import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problem } from '../../kernel/problem.ts'
import { Connection } from './connection.ts'

test('a connection is busy while a reply is due', () => {
  const connection = new Connection({ stopping: false })
  assert.equal(connection.busy, false)
  connection.begun = 2
  connection.answered = 1
  assert.equal(connection.busy, true)
  connection.answered = 2
  assert.equal(connection.busy, false)
})

test('a connection ends with the reply to its newest request when the server stops', () => {
  const lifetime = { stopping: false }
  const connection = new Connection(lifetime)
  connection.begun = 2
  assert.equal(connection.endsWith(2, true), false)
  lifetime.stopping = true
  assert.deepEqual([connection.endsWith(1, true), connection.endsWith(2, true)], [false, true])
})

test('a connection does not end while the body of its newest request is on its way', () => {
  const connection = new Connection({ stopping: true })
  connection.begun = 1
  assert.equal(connection.endsWith(1, false), false)
})

test('a broken connection ends with the reply to its newest request, however much of its body has come', () => {
  const connection = new Connection({ stopping: false })
  connection.begun = 2
  connection.break(problem('malformed_request'))
  assert.deepEqual([connection.endsWith(1, true), connection.endsWith(2, false)], [false, true])
  assert.equal(connection.fault?.code, 'malformed_request')
})
