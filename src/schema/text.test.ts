import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'
import { inputJsonSchema } from './json-schema.ts'
import type { JsonSchema, Schema } from './schema.ts'
import { isTextFailure, textReader } from './text.ts'

type Given = string | readonly string[]

function reads(schema: JsonSchema, given: Given, value: unknown, root: JsonSchema = schema): void {
  const read = textReader(schema, root)(given)
  assert.ok(!isTextFailure(read), `${JSON.stringify(given)} is refused`)
  assert.deepEqual(read, value)
}

function refuses(schema: JsonSchema, given: Given, message: string, code = 'invalid_type', path = ''): void {
  const read = textReader(schema, schema)(given)
  assert.ok(isTextFailure(read), `${JSON.stringify(given)} is read as ${JSON.stringify(read)}`)
  assert.deepEqual({ ...read }, { code, message, path })
}

suite('an integer', () => {
  const integer = { type: 'integer' }
  test('is decimal digits, with an optional minus', () => {
    for (const [text, value] of [
      ['0', 0],
      ['42', 42],
      ['-7', -7],
      ['007', 7],
      ['-0', 0],
      ['123456789012345', 123456789012345],
    ] as const) {
      reads(integer, text, value)
      assert.ok(!Object.is(textReader(integer, {})(text), -0))
    }
  })

  test('is nothing else', () => {
    for (const text of [
      '',
      '-',
      '+1',
      '1.0',
      '1e3',
      ' 1',
      '1 ',
      '0x1',
      '1_000',
      '١',
      'NaN',
      'Infinity',
      '--1',
      `${'1'.repeat(14)}x`,
      `${'1'.repeat(40)}x`,
    ]) {
      refuses(integer, text, 'must be an integer')
    }
  })

  test('is inside the safe range, or the range of its model', () => {
    reads(integer, '9007199254740991', Number.MAX_SAFE_INTEGER)
    reads(integer, '-9007199254740991', Number.MIN_SAFE_INTEGER)
    reads(integer, `${'0'.repeat(30)}5`, 5)
    const message = 'must be an integer between -9007199254740991 and 9007199254740991'
    refuses(integer, '9007199254740992', message, 'too_big')
    refuses(integer, '-9007199254740993', message, 'too_small')
    refuses({ ...integer, minimum: 1, maximum: 10 }, '9'.repeat(20), 'must be an integer between 1 and 10', 'too_big')
  })

  test('is read back as it was written', () => {
    const read = textReader(integer, integer)
    for (let value = -2000; value <= 2000; value += 7) assert.equal(read(String(value)), value)
    for (let digits = 1; digits <= 15; digits++) assert.equal(read('9'.repeat(digits)), 10 ** digits - 1)
  })

  test('is given once', () => {
    reads(integer, ['5'], 5)
    refuses(integer, ['5', '5'], 'must be given once', 'repeated')
    refuses(integer, [], 'must be given once', 'repeated')
  })
})

test('a number is written as in JSON', () => {
  const number = { type: 'number' }
  for (const [text, value] of [
    ['0', 0],
    ['-0', 0],
    ['1.5', 1.5],
    ['-2e3', -2000],
    ['1E+2', 100],
    ['1e-2', 0.01],
  ] as const) {
    reads(number, text, value)
  }
  for (const text of [
    '',
    ' 1',
    '1 ',
    '01',
    '.5',
    '5.',
    '+1',
    '0x10',
    'NaN',
    'Infinity',
    '-Infinity',
    '1e999',
    '1,5',
    'one',
  ]) {
    refuses(number, text, 'must be a number')
  }
})

test('a boolean is true, false, or what forms and people write for it, in any case', () => {
  const boolean = { type: 'boolean' }
  for (const text of ['true', 'TRUE', '1', 'yes', 'Yes', 'on']) reads(boolean, text, true)
  for (const text of ['false', 'False', '0', 'no', 'NO', 'off']) reads(boolean, text, false)
  for (const text of ['', '2', 'truee', 'y', 'null', 'x'.repeat(100_000)])
    refuses(boolean, text, 'must be true or false')
})

test('a string stays as it is', () => {
  for (const text of ['', ' a ', 'null', '12', 'grüße/~']) reads({ type: 'string' }, text, text)
  refuses({ type: 'string' }, ['a', 'b'], 'must be given once', 'repeated')
})

suite('a list', () => {
  const integers = { type: 'array', items: { type: 'integer' } }
  test('takes repeated texts, and one text as a list of one', () => {
    reads(integers, ['1', '2'], [1, 2])
    reads(integers, '1', [1])
    reads({ type: 'array' }, ['a', 'b'], ['a', 'b'])
  })

  test('says which item is wrong', () => {
    refuses(integers, ['1', 'x', 'y'], 'must be an integer', 'invalid_type', '/1')
  })

  test('may be a tuple', () => {
    const tuple = { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'boolean' }], items: { type: 'number' } }
    reads(tuple, ['1', 'yes', '2.5'], [1, true, 2.5])
    refuses(tuple, ['1', '2'], 'must be true or false', 'invalid_type', '/1')
  })

  test('in a list is JSON text', () => {
    reads({ type: 'array', items: integers }, ['[1,2]', '[3]'], [[1, 2], [3]])
    refuses({ type: 'array', items: integers }, ['1'], 'must be a list', 'invalid_type', '/0')
  })

  test('may be long', () => {
    const texts = Array.from({ length: 100_000 }, (_, i) => String(i))
    reads(integers, texts, texts.map(Number))
  })
})

