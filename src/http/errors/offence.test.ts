import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { problem } from '../../kernel/problem.ts'
import { inputModel } from '../../schema/input-model.ts'
import { Invalid } from '../../schema/invalid.ts'
import type { Schema } from '../../schema/schema.ts'
import { drfText } from './drf-text.ts'
import { type Offence, offences } from './offence.ts'
import { pydanticError } from './pydantic-error.ts'

async function offenceOf(model: Schema, value: unknown): Promise<Offence> {
  const input = inputModel(z.object({ a: model as z.ZodType }), { unknown: 'strip' })
  const refused = await input.validate({ a: value }, () => 'body')
  assert.ok(refused instanceof Invalid)
  const [offence, ...others] = offences(problem('invalid_input', undefined, { refused }), refused.findings)
  assert.ok(offence !== undefined && others.length === 0)
  return offence
}

type Row = readonly [model: Schema, value: unknown, type: string, msg: string, ctx: object | undefined, drf: string]

/** The types, messages and values of pydantic 2, as it gives them for models that say the same. */
const rows: Readonly<Record<string, Row>> = {
  'null for a number': [
    z.int(),
    null,
    'int_type',
    'Input should be a valid integer',
    undefined,
    'This field may not be null.',
  ],
  'digits for a number': [
    z.int(),
    '7',
    'int_type',
    'Input should be a valid integer',
    undefined,
    'A valid integer is required.',
  ],
  'a list for a number': [
    z.number(),
    [],
    'float_type',
    'Input should be a valid number',
    undefined,
    'A valid number is required.',
  ],
  'a text for a boolean': [
    z.boolean(),
    'x',
    'bool_parsing',
    'Input should be a valid boolean, unable to interpret input',
    undefined,
    'Must be a valid boolean.',
  ],
  'a list for a boolean': [
    z.boolean(),
    [],
    'bool_type',
    'Input should be a valid boolean',
    undefined,
    'Must be a valid boolean.',
  ],
  'a number for a text': [
    z.string(),
    1,
    'string_type',
    'Input should be a valid string',
    undefined,
    'Not a valid string.',
  ],
  'a number for a text or null': [
    z.string().nullable(),
    1,
    'string_type',
    'Input should be a valid string',
    undefined,
    'Not a valid string.',
  ],
  'a text for a list': [
    z.array(z.int()),
    'x',
    'list_type',
    'Input should be a valid list',
    undefined,
    'Expected a list of items but got type "str".',
  ],
  'a number for a record': [
    z.record(z.string(), z.int()),
    1,
    'dict_type',
    'Input should be a valid dictionary',
    undefined,
    'Invalid data. Expected a dictionary, but got int.',
  ],
  'none of the values': [
    z.enum(['a', 'b', 'c']),
    'z',
    'enum',
    "Input should be 'a', 'b' or 'c'",
    { expected: "'a', 'b' or 'c'" },
    '"z" is not a valid choice.',
  ],
  'another constant': [
    z.literal('a'),
    'z',
    'literal_error',
    "Input should be 'a'",
    { expected: "'a'" },
    '"z" is not a valid choice.',
  ],
  'a number that is no more': [
    z.number().gt(0),
    0,
    'greater_than',
    'Input should be greater than 0',
    { gt: 0 },
    'Ensure this value is greater than 0.',
  ],
  'a number that is less': [
    z.int().min(1),
    0,
    'greater_than_equal',
    'Input should be greater than or equal to 1',
    { ge: 1 },
    'Ensure this value is greater than or equal to 1.',
  ],
  'a number that is no less': [
    z.number().lt(0),
    0,
    'less_than',
    'Input should be less than 0',
    { lt: 0 },
    'Ensure this value is less than 0.',
  ],
  'a number that is more': [
    z.int().max(0),
    1,
    'less_than_equal',
    'Input should be less than or equal to 0',
    { le: 0 },
    'Ensure this value is less than or equal to 0.',
  ],
  'a text that is too long': [
    z.string().max(1),
    'aa',
    'string_too_long',
    'String should have at most 1 character',
    { max_length: 1 },
    'Ensure this field has no more than 1 characters.',
  ],
  'an empty text': [
    z.string().min(1),
    '',
    'string_too_short',
    'String should have at least 1 character',
    { min_length: 1 },
    'This field may not be blank.',
  ],
  'a text of another pattern': [
    z.string().regex(/^a$/),
    'b',
    'string_pattern_mismatch',
    "String should match pattern '^a$'",
    { pattern: '^a$' },
    'This value does not match the required pattern.',
  ],
  'a list that is too short': [
    z.array(z.int()).min(1),
    [],
    'too_short',
    'List should have at least 1 item after validation, not 0',
    { field_type: 'List', min_length: 1, actual_length: 0 },
    'Ensure this field has at least 1 elements.',
  ],
  'a list that is too long': [
    z.array(z.int()).max(1),
    [1, 2],
    'too_long',
    'List should have at most 1 item after validation, not 2',
    { field_type: 'List', max_length: 1, actual_length: 2 },
    'Ensure this field has no more than 1 elements.',
  ],
  'a number that is no multiple': [
    z.int().multipleOf(5),
    3,
    'multiple_of',
    'Input should be a multiple of 5',
    { multiple_of: 5 },
    'Must be a multiple of 5.',
  ],
  'a message of the model': [
    z.string().min(8, 'Choose a longer one'),
    'a',
    'value_error',
    'Value error, Choose a longer one',
    { error: {} },
    'Choose a longer one.',
  ],
}

suite('a finding is told in the words of pydantic and of Django REST framework:', () => {
  for (const [what, [model, value, type, msg, ctx, drf]] of Object.entries(rows)) {
    test(what, async () => {
      const offence = await offenceOf(model, value)
      assert.deepEqual(offence.value, value)
      assert.deepEqual(pydanticError(offence), { type, msg, ...(ctx !== undefined && { ctx }) })
      assert.equal(drfText(offence), drf)
    })
  }
})

test('a finding without its input is told by its message', () => {
  const finding = { in: 'body', path: '/a/0', code: 'invalid_type', message: 'must be an integer' } as const
  const [offence] = offences(problem('bad_request'), [finding])
  assert.ok(offence !== undefined)
  assert.deepEqual(offence.keys, ['a', '0'])
  assert.deepEqual(pydanticError(offence).msg, 'Value error, must be an integer')
  assert.equal(drfText(offence), 'Must be an integer.')
})
