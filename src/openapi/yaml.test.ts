import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { sampleOperation } from '../../test/docs-pages/sample-operation.ts'
import { openApiDocument } from './document.ts'
import { toYaml } from './yaml.ts'

const description = `${'A long line without an end. '.repeat(20)}\n\n- with a list`
const document = openApiDocument({
  title: 'Yes: no',
  version: '1.0',
  description,
  operations: [sampleOperation(), sampleOperation({ method: 'POST' })],
})

test('YAML says what the document says', () => {
  assert.deepEqual(parse(toYaml(document)), JSON.parse(JSON.stringify(document)))
})

test('YAML has no anchors, and no folded lines', () => {
  const text = toYaml(document)
  assert.doesNotMatch(text, /[&*]a\d/)
  assert.ok(text.includes(`    ${description.split('\n')[0]?.trim()}`))
})
