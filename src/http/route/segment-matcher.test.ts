import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parsePath } from './path-pattern.ts'
import { literalLength, segmentMatcher } from './segment-matcher.ts'

const piecesOf = (segment: string) => parsePath(`/${segment}`).segments[0] ?? []
const match = (template: string, segment: string): string[] | undefined => segmentMatcher(piecesOf(template))(segment)

suite('a segment of text and parameters', () => {
  const rows: readonly (readonly [template: string, segment: string, values: string[] | undefined])[] = [
    ['{name}.json', 'report.json', ['report']],
    ['{name}.json', 'a.json.json', ['a.json']],
    ['{name}.json', '.json', undefined],
    ['{name}.json', 'report.xml', undefined],
    ['{name}.json', 'json', undefined],
    ['v{n}', 'v12', ['12']],
    ['v{n}', 'v', undefined],
    ['v{n}', 'w1', undefined],
    ['v{n}', 'xv1', undefined],
    ['{from}-{to}', 'a-b', ['a', 'b']],
    ['{from}-{to}', 'a-b-c', ['a', 'b-c']],
    ['{from}-{to}', '--', undefined],
    ['{from}-{to}', '---', ['-', '-']],
    ['{from}-{to}', '-b', undefined],
    ['{from}-{to}', 'a-', undefined],
    ['{a}-{b}.png', 'x-.png', undefined],
    ['{a}-{b}.png', 'x-y.png', ['x', 'y']],
    ['{a}-{b}.png', 'x-y.png.png', ['x', 'y.png']],
    ['({a})', '(1)', ['1']],
    ['({a})', '()', undefined],
    ['({a})', '(1)x', undefined],
    ['{a}--{b}', 'x---y', ['x', '-y']],
    ['{a}.', 'x/y.', ['x/y']],
    ['{a}~{b}~{c}', '1~2~3~4', ['1', '2', '3~4']],
  ]
  for (const [template, segment, values] of rows) {
    const outcome = values === undefined ? 'does not match' : `takes [${values.join(', ')}] out of`
    test(`${template} ${outcome} ${segment}`, () => assert.deepEqual(match(template, segment), values))
  }
})

test('the literal length of a segment leaves its parameters out', () => {
  assert.equal(literalLength(piecesOf('{name}.tar.{kind}z')), 6)
})
