import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'
import type { Finding } from './finding.ts'
import { inputModel, type UnknownPolicy } from './input-model.ts'
import { Invalid } from './invalid.ts'
import { jsonSchema } from './plain-json-schema.ts'
import type { Schema } from './schema.ts'

function validate(model: Schema, value: unknown, unknown: UnknownPolicy = 'strip'): unknown {
  return inputModel(model, { unknown }).validate(value, () => 'body')
}

/** Findings as `path code: message`, without the place. */
function complaints(result: unknown): string[] {
  assert.ok(result instanceof Invalid, `${JSON.stringify(result)} is no Invalid`)
  return result.findings.map(({ path, code, message }) => `${path} ${code}: ${message}`)
}

function accepts(model: Schema, value: unknown, made: unknown = value, unknown?: UnknownPolicy): void {
  assert.deepEqual(validate(model, value, unknown), made)
}

function refuses(model: Schema, value: unknown, expected: readonly string[], unknown?: UnknownPolicy): void {
  // ArkType declares members in an order of its own.
  const ordered = (lines: readonly string[]) => (model['~standard'].vendor === 'arktype' ? lines.toSorted() : lines)
  assert.deepEqual(ordered(complaints(validate(model, value, unknown))), ordered(expected))
}

/** The same model in every library. */
const orders: readonly (readonly [library: string, model: Schema])[] = [
  [
    'Zod',
    z.object({
      no: z.int(),
      customer: z.object({ name: z.string().min(3), tags: z.array(z.string()) }),
      size: z.enum(['S', 'M']).optional(),
      gift: z.object({ text: z.string() }).nullable().optional(),
      mail: z.email().optional(),
      amount: z.number().gt(0).max(10).optional(),
      paid: z.boolean().optional(),
    }),
  ],
  [
    'Valibot',
    toStandardJsonSchema(
      v.object({
        no: v.pipe(v.number(), v.integer()),
        customer: v.object({ name: v.pipe(v.string(), v.minLength(3)), tags: v.array(v.string()) }),
        size: v.optional(v.picklist(['S', 'M'])),
        gift: v.optional(v.nullable(v.object({ text: v.string() }))),
        mail: v.optional(v.pipe(v.string(), v.email())),
        amount: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(10))),
        paid: v.optional(v.boolean()),
      }),
    ),
  ],
  [
    'ArkType',
    type({
      no: 'number.integer',
      customer: { name: 'string>=3', tags: 'string[]' },
      'size?': "'S'|'M'",
      'gift?': type({ text: 'string' }).or('null'),
      'mail?': 'string.email',
      'amount?': '0<number<=10',
      'paid?': 'boolean',
    }),
  ],
  [
    'plain JSON Schema',
    jsonSchema({
      type: 'object',
      properties: {
        no: { type: 'integer' },
        customer: {
          type: 'object',
          properties: { name: { type: 'string', minLength: 3 }, tags: { type: 'array', items: { type: 'string' } } },
          required: ['name', 'tags'],
        },
        size: { enum: ['S', 'M'] },
        gift: {
          anyOf: [{ type: 'object', properties: { text: { type: 'string' } }, required: ['text'] }, { type: 'null' }],
        },
        mail: { type: 'string', format: 'email' },
        amount: { type: 'number', exclusiveMinimum: 0, maximum: 10 },
        paid: { type: 'boolean' },
      },
      required: ['no', 'customer'],
    }),
  ],
]

