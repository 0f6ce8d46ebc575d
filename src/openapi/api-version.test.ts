import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleOperation } from '../../test/docs-pages/sample-operation.ts'
import { apiVersions, ofApiVersion } from './api-version.ts'

const plain = { ...sampleOperation(), service: 'plain' }
const first = { ...plain, service: 'first', version: '2', defaultVersion: true }
const second = { ...plain, service: 'second', version: '10', defaultVersion: false }
const hidden = { ...plain, service: 'hidden', version: '11', hidden: true }
const api = { title: 'A', version: '1.0.0', operations: [plain, second, first, hidden] }
const servicesOf = (version?: string): readonly string[] =>
  ofApiVersion(api, version).operations.map(({ service }) => service)

test('the versions of an API are those that are shown, in the order of numbers', () => {
  assert.deepEqual(apiVersions(api), ['2', '10'])
})

test('a version has its own operations, and those that know no versions', () => {
  assert.deepEqual(servicesOf('10'), ['plain', 'second'])
  assert.deepEqual(servicesOf('2'), ['plain', 'first'])
  assert.equal(ofApiVersion(api, '10').title, 'A, version 10')
})

test('without a name it is what clients get that name none, and says where the others are', () => {
  assert.deepEqual(servicesOf(), ['plain', 'first'])
  const { description } = ofApiVersion({ ...api, description: 'Said.' })
  assert.equal(
    description,
    'Said.\n\nVersions, each with a document of its own: [2](openapi.json?version=2), [10](openapi.json?version=10).',
  )
})

test('an API without versions stays as it is', () => {
  const one = { ...api, operations: [plain] }
  assert.equal(ofApiVersion(one), one)
})
