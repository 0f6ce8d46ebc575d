import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '../schema/finding.ts'
import { InvocationError } from './invocation-error.ts'

const finding = (path: string, message: string): Finding => ({ in: 'input', path, code: 'invalid', message })

test('without findings the sentence is all there is', () => {
  const error = new InvocationError('there is no service a.b in this app')
  assert.equal(error.name, 'InvocationError')
  assert.equal(error.message, 'there is no service a.b in this app')
  assert.deepEqual(error.findings, [])
})

test('findings follow the sentence, each with where it is', () => {
  const findings = [finding('/name', 'is missing'), finding('', 'must be an object')]
  const error = new InvocationError('a invoked b with an input that its model refuses', findings)
  assert.equal(error.message, 'a invoked b with an input that its model refuses: /name is missing; must be an object')
  assert.deepEqual(error.findings, findings)
})