for (const [library, Order] of orders) {
  suite(`an input of ${library}`, () => {
    const order = { no: 1, customer: { name: 'Ada', tags: ['x'] } }
    const more = { no: 1, customer: { name: 'Ada', tags: ['x'], vip: true }, salary: 1 }

    test('gives the value', () => accepts(Order, order))

    test('strips, passes or refuses what is not declared, at every level', () => {
      accepts(Order, more, order, 'strip')
      accepts(Order, more, more, 'pass')
      const unknown = 'unrecognized_key: is not known here'
      refuses(Order, more, [`/customer/vip ${unknown}`, `/salary ${unknown}`], 'strict')
    })

    test('tells everything at once, in the order of the model', () => {
      const value = {
        salary: 1,
        paid: 'x',
        amount: 11,
        mail: 'x',
        gift: { text: 1 },
        size: 'L',
        customer: { vip: true, tags: ['a', 1], name: 'A' },
        no: 'x',
      }
      const size = library === 'ArkType' ? '"M", "S"' : '"S", "M"'
      refuses(
        Order,
        value,
        [
          '/no invalid_type: must be an integer',
          '/customer/name too_small: must have at least 3 characters',
          '/customer/tags/1 invalid_type: must be a string',
          '/customer/vip unrecognized_key: is not known here',
          `/size invalid_value: must be one of ${size}`,
          '/gift/text invalid_type: must be a string',
          '/mail invalid_format: must be an email address',
          '/amount too_big: must be at most 10',
          '/paid invalid_type: must be true or false',
          '/salary unrecognized_key: is not known here',
        ],
        'strict',
      )
    })

    test('tells what is missing, and knows it from null', () => {
      refuses(Order, {}, ['/no missing: is required', '/customer missing: is required'])
      refuses(Order, { no: null, customer: null }, [
        '/no invalid_type: must be an integer',
        '/customer invalid_type: must be an object',
      ])
      refuses(Order, { ...order, customer: {} }, [
        '/customer/name missing: is required',
        '/customer/tags missing: is required',
      ])
      accepts(Order, { ...order, gift: null })
      refuses(Order, undefined, [' missing: is required'])
      refuses(Order, null, [' invalid_type: must be an object'])
      refuses(Order, { ...order, no: undefined }, ['/no missing: is required'])
    })

    test('tells bounds that are not reached', () => {
      refuses(Order, { ...order, amount: 0 }, ['/amount too_small: must be more than 0'])
      refuses(Order, { ...order, no: 1.5 }, ['/no invalid_type: must be an integer'])
    })
  })
}

suite('the place of a finding', () => {
  test('is that of the top-level member', () => {
    const seen: (string | undefined)[] = []
    const { validate } = inputModel(z.object({ id: z.int(), body: z.object({ a: z.int() }) }), { unknown: 'strict' })
    const result = validate({ body: {}, x: 1 }, (member) => {
      seen.push(member)
      return member === 'id' ? 'path' : member === 'x' ? 'query' : 'body'
    })
    assert.ok(result instanceof Invalid)
    assert.deepEqual(result.findings, [
      { in: 'path', path: '/id', code: 'missing', message: 'is required' },
      { in: 'body', path: '/body/a', code: 'missing', message: 'is required' },
      { in: 'query', path: '/x', code: 'unrecognized_key', message: 'is not known here' },
    ] satisfies Finding[])
    assert.deepEqual(seen, ['id', 'body', 'x'])
  })

  test('is that of the whole for the whole', () => {
    const { validate } = inputModel(z.array(z.int()), { unknown: 'strip' })
    const result = validate('x', (member) => (member === undefined ? 'body' : 'query'))
    assert.ok(result instanceof Invalid)
    assert.deepEqual(result.findings, [{ in: 'body', path: '', code: 'invalid_type', message: 'must be a list' }])
  })
})

suite('alternatives', () => {
  const Shape = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('circle'), radius: z.number() }),
    z.object({ kind: z.literal('square'), side: z.number() }),
  ])

  test('complain of the one that is meant', () => {
    refuses(z.object({ shape: Shape }), { shape: { kind: 'circle' } }, ['/shape/radius missing: is required'])
    refuses(z.object({ shape: Shape }), { shape: { kind: 'line' } }, [
      '/shape/kind invalid_value: must be one of "circle", "square"',
    ])
    refuses(z.object({ shape: Shape }), { shape: {} }, ['/shape/kind missing: is required'])
    const plain = jsonSchema({ ...inputModel(Shape, { unknown: 'strip' }).json })
    refuses(plain, { kind: 'circle', radius: 'x' }, ['/radius invalid_type: must be a number'])
    refuses(plain, { kind: 'line' }, [' invalid: must be one of the allowed forms'])
    const union = z.union([z.object({ name: z.string().min(3) }), z.array(z.string()), z.null()])
    refuses(union, { name: 'x' }, ['/name too_small: must have at least 3 characters'])
    refuses(union, ['x', 1], ['/1 invalid_type: must be a string'])
  })

  test('are told apart before unknown members are', () => {
    const unknown = ['/side unrecognized_key: is not known here']
    refuses(Shape, { kind: 'circle', radius: 1, side: 2 }, unknown, 'strict')
    accepts(Shape, { kind: 'circle', radius: 1, side: 2 }, { kind: 'circle', radius: 1 }, 'strip')
    accepts(Shape, { kind: 'circle', radius: 1, side: 2 }, undefined, 'pass')
  })
})

