import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { byteRanges, contentRange } from './byte-range.ts'

/** What is asked of ten bytes, and the parts that it means; undefined where the whole is sent. */
const asked: readonly (readonly [header: string, ranges: readonly (readonly [number, number])[] | undefined])[] = [
  ['bytes=0-0', [[0, 1]]],
  ['bytes=0-9', [[0, 10]]],
  ['bytes=0-', [[0, 10]]],
  ['bytes=4-6', [[4, 7]]],
  ['bytes=9-9', [[9, 10]]],
  ['bytes=5-999', [[5, 10]]],
  ['bytes=5-99999999999999999999', [[5, 10]]],
  ['bytes=-1', [[9, 10]]],
  ['bytes=-10', [[0, 10]]],
  ['bytes=-999', [[0, 10]]],
  ['BYTES=0-1', [[0, 2]]],
  [
    'bytes= 0-1 , 4-5 ',
    [
      [0, 2],
      [4, 6],
    ],
  ],
  [
    'bytes=0-1,,4-5,',
    [
      [0, 2],
      [4, 6],
    ],
  ],
  [
    'bytes=8-9,0-1',
    [
      [8, 10],
      [0, 2],
    ],
  ],
  [
    'bytes=0-1,-1',
    [
      [0, 2],
      [9, 10],
    ],
  ],
  ['bytes=0-1,20-30', [[0, 2]]],
  ['bytes=10-', []],
  ['bytes=10-12', []],
  ['bytes=99999999999999999999-', []],
  ['bytes=-0', []],
  ['bytes=20-,30-40', []],
  ['bytes=6-4', undefined],
  ['bytes=', undefined],
  ['bytes=-', undefined],
  ['bytes=,', undefined],
  ['bytes=a-b', undefined],
  ['bytes=0x1-2', undefined],
  ['bytes=1.5-2', undefined],
  ['bytes=+1-2', undefined],
  ['bytes=1 - 2', undefined],
  ['bytes=1-2-3', undefined],
  ['bytes=--1', undefined],
  ['bytes=0-1,x', undefined],
  ['bytes:0-1', undefined],
  ['items=0-1', undefined],
  ['0-1', undefined],
  ['', undefined],
  ['bytes=0-9,0-9', undefined],
  ['bytes=0-,1-,2-', undefined],
  [`bytes=${Array.from({ length: 33 }, () => '0-0').join()}`, undefined],
]

suite('a range of ten bytes', () => {
  for (const [header, expected] of asked) {
    test(`asked for as ${JSON.stringify(header.slice(0, 40))}`, () => {
      assert.deepEqual(
        byteRanges(header, 10)?.map(({ from, to }) => [from, to]),
        expected,
      )
    })
  }
  test('says what it is of the whole', () => {
    assert.equal(contentRange({ from: 2, to: 5 }, 10), 'bytes 2-4/10')
  })
})

test('of nothing there are no ranges', () => {
  assert.equal(byteRanges('bytes=0-', 0), undefined)
})
