import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { contentDisposition } from './content-disposition.ts'

const names: readonly (readonly [name: string, value: string])[] = [
  ['report.pdf', 'attachment; filename="report.pdf"'],
  ['my report.pdf', 'attachment; filename="my report.pdf"'],
  ['näher.txt', `attachment; filename="n_her.txt"; filename*=UTF-8''n%C3%A4her.txt`],
  ['€ (1)*.txt', `attachment; filename="_ (1)*.txt"; filename*=UTF-8''%E2%82%AC%20%281%29%2A.txt`],
  ['😀.png', `attachment; filename="_.png"; filename*=UTF-8''%F0%9F%98%80.png`],
  ['say "hi".txt', `attachment; filename="say _hi_.txt"; filename*=UTF-8''say%20%22hi%22.txt`],
  ['100%.txt', `attachment; filename="100_.txt"; filename*=UTF-8''100%25.txt`],
  ['../../etc/passwd', 'attachment; filename=".._.._etc_passwd"'],
  ['a\\b', 'attachment; filename="a_b"'],
  ['a\r\nSet-Cookie: b', 'attachment; filename="a__Set-Cookie: b"'],
  ['\ud800.txt', `attachment; filename="_.txt"; filename*=UTF-8''%EF%BF%BD.txt`],
]

suite('the name of a download', () => {
  for (const [name, value] of names) {
    test(JSON.stringify(name), () => assert.equal(contentDisposition('attachment', name), value))
  }
})
