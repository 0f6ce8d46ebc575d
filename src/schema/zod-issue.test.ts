import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { inputModel } from './input-model.ts'
import { Invalid } from './invalid.ts'
import type { Schema } from './schema.ts'

function validate(model: Schema, value: unknown): unknown {
  return inputModel(model, { unknown: 'strip' }).validate(value, () => 'body')
}

/** Expects findings, each as `path code: message`. */
function refuses(model: Schema, value: unknown, expected: readonly string[]): void {
  const result = validate(model, value)
  assert.ok(result instanceof Invalid, `${JSON.stringify(result)} is no Invalid`)
  assert.deepEqual(
    result.findings.map(({ path, code, message }) => `${path} ${code}: ${message}`),
    expected,
  )
}

suite('the messages of Zod', () => {
  const rows: readonly (readonly [model: z.ZodType, value: unknown, complaint: string])[] = [
    [z.string(), 5, 'invalid_type: must be a string'],
    [z.number(), 'x', 'invalid_type: must be a number'],
    [z.number().int(), 'x', 'invalid_type: must be an integer'],
    [z.number(), Number.NaN, 'invalid_type: must be a number'],
    [z.boolean(), 1, 'invalid_type: must be true or false'],
    [z.null(), 1, 'invalid_type: must be null'],
    [z.array(z.int()), {}, 'invalid_type: must be a list'],
    [z.record(z.string(), z.int()), 1, 'invalid_type: must be an object'],
    [z.tuple([z.int()]), [], 'too_small: must have at least 1 item'],
    [z.never(), 1, 'invalid_type: must be left out'],
    [z.coerce.date(), 'x', 'invalid_type: must be a date'],
    [z.int(), 1e17, 'too_big: must be at most 9007199254740991'],
    [z.int().lt(3), 5, 'too_big: must be less than 3'],
    [z.string().length(2), 'x', 'too_small: must have exactly 2 characters'],
    [z.array(z.int()).max(1), [1, 2], 'too_big: must have at most 1 item'],
    [z.number().multipleOf(5), 3, 'not_multiple_of: must be a multiple of 5'],
    [z.literal('a'), 'b', 'invalid_value: must be "a"'],
    [z.literal(['a', 1, null]), 'b', 'invalid_value: must be one of "a", 1, null'],
    [z.string().regex(/^a/i), 'b', 'invalid_format: must match the pattern ^a'],
    [z.string().startsWith('a'), 'b', 'invalid_format: must start with "a"'],
    [z.string().endsWith('a'), 'b', 'invalid_format: must end with "a"'],
    [z.string().includes('a'), 'b', 'invalid_format: must contain "a"'],
    [z.string().lowercase(), 'B', 'invalid_format: must be in lower case'],
    [z.iso.datetime(), 'x', 'invalid_format: must be a date and time such as 2030-12-31T23:59:59Z'],
    [z.uuid(), 'x', 'invalid_format: must be a UUID'],
    [z.url(), 'x', 'invalid_format: must be a URL'],
    [z.nanoid(), 'x', 'invalid_format: must be a valid nanoid'],
    [z.union([z.string(), z.int()]), true, 'invalid: must be a string or a number'],
    [
      z.union([z.object({ a: z.int() }), z.object({ b: z.int() })]),
      { c: 1 },
      'invalid: must be one of the allowed forms',
    ],
    [z.string().refine(() => false), 'x', 'invalid: is not valid'],
    [z.record(z.uuid(), z.int()), { x: 1 }, 'invalid: has a name that must be a UUID'],
    [z.xor([z.string(), z.string()]), 'x', 'invalid: must fit one form only'],
  ]
  for (const [model, value, complaint] of rows) {
    test(complaint, () => {
      const result = validate(model, value)
      assert.ok(result instanceof Invalid)
      assert.deepEqual(
        result.findings.map(({ code, message }) => `${code}: ${message}`),
        [complaint],
      )
    })
  }

  test('of the author of the model stay as they are', () => {
    refuses(z.object({ a: z.string({ error: 'Name, please' }) }), { a: 1 }, ['/a invalid_type: Name, please'])
    refuses(z.object({ a: z.string({ error: 'Name, please' }) }), {}, ['/a missing: Name, please'])
    refuses(z.object({ a: z.string().min(3, 'too short for me') }), { a: 'x' }, ['/a too_small: too short for me'])
    refuses(z.object({ a: z.string().refine(() => false, { error: (issue) => `not ${issue.input}` }) }), { a: 'x' }, [
      '/a invalid: not x',
    ])
    refuses(z.strictObject({}, { error: 'no more' }), { a: 1 }, ['/a unrecognized_key: no more'])
    refuses(z.union([z.string(), z.int()], { error: 'neither' }), true, [' invalid: neither'])
    const range = z
      .object({ from: z.int(), to: z.int().optional() })
      .refine(() => false, { path: ['to'], error: 'must follow from' })
    refuses(range, { from: 1, to: 0 }, ['/to invalid: must follow from'])
  })

  test('are in the language that the app chose', (context) => {
    const { localeError } = z.config()
    context.after(() => z.config({ localeError }))
    z.config(z.locales.de())
    refuses(z.object({ a: z.string() }), { a: 1 }, [
      '/a invalid_type: Ungültige Eingabe: erwartet string, erhalten Zahl',
    ])
    refuses(z.object({ a: z.string() }), {}, ['/a missing: is required'])
  })

  test('are those that the app says for all models', (context) => {
    context.after(() => z.config({ customError: undefined }))
    z.config({ customError: (issue) => (issue.code === 'invalid_type' ? 'wrong' : undefined) })
    refuses(z.object({ a: z.string(), b: z.int().min(5) }), { a: 1, b: 1 }, [
      '/a invalid_type: wrong',
      '/b too_small: must be at least 5',
    ])
  })
})
