import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comment, schemaWords } from './comment.ts'
import { replyWords } from './reply-words.ts'

const long = 'many words that go on and on '.repeat(8).trim()

test('a comment of one short line stands on one line, and cannot be ended by what it says', () => {
  assert.equal(comment({ lines: ['Ends */ here'] }, '  '), '  /** Ends *\\/ here */\n')
  assert.equal(comment({ lines: [undefined, ''] }, ''), '')
})

test('long lines are broken between words, and lists go on as far in as they began', () => {
  const lines = comment({ lines: [long, `- ${long}`] }, '  ')
    .split('\n')
    .slice(1, -2)
  assert.ok(lines.every((line) => line.length <= 120 && line.startsWith('   * ')))
  const second = lines.findIndex((line) => line.startsWith('   * - many'))
  assert.ok(second > 1)
  assert.match(lines[second + 1] ?? '', /^ {3}\* {3}\S/)
})

test('code, tables and long words stay as they are', () => {
  const kept = ['```sh', `curl ${long}`, '```', `| ${long} |`, `    ${long}`, `https://example.com/${'a'.repeat(150)}`]
  assert.deepEqual(comment({ lines: kept }, ''), `/**\n${kept.map((line) => ` * ${line}\n`).join('')} */\n`)
})

test('formats and defaults of schemas are tags, but not what JavaScript cannot tell apart', () => {
  assert.deepEqual(schemaWords({ description: 'When', format: 'date-time', default: 'now' }).lines, [
    'When',
    '@format date-time',
    '@default "now"',
  ])
  assert.deepEqual(schemaWords({ format: 'int64', default: 'x'.repeat(100) }).lines, [undefined, undefined, undefined])
})

test('the usual words for a status are left out, others stay', () => {
  assert.equal(replyWords('200', 'OK'), undefined)
  assert.equal(replyWords('404', 'Not Found.'), undefined)
  assert.equal(replyWords('404', 'OK'), 'OK')
  assert.equal(replyWords('default', 'Anything'), 'Anything')
})