suite('a model that waits', () => {
  const taken = z.object({ name: z.string().refine(async (name) => name !== 'taken', 'is taken'), no: z.int() })

  test('gives a promise of the value or of what is wrong', async () => {
    const { validate } = inputModel(taken, { unknown: 'strict' })
    for (let call = 0; call < 2; call++) {
      const good = validate({ name: 'free', no: 1 }, () => 'body')
      assert.ok(good instanceof Promise)
      assert.deepEqual(await good, { name: 'free', no: 1 })
      assert.deepEqual(complaints(await validate({ name: 'taken', no: 'x', more: 1 }, () => 'body')), [
        '/name invalid: is taken',
        '/no invalid_type: must be an integer',
        '/more unrecognized_key: is not known here',
      ])
    }
  })

  test('passes on, and works with Valibot', async () => {
    assert.deepEqual(await validate(taken, { name: 'a', no: 1, more: 1 }, 'pass'), { name: 'a', no: 1, more: 1 })
    const name = v.pipeAsync(
      v.string(),
      v.checkAsync(async (text) => text !== 'taken', 'is taken'),
    )
    const standard = { '~standard': { ...name['~standard'], jsonSchema: z.string()['~standard'].jsonSchema } }
    assert.equal(await validate(standard, 'free'), 'free')
    assert.deepEqual(complaints(await validate(standard, 'taken')), [' invalid: is taken'])
  })

  test('starts its refinements once a call', async () => {
    let started = 0
    const counted = z.string().refine(async () => ++started > 0)
    const { validate } = inputModel(counted, { unknown: 'strip' })
    await validate('a', () => 'body')
    started = 0
    await validate('b', () => 'body')
    assert.equal(started, 1)
  })

  test('fails as its refinement fails', async () => {
    const broken = z.string().refine(async () => {
      throw new TypeError('broken')
    })
    const { validate } = inputModel(broken, { unknown: 'strip' })
    await assert.rejects(async () => validate('a', () => 'body'), TypeError)
    assert.throws(() => validateSync(), TypeError)
  })

  function validateSync(): unknown {
    const broken = z.string().refine(() => {
      throw new TypeError('broken')
    })
    return validate(broken, 'a')
  }
})

suite('paths', () => {
  test('are JSON Pointers, whatever names are', () => {
    const names = ['a/b', '~', 'größe', '0', '', 'constructor', 'toString', 'x y']
    const model = z.object(Object.fromEntries(names.map((name) => [name, z.int()])))
    const plain = jsonSchema(inputModel(model, { unknown: 'strip' }).json)
    const expected = ['/0', '/a~1b', '/~0', '/größe', '/', '/constructor', '/toString', '/x y']
    refuses(
      plain,
      {},
      expected.map((path) => `${path} missing: is required`),
    )
    refuses(
      model,
      {},
      expected.map((path) => `${path} missing: is required`),
    )
    const wrong = Object.fromEntries(names.map((name) => [name, 'x']))
    refuses(
      model,
      wrong,
      expected.map((path) => `${path} invalid_type: must be an integer`),
    )
  })

  test('of a model that recurs lead to the place', () => {
    const Tree = z.object({
      no: z.int(),
      get children() {
        return z.array(Tree).optional()
      },
    })
    const value = { no: 1, children: [{ no: 2 }, { no: 3, x: 1, children: [{}] }] }
    for (const model of [Tree, jsonSchema(inputModel(Tree, { unknown: 'strip' }).json)]) {
      refuses(
        model,
        value,
        ['/children/1/children/0/no missing: is required', '/children/1/x unrecognized_key: is not known here'],
        'strict',
      )
    }
  })
})

suite('hostile values', () => {
  const Tree = z.object({
    get child() {
      return Tree.nullable()
    },
  })

  test('that are too deep are refused', () => {
    let deep: unknown = null
    for (let i = 0; i < 200_000; i++) deep = { child: deep }
    for (const policy of ['strict', 'strip', 'pass'] as const) {
      refuses(Tree, deep, [' invalid: is nested too deeply'], policy)
    }
  })

  test('that are long are told in full', () => {
    const list = Array.from({ length: 100_000 }, (_, i) => (i % 1000 === 0 ? 'x' : i))
    const result = validate(z.object({ list: z.array(z.int()) }), { list })
    assert.ok(result instanceof Invalid)
    assert.equal(result.findings.length, 100)
    assert.equal(result.findings[99]?.path, '/list/99000')
    accepts(z.array(z.object({ a: z.int() })), Array(100_000).fill({ a: 1, b: 2 }), Array(100_000).fill({ a: 1 }))
  })
})