test('an object is JSON text', () => {
  const object = { type: 'object', properties: { a: { type: 'integer' } } }
  reads(object, '{"a":"1"}', { a: '1' })
  refuses(object, '{"a":', 'must be JSON', 'invalid_format')
  for (const text of ['1', '[1]', 'null']) refuses(object, text, 'must be an object')
})

test('members of an enum without a type are the text of those that are no strings, else the text', () => {
  const members = { enum: [1, true, null, 'a'] }
  for (const [text, value] of [
    ['1', 1],
    ['true', true],
    ['null', null],
    ['a', 'a'],
    ['b', 'b'],
  ] as const) {
    reads(members, text, value)
  }
  reads({ const: 3 }, '3', 3)
  reads({ type: 'number', enum: [1, 2] }, '2', 2)
})

suite('of several types', () => {
  test('the first that takes the text wins, strings after others', () => {
    reads({ type: ['string', 'integer'] }, '5', 5)
    reads({ type: ['string', 'integer'] }, 'five', 'five')
    reads({ anyOf: [{ type: 'string' }, { type: 'boolean' }, { type: 'number' }] }, '2', 2)
    reads({ oneOf: [{ type: 'object' }, { type: 'string' }] }, '{"a":1}', { a: 1 })
    reads({ oneOf: [{ type: 'object' }, { type: 'string' }] }, '{', '{')
  })

  test('a constant takes its own text only', () => {
    reads({ anyOf: [{ type: 'integer', const: 1 }, { type: 'string' }] }, '5', '5')
    reads({ anyOf: [{ type: 'integer', const: 1 }, { type: 'string' }] }, '1', 1)
  })

  test('the text null is null unless any string is allowed', () => {
    reads({ type: ['integer', 'null'] }, 'null', null)
    reads({ type: ['string', 'null'] }, 'null', 'null')
    reads({ anyOf: [{ type: 'string', enum: ['a'] }, { type: 'null' }] }, 'null', null)
    reads({ type: 'null' }, 'null', null)
    refuses({ type: 'null' }, '', 'must be null')
  })

  test('the message names all of them', () => {
    refuses({ type: ['integer', 'null'] }, 'x', 'must be an integer or null')
    refuses({ type: ['integer', 'boolean'] }, 'x', 'must be an integer or true or false')
    refuses(
      { type: ['integer', 'null'] },
      '9'.repeat(20),
      'must be an integer between -9007199254740991 and 9007199254740991',
      'too_big',
    )
  })

  test('one text is no list where it can be read otherwise', () => {
    const either = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }
    reads(either, 'a', 'a')
    reads(either, ['a'], 'a')
    reads(either, ['a', 'b'], ['a', 'b'])
    reads({ anyOf: [{ type: 'integer' }, { type: 'array', items: { type: 'boolean' } }] }, 'yes', [true])
    refuses({ anyOf: [{ type: 'integer' }, { type: 'array', items: { type: 'boolean' } }] }, 'x', 'must be an integer')
  })

  test('allOf is read by its first part with a type', () => {
    reads({ allOf: [{ minimum: 1 }, { type: 'integer' }] }, '5', 5)
    reads({ allOf: [{ description: 'x' }, { type: 'boolean' }] }, 'on', true)
  })
})

suite('a reference', () => {
  const root = { $defs: { No: { type: 'integer' }, Loop: { anyOf: [{ $ref: '#/$defs/Loop' }, { type: 'boolean' }] } } }
  test('is followed', () => reads({ $ref: '#/$defs/No' }, '5', 5, root))
  test('that leads back to itself adds nothing', () => reads({ $ref: '#/$defs/Loop' }, 'on', true, root))
  test('to nothing is refused at once', () => {
    assert.throws(() => textReader({ $ref: '#/$defs/None' }, root), { name: 'SchemaError' })
  })
})

test('what has no type stays as it is, however often it is given', () => {
  reads({}, 'a', 'a')
  reads({}, ['a', 'b'], ['a', 'b'])
  reads({ description: 'anything' }, '5', '5')
})

test('the models of all libraries are read', () => {
  const models: readonly (readonly [Schema, string, unknown])[] = [
    [z.int(), '5', 5],
    [z.number().nullable(), 'null', null],
    [z.enum(['a', 'b']), 'a', 'a'],
    [z.array(z.stringbool()), 'on', ['on']],
    [z.coerce.date(), '2030-01-01', '2030-01-01'],
    [z.json(), '[1]', '[1]'],
    [toStandardJsonSchema(v.pipe(v.number(), v.integer())), '5', 5],
    [toStandardJsonSchema(v.picklist([1, 2])), '2', 2],
    [type('number.integer'), '5', 5],
    [type("'a'|1|true"), '1', 1],
    [type('boolean'), 'off', false],
  ]
  for (const [model, text, value] of models) reads(inputJsonSchema(model), text, value)
})
