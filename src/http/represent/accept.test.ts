import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parseAccept, rangeFor } from './accept.ts'
import { parseMediaType } from './media-type.ts'

const qualityOf = (type: string, accept: string): number | undefined => {
  const media = parseMediaType(type)
  return media && rangeFor(media, parseAccept(accept))?.quality
}

suite('the weight of a media type', () => {
  const cases: [type: string, accept: string, quality: number | undefined][] = [
    ['text/html', 'text/*;q=0.3, text/plain;q=0.7, text/html;level=1, */*;q=0.5', 1],
    ['text/html', 'text/*;q=0.3, */*;q=0.5', 0.3],
    ['image/jpeg', 'text/*;q=0.3, */*;q=0.5', 0.5],
    ['text/plain', 'text/*;q=0.3, text/plain;q=0.7', 0.7],
    ['text/plain', 'image/*', undefined],
    ['text/x;a=1', 'text/x;a=1;q=0.2, text/x;q=0.9', 0.2],
    ['text/x;a=1', 'text/x;a=2;q=0.2, text/x;q=0.9', 0.9],
    ['text/x', 'text/x;a=1;q=0.2, text/x;q=0.9', 0.9],
    ['text/x', 'text/x;q=0', 0],
    ['text/x', 'TEXT/X ; Q=0.25', 0.25],
    ['text/x', 'text/x;q=2', 1],
    ['text/x', 'text/x;q=-1', 1],
    ['text/x', 'text/x;q=', 1],
    ['text/x', '*;q=0.1', 0.1],
    ['text/x', 'text/x;t="a,b;q=0.9";q=0.4', 0.4],
    ['text/x', 'text', undefined],
    ['text/x', ', ,,', undefined],
  ]
  for (const [type, accept, quality] of cases) {
    test(`${type} for ${accept}`, () => assert.equal(qualityOf(type, accept), quality))
  }
  test('is found in long headers in little time', () => {
    for (const header of [`"${'a'.repeat(16_000)}`, 'a/b;'.repeat(4000), ';='.repeat(8000), '"\\'.repeat(8000)]) {
      assert.ok(parseAccept(header).length < 2)
    }
  })
})
