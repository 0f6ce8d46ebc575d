import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import type { SentExchange } from '../result.ts'
import { curlOf } from './curl.ts'

const exchange: SentExchange = {
  method: 'GET',
  url: 'http://localhost:17010/a?b=1&c=2',
  requestHeaders: [],
  requestBody: undefined,
  status: 200,
  headers: [],
  body: '',
  milliseconds: 1,
  cid: undefined,
}

test('a plain request is one short line', () => {
  assert.equal(curlOf(exchange), `curl -i 'http://localhost:17010/a?b=1&c=2'`)
  assert.equal(curlOf({ ...exchange, method: 'HEAD' }), `curl -i --head 'http://localhost:17010/a?b=1&c=2'`)
})

test('a shell takes every part of it apart as it was put together', async () => {
  const line = curlOf({
    ...exchange,
    method: 'PUT',
    requestHeaders: [
      ['content-length', '5'],
      ['x-odd', `it's "$HOME" \`date\` \\`],
    ],
    requestBody: `{"a": "it's\n$X"}`,
  })
  const { stdout } = await promisify(execFile)('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${line}`])
  assert.deepEqual(stdout.split('\0').slice(0, -1), [
    '-i',
    '-X',
    'PUT',
    '-H',
    `x-odd: it's "$HOME" \`date\` \\`,
    '--data-raw',
    `{"a": "it's\n$X"}`,
    'http://localhost:17010/a?b=1&c=2',
  ])
})
