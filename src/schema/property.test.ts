import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { inputModel, type UnknownPolicy } from './input-model.ts'
import { Invalid } from './invalid.ts'
import { inputJsonSchema, outputJsonSchema } from './json-schema.ts'
import { jsonSchema } from './plain-json-schema.ts'
import { projector, undeclaredPaths } from './project.ts'
import type { Schema } from './schema.ts'

/** Numbers from 0 to below a limit, the same for the same seed. */
type Draw = (limit: number) => number

function draws(seed: number): Draw {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

/** A model with values that fit it, but for members that it does not declare; `extra` is told of each of these. */
interface Sample {
  readonly model: z.ZodType
  readonly value: (extra: (path: string) => void, path: string) => unknown
}

const names = ['id', 'name', 'a/b', '~', 'größe', '0', '12', 'nested', 'list', 'x y']
const undeclaredNames = ['password', 'constructor', 'toString', '7', 'p/q', 'ß']

function sample(draw: Draw, depth: number): Sample {
  const leaves = [integer, text, truth, nothing, choice]
  const nodes = [object, object, object, list, tuple, record, choices, nullable, variants, either, both]
  const make = depth === 0 ? leaves : [...leaves, ...nodes]
  return (make[draw(make.length)] ?? text)(draw, depth)
}

const integer = (draw: Draw): Sample => ({ model: z.int(), value: () => draw(1000) - 500 })
const text = (draw: Draw): Sample => ({ model: z.string(), value: () => `text ${draw(100)}` })
const truth = (draw: Draw): Sample => ({ model: z.boolean(), value: () => draw(2) === 1 })
const nothing = (): Sample => ({ model: z.null(), value: () => null })
const choice = (draw: Draw): Sample => ({ model: z.enum(['a', 'b']), value: () => (draw(2) === 1 ? 'a' : 'b') })

function object(draw: Draw, depth: number, fixed: Record<string, Sample> = {}, prefix = ''): Sample {
  const members = new Map(Object.entries(fixed))
  for (let i = draw(5); i > 0; i--) members.set(prefix + names[draw(names.length)], sample(draw, depth - 1))
  const optional = new Set([...members.keys()].filter((name) => !(name in fixed) && draw(4) === 0))
  const shape = [...members].map(([name, { model }]) => [name, optional.has(name) ? model.optional() : model])
  return {
    model: z.object(Object.fromEntries(shape)),
    value: (extra, path) => {
      const present = [...members].filter(([name]) => !optional.has(name) || draw(2) === 1)
      const entries = present.map(([name, one]) => [name, one.value(extra, `${path}/${pointerPart(name)}`)] as const)
      const value: Record<string, unknown> = Object.fromEntries(draw(4) === 0 ? entries.reverse() : entries)
      for (let i = draw(3); i > 1; i--) {
        const name = undeclaredNames[draw(undeclaredNames.length)] ?? ''
        value[name] = draw(2) === 0 ? { deep: [1] } : 'secret'
        extra(`${path}/${pointerPart(name)}`)
      }
      return value
    },
  }
}

function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function list(draw: Draw, depth: number): Sample {
  const item = sample(draw, depth - 1)
  return {
    model: z.array(item.model),
    value: (extra, path) => Array.from({ length: draw(4) }, (_, i) => item.value(extra, `${path}/${i}`)),
  }
}

function tuple(draw: Draw, depth: number): Sample {
  const [first, second] = [sample(draw, depth - 1), sample(draw, depth - 1)]
  return {
    model: z.tuple([first.model, second.model]),
    value: (extra, path) => [first.value(extra, `${path}/0`), second.value(extra, `${path}/1`)],
  }
}

function record(draw: Draw, depth: number): Sample {
  const item = sample(draw, depth - 1)
  return {
    model: z.record(z.string(), item.model),
    value: (extra, path) =>
      Object.fromEntries(
        names.slice(0, draw(4)).map((name) => [name, item.value(extra, `${path}/${pointerPart(name)}`)]),
      ),
  }
}

function choices(draw: Draw, depth: number): Sample {
  const item = sample(draw, depth - 1)
  return {
    model: z.record(z.enum(['a', 'b']), item.model),
    value: (extra, path) => ({ a: item.value(extra, `${path}/a`), b: item.value(extra, `${path}/b`) }),
  }
}

function nullable(draw: Draw, depth: number): Sample {
  const one = sample(draw, depth - 1)
  return { model: one.model.nullable(), value: (extra, path) => (draw(3) === 0 ? null : one.value(extra, path)) }
}

function variants(draw: Draw, depth: number): Sample {
  const options = ['circle', 'square', 'line'].map((kind) =>
    object(draw, depth, { kind: { model: z.literal(kind), value: () => kind } }),
  )
  const [first, ...others] = options.map(({ model }) => model as z.ZodObject)
  return {
    model: first === undefined ? z.never() : z.discriminatedUnion('kind', [first, ...others]),
    value: (extra, path) => options[draw(options.length)]?.value(extra, path),
  }
}

/** Alternatives of different kinds; with two objects, a value of the second could fit the first as well. */
function either(draw: Draw, depth: number): Sample {
  const options = [integer(draw), object(draw, depth), list(draw, depth)]
  return {
    model: z.union(options.map(({ model }) => model)),
    value: (extra, path) => options[draw(options.length)]?.value(extra, path),
  }
}

function both(draw: Draw, depth: number): Sample {
  const [left, right] = [object(draw, depth, {}, 'l '), object(draw, depth, {}, 'r ')]
  return {
    model: z.intersection(left.model, right.model),
    value: (extra, path) => Object.assign({}, left.value(extra, path), right.value(extra, path)),
  }
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze)
  return value
}

