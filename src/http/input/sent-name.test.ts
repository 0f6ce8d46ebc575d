import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { problem } from '../../kernel/problem.ts'
import type { Finding } from '../../schema/finding.ts'
import { inputModel } from '../../schema/input-model.ts'
import { post } from '../rest-channel.ts'
import { inputSources } from './input-sources.ts'
import { renamedMembers, withSentNames } from './sent-name.ts'

const Input = z.object({ api_key: z.string(), page: z.int(), list: z.array(z.int()), name: z.string() })
const channel = post('/x', {
  in: { api_key: 'header', page: { in: 'query', name: 'p/n' }, list: { in: 'body', name: 'items' } },
})
const renamed = renamedMembers(inputSources(channel, inputModel(Input, { unknown: 'strip' })))

const finding = (place: Finding['in'], path: string): Finding => ({
  in: place,
  path,
  code: 'invalid',
  message: 'is wrong',
})

test('the members that are sent under another name are known', () => {
  assert.deepEqual(
    renamed.map(({ name }) => name),
    ['api-key', 'p/n', 'items'],
  )
})

test('findings point at the names which the client sent', () => {
  const findings = [
    finding('header', '/api_key'),
    finding('query', '/page'),
    finding('body', '/list/0'),
    finding('query', '/list/1'),
    finding('body', '/name'),
    finding('body', '/listing'),
    finding('body', '/api_key'),
    finding('body', ''),
  ]
  const refusal = withSentNames(problem('invalid_input', 'Detail', { findings }), renamed)
  assert.deepEqual(
    refusal.findings?.map((each) => `${each.in} ${each.path}`),
    [
      'header /api-key',
      'query /p~1n',
      'body /items/0',
      'query /items/1',
      'body /name',
      'body /listing',
      'body /api_key',
      'body ',
    ],
  )
  assert.deepEqual([refusal.code, refusal.status, refusal.detail], ['invalid_input', 422, 'Detail'])
})

test('other problems stay as they are', () => {
  const other = problem('conflict', 'Taken', { findings: [finding('header', '/api_key')] })
  assert.equal(withSentNames(other, renamed), other)
  const plain = problem('invalid_input')
  assert.equal(withSentNames(plain, renamed), plain)
})
