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
      const [first, ...others] = complaints(validate(model, value))
      assert.equal(first?.replace(/^\S* /, ''), complaint)
      assert.deepEqual(others, [])
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

suite('an explicit declaration of other members wins over the policy', () => {
  const value = { a: 1, b: 2 }
  const open = [
    z.looseObject({ a: z.int() }),
    z.object({ a: z.int() }).catchall(z.int()),
    z.record(z.string(), z.int()),
    toStandardJsonSchema(v.looseObject({ a: v.number() })),
    type({ a: 'number', '[string]': 'number' }),
    jsonSchema({ type: 'object', properties: { a: {} }, additionalProperties: true }),
    jsonSchema({ type: 'object' }),
    z.unknown(),
  ]
  const closed = [
    z.strictObject({ a: z.int() }),
    toStandardJsonSchema(v.strictObject({ a: v.number() })),
    type({ a: 'number', '+': 'reject' }),
    jsonSchema({ type: 'object', properties: { a: {} }, additionalProperties: false }),
  ]

  test('an open model takes them under every policy', () => {
    for (const policy of ['strict', 'strip', 'pass'] as const)
      for (const model of open) accepts(model, value, value, policy)
  })

  test('a closed model of Zod or Valibot refuses them under every policy, once', () => {
    for (const policy of ['strict', 'strip', 'pass'] as const) {
      for (const model of closed.slice(0, 2)) refuses(model, value, ['/b unrecognized_key: is not known here'], policy)
    }
  })

  test('a closed model of any library refuses them under strict, once', () => {
    for (const model of closed) refuses(model, value, ['/b unrecognized_key: is not known here'], 'strict')
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

suite('what a model makes of a value', () => {
  test('are defaults, codecs and transforms', () => {
    const at = z.codec(z.iso.datetime(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    })
    const model = z.object({
      size: z.string().default('M'),
      at,
      name: z.string().transform((name) => name.toUpperCase()),
    })
    const made = { size: 'M', at: new Date(0), name: 'ADA' }
    accepts(model, { at: '1970-01-01T00:00:00.000Z', name: 'ada' }, made)
    accepts(model, { at: '1970-01-01T00:00:00.000Z', name: 'ada', more: 1 }, { ...made, more: 1 }, 'pass')
    refuses(model, { at: 'x', name: 'ada' }, [
      '/at invalid_format: must be a date and time such as 2030-12-31T23:59:59Z',
    ])
  })

  test('is what is passed on to, where it still is an object or a list', () => {
    const model = z.object({
      list: z.array(z.object({ a: z.int() })),
      one: z.object({ a: z.int() }).transform(({ a }) => a),
      wrapped: z.object({ a: z.int() }).transform((value) => new Map(Object.entries(value))),
      set: z.array(z.object({ a: z.int() })).transform((list) => list.slice(1)),
    })
    const given = {
      list: [{ a: 1, b: 2 }],
      one: { a: 1, b: 2 },
      wrapped: { a: 1, b: 2 },
      set: [{ a: 1, b: 2 }, { a: 3 }],
    }
    accepts(model, given, { list: [{ a: 1, b: 2 }], one: 1, wrapped: new Map([['a', 1]]), set: [{ a: 3 }] }, 'pass')
  })

  test('never has a changed prototype', () => {
    const given: unknown = JSON.parse('{"a":1,"__proto__":{"admin":true},"b":{"__proto__":{"admin":true}}}')
    const models = [
      z.object({ a: z.int(), b: z.object({}) }),
      type({ a: 'number', b: { 'c?': 'string' } }),
      jsonSchema({ type: 'object', properties: { a: {}, b: { type: 'object', properties: {} } } }),
    ]
    for (const model of models) {
      for (const policy of ['strip', 'pass'] as const) {
        const made = validate(model, given, policy)
        assert.ok(typeof made === 'object' && made !== null)
        assert.deepEqual(made, { a: 1, b: {} })
        assert.equal(Reflect.get(made, 'admin'), undefined)
      }
      refuses(
        model,
        given,
        ['/b/__proto__ unrecognized_key: is not known here', '/__proto__ unrecognized_key: is not known here'],
        'strict',
      )
    }
  })
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

suite('the members of an input', () => {
  function membersOf(model: Schema): readonly unknown[] | undefined {
    const { members } = inputModel(model, { unknown: 'strip' })
    return members && [...members.values()].map(({ name, schema, required }) => ({ name, schema, required }))
  }

  test('are those of an object, in declared order', () => {
    const model = z.object({ no: z.int32(), name: z.string().optional(), size: z.string().default('M') })
    assert.deepEqual(membersOf(model), [
      { name: 'no', schema: { type: 'integer', minimum: -2147483648, maximum: 2147483647 }, required: true },
      { name: 'name', schema: { type: 'string' }, required: false },
      { name: 'size', schema: { type: 'string', default: 'M' }, required: false },
    ])
    assert.deepEqual(membersOf(z.object({})), [])
  })

  test('are read from text by their type', () => {
    const Size = z.enum(['S', 'M']).meta({ id: 'Size-of-this-test' })
    const { members } = inputModel(z.object({ no: z.int(), size: Size, tags: z.array(z.int()) }), { unknown: 'strip' })
    assert.equal(members?.get('no')?.readText('5'), 5)
    assert.equal(members?.get('no')?.readText, members?.get('no')?.readText)
    assert.equal(members?.get('size')?.readText('S'), 'S')
    assert.deepEqual(members?.get('size')?.schema, { $ref: '#/$defs/Size-of-this-test' })
    assert.deepEqual(members?.get('tags')?.readText(['1', '2']), [1, 2])
  })

  test('are found behind a reference, in a combination and in alternatives', () => {
    const Named = z.object({ name: z.string() }).meta({ id: 'Named-of-this-test' })
    const name = { name: 'name', schema: { type: 'string' }, required: true }
    const no = { name: 'no', schema: { type: 'boolean' }, required: true }
    assert.deepEqual(membersOf(Named), [name])
    assert.deepEqual(membersOf(z.intersection(Named, z.object({ no: z.boolean() }))), [name, no])
    const either = z.union([
      z.object({ name: z.string(), a: z.boolean() }),
      z.object({ name: z.null(), b: z.boolean() }),
    ])
    assert.deepEqual(membersOf(either), [
      { name: 'name', schema: { anyOf: [{ type: 'string' }, { type: 'null' }] }, required: true },
      { name: 'a', schema: { type: 'boolean' }, required: false },
      { name: 'b', schema: { type: 'boolean' }, required: false },
    ])
    const both = jsonSchema({
      allOf: [{ properties: { a: { minimum: 1 } } }, { properties: { a: { type: 'integer' } }, required: ['a'] }],
    })
    assert.deepEqual(membersOf(both), [
      { name: 'a', schema: { allOf: [{ minimum: 1 }, { type: 'integer' }] }, required: true },
    ])
    assert.equal(inputModel(both, { unknown: 'strip' }).members?.get('a')?.readText('5'), 5)
  })

  test('are none where the input is not always an object', () => {
    for (const model of [
      z.array(z.int()),
      z.string(),
      z.unknown(),
      z.object({}).nullable(),
      z.union([z.object({}), z.int()]),
    ]) {
      assert.equal(membersOf(model), undefined)
    }
  })

  test('are none, but may be any, in a record', () => {
    assert.deepEqual(membersOf(z.record(z.string(), z.int())), [])
  })
})
