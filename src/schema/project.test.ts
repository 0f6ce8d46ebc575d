import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'
import { outputJsonSchema } from './json-schema.ts'
import { projector, undeclaredPaths } from './project.ts'
import type { JsonSchema, Schema } from './schema.ts'

const Employee = z.object({ id: z.int(), name: z.string().optional() })

function toJson(model: Schema | JsonSchema): JsonSchema {
  return '~standard' in model ? outputJsonSchema(model as Schema) : model
}

function keeps(model: Schema | JsonSchema, value: unknown, kept: unknown): void {
  const project = projector(toJson(model))
  assert.ok(project, 'the schema leaves nothing out')
  // Twice, for an object after one that had to be copied takes another way.
  assert.deepEqual(project(value), kept)
  assert.deepEqual(project(value), kept)
}

function drops(model: Schema | JsonSchema, value: unknown, paths: readonly string[]): void {
  assert.deepEqual(undeclaredPaths(toJson(model))(value), paths)
}

test('a schema that declares no members needs no projection', () => {
  for (const model of [
    z.unknown(),
    z.string(),
    z.array(z.int()),
    z.record(z.string(), z.unknown()),
    z.json(),
    type('object'),
  ]) {
    assert.equal(projector(outputJsonSchema(model)), undefined)
    drops(model, { a: [{ b: 1 }] }, [])
  }
})

suite('an object', () => {
  test('keeps declared members, and nothing else', () => {
    keeps(Employee, { id: 1, name: 'Ada', salary: 1 }, { id: 1, name: 'Ada' })
    keeps(Employee, { salary: 1, id: 1 }, { id: 1 })
    keeps(z.object({}), { a: 1 }, {})
    keeps(z.strictObject({ a: z.int() }), { a: 1, b: 2 }, { a: 1 })
  })

  test('is copied in declared order', () => {
    const kept = projector(outputJsonSchema(Employee))?.({ salary: 1, name: 'Ada', id: 1 })
    assert.deepEqual(Object.keys(kept ?? {}), ['id', 'name'])
  })

  test('is never changed', () => {
    const value = Object.freeze({ id: 1, salary: 1, list: Object.freeze([Object.freeze({ id: 2, salary: 2 })]) })
    keeps(Employee.extend({ list: z.array(Employee) }), value, { id: 1, list: [{ id: 2 }] })
  })

  test('keeps null and absent apart, and counts undefined as absent', () => {
    const model = z.object({ a: z.int().nullable().optional(), b: z.int().nullable().optional() })
    keeps(model, { a: null }, { a: null })
    keeps(model, { a: undefined, b: 1 }, { b: 1 })
    keeps(model, {}, {})
  })

  test('may have members of any name', () => {
    const names = ['a/b', '~', 'größe', '0', '12', 'x y', '', 'constructor', 'toString', 'hasOwnProperty']
    const model = { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'integer' }])) }
    const all = Object.fromEntries(names.map((name, i) => [name, i]))
    keeps(model, { ...all, more: 1 }, all)
    keeps(model, { more: 1 }, {})
    keeps(model, {}, {})
  })

  test('keeps what an explicit additionalProperties declares', () => {
    keeps(z.looseObject({ a: Employee }), { a: { id: 1, x: 1 }, b: { x: 1 } }, { a: { id: 1 }, b: { x: 1 } })
    keeps({ properties: { a: {} }, additionalProperties: true }, { a: 1, b: 2 }, { a: 1, b: 2 })
    keeps(z.object({ a: z.int() }).catchall(Employee), { a: 1, b: { id: 1, x: 1 } }, { a: 1, b: { id: 1 } })
    keeps({ properties: { a: {} }, additionalProperties: false }, { a: 1, b: 2 }, { a: 1 })
  })

  test('keeps what a pattern declares', () => {
    const model = { properties: { a: {} }, patternProperties: { '^x-': { properties: { b: {} } } } }
    keeps(model, { a: 1, 'x-1': { b: 1, c: 2 }, y: 1 }, { a: 1, 'x-1': { b: 1 } })
  })

  test('keeps a member that is required but not described, without what is inside', () => {
    keeps({ properties: { a: {} }, required: ['a', 'b', 'c'] }, { a: 1, b: 2, c: { d: 1 } }, { a: 1, b: 2 })
  })
})

