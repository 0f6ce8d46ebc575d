import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { inputModel } from './input-model.ts'
import { Invalid } from './invalid.ts'
import { compiledZod } from './zod-compiled.ts'

const line = z.object({ sku: z.string().min(2), quantity: z.int().min(1).default(1) })
const shapes = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('a'), at: z.iso.date() }),
  z.strictObject({ kind: z.literal('b') }),
])
const model = z.object({
  name: z
    .string()
    .trim()
    .refine((name) => name !== 'nobody', 'may not be nobody'),
  lines: z.array(line).min(1),
  note: z.string().nullable().optional(),
  shape: shapes.optional(),
  extra: z.record(z.string(), z.number()).optional(),
})

const values: readonly unknown[] = [
  { name: ' Ada ', lines: [{ sku: 'ab' }] },
  { name: 'Ada', lines: [{ sku: 'ab', quantity: 2, more: 1 }], note: null, more: { deep: 1 } },
  { name: 'Ada', lines: [{ sku: 'ab' }], shape: { kind: 'a', at: '2026-01-01', x: 1 }, extra: { a: 1 } },
  JSON.parse('{"name":"Ada","lines":[{"sku":"ab"}],"__proto__":{"admin":true}}'),
  { name: 'nobody', lines: [{ sku: 'a', quantity: 0 }, 5], note: 1 },
  { name: 'Ada', lines: [], shape: { kind: 'b', x: 1 } },
  { name: 'Ada', lines: [{ sku: 'ab' }], shape: { kind: 'c' } },
  {},
  [],
  null,
  undefined,
  'text',
]

/** What a model made of a value; what it was given is each model's own. */
const told = (result: unknown): unknown => (result instanceof Invalid ? result.findings : result)

test('a model says the same of a value before it is compiled and after', () => {
  for (const unknown of ['strip', 'strict', 'pass'] as const) {
    const fresh = values.map((value) => told(inputModel(model, { unknown }).validate(value, () => 'body')))
    const used = inputModel(model, { unknown })
    for (let times = 0; times < 200; times++) used.validate(values[0], () => 'body')
    assert.deepEqual(
      values.map((value) => told(used.validate(value, () => 'body'))),
      fresh,
    )
  }
})

test('a model that waits is not compiled', async () => {
  const waiting = z.object({ a: z.string().refine(async (text) => text !== 'x', 'is taken') })
  const input = inputModel(waiting, { unknown: 'strip' })
  for (let times = 0; times < 200; times++) assert.deepEqual(await input.validate({ a: 'y' }, () => 'body'), { a: 'y' })
})

test('a model of another version of Zod is left as it is', () => {
  const { version } = model._zod
  const other = { ...model, _zod: { ...model._zod, version: { ...version, minor: version.minor + 1 } } } as typeof model
  assert.equal(compiledZod(other), other)
})
