import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ReadParameter } from '../../../openapi/read/read-api.ts'
import { parameterPairs, parameterText } from './parameter-text.ts'

const parameter = (change: Partial<ReadParameter>): ReadParameter => ({
  name: 'color',
  in: 'query',
  required: false,
  schema: true,
  style: 'form',
  explode: true,
  contentType: undefined,
  description: undefined,
  deprecated: false,
  examples: [],
  ...change,
})
const list = ['blue', 'black']
const object = { R: 100, G: 200 }

suite('parameters of a query', () => {
  const cases: readonly (readonly [Partial<ReadParameter>, unknown, readonly (readonly [string, string])[]])[] = [
    [{}, 'blue', [['color', 'blue']]],
    [{}, 5, [['color', '5']]],
    [{}, null, [['color', 'null']]],
    [
      {},
      list,
      [
        ['color', 'blue'],
        ['color', 'black'],
      ],
    ],
    [{ explode: false }, list, [['color', 'blue,black']]],
    [{ style: 'spaceDelimited', explode: false }, list, [['color', 'blue black']]],
    [{ style: 'pipeDelimited', explode: false }, list, [['color', 'blue|black']]],
    [
      {},
      object,
      [
        ['R', '100'],
        ['G', '200'],
      ],
    ],
    [{ explode: false }, object, [['color', 'R,100,G,200']]],
    [
      { style: 'deepObject' },
      object,
      [
        ['color[R]', '100'],
        ['color[G]', '200'],
      ],
    ],
    [{ contentType: 'application/json' }, object, [['color', '{"R":100,"G":200}']]],
    [{}, [], []],
  ]
  for (const [change, value, expected] of cases) {
    test(`are written as OpenAPI says: ${JSON.stringify([change, value])}`, () => {
      assert.deepEqual(parameterPairs(parameter(change), value), expected)
    })
  }
})

suite('parameters of a path', () => {
  const cases: readonly (readonly [Partial<ReadParameter>, unknown, string])[] = [
    [{ style: 'simple', explode: false }, 'a/b', 'a%2Fb'],
    [{ style: 'simple', explode: false }, list, 'blue,black'],
    [{ style: 'simple', explode: false }, object, 'R,100,G,200'],
    [{ style: 'simple', explode: true }, object, 'R=100,G=200'],
    [{ style: 'label', explode: true }, list, '.blue.black'],
    [{ style: 'label', explode: false }, list, '.blue,black'],
    [{ style: 'matrix', explode: false }, 'blue', ';color=blue'],
    [{ style: 'matrix', explode: true }, list, ';color=blue;color=black'],
    [{ style: 'matrix', explode: true }, object, ';R=100;G=200'],
  ]
  for (const [change, value, expected] of cases) {
    test(`are written as OpenAPI says: ${JSON.stringify([change, value])}`, () => {
      assert.equal(parameterText(parameter({ in: 'path', ...change }), value, encodeURIComponent), expected)
    })
  }
})