suite('a record', () => {
  test('keeps all names, each projected', () => {
    keeps(z.record(z.string(), Employee), { a: { id: 1, x: 1 }, 'b/c': { id: 2 } }, { a: { id: 1 }, 'b/c': { id: 2 } })
  })

  test('keeps only the names that it takes', () => {
    keeps(
      z.record(z.enum(['a', 'b']), Employee),
      { a: { id: 1, x: 1 }, b: { id: 2 }, c: { id: 3 } },
      { a: { id: 1 }, b: { id: 2 } },
    )
    keeps(z.record(z.string().regex(/^x/), Employee), { x1: { id: 1, y: 1 }, y1: { id: 2 } }, { x1: { id: 1 } })
  })
})

suite('a list', () => {
  test('keeps its items, each projected', () => {
    keeps(z.array(Employee), [{ id: 1 }, { id: 2, x: 1 }, { id: 3 }], [{ id: 1 }, { id: 2 }, { id: 3 }])
    keeps(z.array(z.array(Employee)), [[{ id: 1, x: 1 }], []], [[{ id: 1 }], []])
  })

  test('as a closed tuple drops what is behind it', () => {
    keeps(z.tuple([Employee, z.int()]), [{ id: 1, x: 1 }, 2, { secret: 1 }], [{ id: 1 }, 2])
    keeps(z.tuple([z.int()], Employee), [1, { id: 1, x: 1 }], [1, { id: 1 }])
    keeps(toStandardJsonSchema(v.tuple([v.object({ a: v.string() })])), [{ a: 'x', b: 1 }, 5], [{ a: 'x' }])
  })

  test('may be long', () => {
    const rows = Array.from({ length: 100_000 }, (_, id) => ({ id, secret: id }))
    const kept = projector(outputJsonSchema(z.array(Employee)))?.(rows)
    assert.ok(Array.isArray(kept) && kept.length === rows.length)
    assert.deepEqual(kept.at(-1), { id: 99_999 })
  })
})

suite('alternatives', () => {
  const Circle = z.object({ kind: z.literal('circle'), radius: z.number() })
  const Square = z.object({ kind: z.literal('square'), side: z.number() })

  test('are told apart by the member that discriminates', () => {
    const model = z.discriminatedUnion('kind', [Circle, Square])
    keeps(model, { kind: 'circle', radius: 1, side: 2 }, { kind: 'circle', radius: 1 })
    keeps(model, { kind: 'square', radius: 1, side: 2 }, { kind: 'square', side: 2 })
  })

  test('are told apart by what they require, and by types inside', () => {
    const model = z.union([
      z.object({ a: z.int() }),
      z.object({ b: z.int(), c: z.string() }),
      z.object({ b: z.array(z.int()) }),
    ])
    keeps(model, { a: 1, b: 2 }, { a: 1 })
    keeps(model, { b: 2, c: 'x', d: 1 }, { b: 2, c: 'x' })
    keeps(model, { b: [1, 2], c: 'x' }, { b: [1, 2] })
  })

  test('of which none fits keep what any of them declares, and nothing else', () => {
    const model = z.discriminatedUnion('kind', [Circle, Square])
    keeps(model, { kind: 'line', radius: 1, side: 2, secret: 3 }, { kind: 'line', radius: 1, side: 2 })
    const inner = z.union([
      z.object({ a: z.object({ b: z.int() }) }),
      z.object({ a: z.object({ c: z.int() }), d: z.int() }),
    ])
    keeps(inner, { a: { b: 'x', c: 'y', secret: 1 } }, { a: { b: 'x', c: 'y' } })
    keeps(z.union([z.looseObject({ a: z.int() }), z.object({ b: z.int() })]), { c: 1 }, {})
  })

  test('may be null, or a scalar', () => {
    keeps(Employee.nullable(), { id: 1, x: 1 }, { id: 1 })
    keeps(Employee.nullable(), null, null)
    keeps(z.union([z.string(), Employee, z.array(Employee)]), [{ id: 1, x: 1 }], [{ id: 1 }])
    keeps(z.union([z.string(), Employee]), 'x', 'x')
  })

  test('of one object keep what fits the conditions of JSON Schema', () => {
    const condition =
      '"if":{"properties":{"kind":{"const":"a"}}},"then":{"properties":{"a":{}}},"else":{"properties":{"b":{}}}'
    const model: JsonSchema = JSON.parse(`{"type":"object","properties":{"kind":{}},${condition}}`)
    keeps(model, { kind: 'a', a: 1, b: 2 }, { kind: 'a', a: 1 })
    keeps(model, { kind: 'c', a: 1, b: 2 }, { kind: 'c', b: 2 })
  })

  test('beside a base add to it', () => {
    const model = {
      properties: { a: {} },
      anyOf: [
        { required: ['b'], properties: { b: {} } },
        { required: ['c'], properties: { c: {} } },
      ],
    }
    keeps(model, { a: 1, c: 2, d: 3 }, { a: 1, c: 2 })
  })
})