interface Case {
  readonly value: unknown
  /** The JSON Pointers of the members of the value that the model does not declare. */
  readonly extras: readonly string[]
}

/** Runs a property over many models, with some values of each; a failure names the seed. */
function forAll(count: number, property: (model: z.ZodType) => (one: Case) => void): void {
  for (let seed = 1; seed <= count; seed++) {
    const draw = draws(seed)
    const { model, value } = sample(draw, 3)
    const holds = property(model)
    for (let i = 0; i < 5; i++) {
      const extras = new Set<string>()
      const one = { value: freeze(value((path) => extras.add(path), '')), extras: [...extras] }
      try {
        holds(one)
      } catch (cause) {
        const text = JSON.stringify({ model: inputJsonSchema(model), value: one.value })
        throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}\n${text}`, { cause })
      }
    }
  }
}

function projection(model: Schema): (value: unknown) => unknown {
  return projector(outputJsonSchema(model)) ?? ((same) => same)
}

/** Validations by the model, and by its JSON Schema alone. */
function validations(model: z.ZodType, unknown: UnknownPolicy): ((value: unknown) => unknown)[] {
  return [model, jsonSchema(inputJsonSchema(model))].map((same) => {
    const { validate } = inputModel(same, { unknown })
    return (value) => validate(value, () => 'body')
  })
}

suite('for any model and value', () => {
  test('the projection keeps what Zod keeps, and never changes the value', () => {
    forAll(250, (model) => {
      const project = projection(model)
      return ({ value }) => assert.deepEqual(project(value), model.parse(value))
    })
  })

  test('the projection of a projection is the same', () => {
    forAll(120, (model) => {
      const project = projection(model)
      return ({ value }) => assert.deepEqual(project(project(value)), project(value))
    })
  })

  test('the undeclared paths are those that the projection drops', () => {
    forAll(120, (model) => {
      const undeclared = undeclaredPaths(outputJsonSchema(model))
      return ({ value, extras }) => {
        const found = new Set(undeclared(value).map(collapse))
        assert.deepEqual(found, new Set(extras.map(collapse)))
      }
    })
  })

  test('strict finds every undeclared member, and nothing else', () => {
    forAll(60, (model) => {
      const validate = validations(model, 'strict')
      return ({ value, extras }) => {
        for (const result of validate.map((one) => one(value))) {
          const findings = result instanceof Invalid ? result.findings : []
          assert.deepEqual(findings.map(({ path }) => path).toSorted(), extras.toSorted())
          assert.ok(findings.every(({ code }) => code === 'unrecognized_key'))
        }
      }
    })
  })

  test('strip drops the same members with every library', () => {
    forAll(60, (model) => {
      const validate = validations(model, 'strip')
      return ({ value }) => {
        for (const one of validate) assert.deepEqual(one(value), model.parse(value))
      }
    })
  })

  test('pass hands everything through with every library', () => {
    forAll(60, (model) => {
      const validate = validations(model, 'pass')
      return ({ value }) => {
        for (const one of validate) assert.deepEqual(one(value), value)
      }
    })
  })
})

/** Paths with every number as `*`: a name may be one too. */
function collapse(path: string): string {
  return path.replaceAll(/\/(?:\d+|\*)(?=\/|$)/g, '/*')
}