suite('a combination', () => {
  test('keeps what any part declares', () => {
    keeps(
      z.intersection(Employee, z.object({ b: z.object({ c: z.int() }) })),
      { id: 1, b: { c: 1, d: 2 }, e: 3 },
      { id: 1, b: { c: 1 } },
    )
    const parts = toStandardJsonSchema(v.intersect([v.object({ a: v.string() }), v.object({ b: v.string() })]))
    keeps(parts, { a: 'x', b: 'y', c: 'z' }, { a: 'x', b: 'y' })
  })

  test('merges a member that several parts declare', () => {
    const model = {
      allOf: [{ properties: { a: { properties: { b: {} } } } }, { properties: { a: { properties: { c: {} } } } }],
    }
    keeps(model, { a: { b: 1, c: 2, d: 3 } }, { a: { b: 1, c: 2 } })
  })
})

suite('a model that recurs', () => {
  const Tree = z.object({
    no: z.int(),
    get children() {
      return z.array(Tree).optional()
    },
  })

  test('is projected at every level', () => {
    keeps(
      Tree,
      { no: 1, children: [{ no: 2, children: [{ no: 3, x: 1 }], x: 1 }] },
      { no: 1, children: [{ no: 2, children: [{ no: 3 }] }] },
    )
  })

  test('reads every value once, however deep it is', () => {
    const root = { no: 0 }
    let node: Record<string, unknown> = root
    for (let depth = 1; depth < 500; depth++) {
      const child = { no: depth, secret: 1 }
      node.children = [child]
      node = child
    }
    const kept = JSON.stringify(projector(outputJsonSchema(Tree))?.(root))
    assert.ok(!kept.includes('secret') && kept.includes('499'))
  })

  test('may recur in combinations and alternatives', () => {
    const model = {
      $defs: {
        Named: { properties: { name: {} } },
        Node: {
          allOf: [
            { $ref: '#/$defs/Named' },
            { properties: { next: { anyOf: [{ $ref: '#/$defs/Node' }, { type: 'null' }] } } },
          ],
        },
      },
      $ref: '#/$defs/Node',
    }
    keeps(
      model,
      { name: 'a', x: 1, next: { name: 'b', x: 1, next: null } },
      { name: 'a', next: { name: 'b', next: null } },
    )
  })

  test('whose reference points at nothing is refused at once', () => {
    assert.throws(() => projector({ properties: { a: { $ref: '#/$defs/None' } } }), { name: 'SchemaError' })
  })
})

suite('what knows how it is sent', () => {
  const at = new Date(0)

  test('is sent so, but for dates: they stay what the types of the services say', () => {
    keeps(
      z.object({ at: z.date(), all: z.array(z.date()), by: z.record(z.string(), z.date()) }),
      { at, all: [at], by: { a: at } },
      { at, all: [at], by: { a: at } },
    )
    keeps(z.array(z.date().nullable()), [at, null], [at, null])
    keeps(z.union([z.date(), Employee]), at, at)
  })

  test('is projected after that', () => {
    keeps(Employee, { toJSON: () => ({ id: 2, secret: 1 }) }, { id: 2 })
    keeps(Employee, { id: 1, toJSON: () => ({ id: 2, secret: 1 }) }, { id: 2 })
    keeps(z.object({ no: z.string() }), { no: { toJSON: () => '5' } }, { no: '5' })
    keeps(z.object({ no: z.string() }), { no: { toJSON: () => ({ secret: 1 }) } }, {})
    keeps(z.array(Employee), { toJSON: () => [{ id: 1, x: 1 }] }, [{ id: 1 }])
  })

  test('is not asked where nothing is declared', () => {
    const any = { at, toJSON: () => assert.fail('asked') }
    keeps(z.object({ any: z.unknown() }), { any, x: 1 }, { any })
  })
})

suite('an entity', () => {
  class Person {
    readonly id: number
    readonly password = 'secret'
    readonly #name: string

    constructor(id: number, name: string) {
      this.id = id
      this.#name = name
    }

    get name(): string {
      return this.#name
    }

    toString(): string {
      return this.#name
    }
  }

  test('is read by declared name, getters too', () => {
    keeps(Employee, new Person(1, 'Ada'), { id: 1, name: 'Ada' })
    keeps(z.array(Employee), [new Person(1, 'Ada')], [{ id: 1, name: 'Ada' }])
  })

  test('becomes a plain object', () => {
    const kept = projector(outputJsonSchema(Employee))?.(new Person(1, 'Ada'))
    assert.equal(Object.getPrototypeOf(kept), Object.prototype)
    const row = projector(outputJsonSchema(Employee))?.(Object.assign(Object.create(null), { id: 1 }))
    assert.equal(Object.getPrototypeOf(row), Object.prototype)
  })

  test('has no methods as members', () => {
    keeps({ properties: { id: {}, toString: {}, constructor: { properties: {} } } }, new Person(1, 'Ada'), { id: 1 })
    keeps({ properties: { f: {}, g: { type: 'string' } } }, { f: () => 1, g: () => 2 }, {})
  })
})

suite('a value of another kind than declared', () => {
  test('stays as it is when it is a scalar', () => {
    for (const value of [null, 'x', 5, true, undefined]) {
      keeps(Employee, value, value)
      keeps(z.array(Employee), value, value)
    }
    keeps(z.object({ a: Employee }), { a: 'x' }, { a: 'x' })
  })

  test('leaves nothing of its inside when it is an object or a list', () => {
    keeps(z.object({ a: z.string() }), { a: { secret: 1 } }, {})
    keeps(z.object({ a: z.string() }), { a: ['secret'] }, {})
    keeps(Employee, [{ id: 1, secret: 1 }], undefined)
    keeps(z.array(Employee), { secret: 1 }, undefined)
    keeps(z.array(Employee), [[{ secret: 1 }]], [undefined])
    keeps(z.object({ a: Employee.nullable() }), { a: ['secret'] }, {})
    keeps(z.object({ a: z.array(z.string()) }), { a: ['x', { secret: 1 }] }, { a: ['x', undefined] })
    keeps(z.tuple([z.string()]), ['x', { secret: 1 }], ['x'])
  })
})

suite('__proto__', () => {
  const value: unknown = JSON.parse('{"id":1,"__proto__":{"admin":true}}')

  test('is dropped, and never assigned', () => {
    for (const model of [
      Employee,
      z.looseObject({ id: z.int(), a: Employee.optional() }),
      z.record(z.string(), Employee),
    ]) {
      const kept = projector(outputJsonSchema(model))?.(value)
      assert.ok(typeof kept === 'object' && kept !== null)
      assert.equal(Object.getPrototypeOf(kept), Object.prototype)
      assert.ok(!Object.hasOwn(kept, '__proto__'))
    }
    drops(Employee, value, ['/__proto__'])
  })

  test('is kept as an own member when it is declared', () => {
    const model: JsonSchema = JSON.parse('{"properties":{"id":{},"__proto__":{"properties":{"a":{}}}}}')
    keeps(model, JSON.parse('{"id":1,"__proto__":{"a":1,"b":2}}'), JSON.parse('{"id":1,"__proto__":{"a":1}}'))
    keeps(model, { id: 1 }, { id: 1 })
  })
})

suite('the undeclared paths', () => {
  test('are JSON Pointers, with * for every index, each once', () => {
    drops(
      z.array(Employee),
      [
        { id: 1, a: 1 },
        { id: 2, a: 1, 'b/c': 2 },
      ],
      ['/*/a', '/*/b~1c'],
    )
    drops(z.object({ list: z.tuple([Employee]) }), { list: [{ id: 1, x: 1 }, 5], y: 1 }, ['/list/*/x', '/list/*', '/y'])
    drops(Employee, { id: 1 }, [])
  })

  test('name values of another kind', () => {
    drops(z.object({ a: z.string(), b: Employee }), { a: { x: 1 }, b: [1] }, ['/a', '/b'])
    drops(Employee, [1], [''])
  })

  test('leave out what is never sent', () => {
    drops(Employee, { id: 1, f: () => 1, u: undefined, name: new Date(0) }, [])
  })
})
