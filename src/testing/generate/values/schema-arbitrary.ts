import {
  type Arbitrary,
  boolean,
  constant,
  constantFrom,
  jsonValue,
  type LetrecLooselyTypedTie,
  letrec,
  oneof,
} from 'fast-check'
import type { JsonSchema } from '../../../schema/schema.ts'
import { type AnySchema, isObject, referredName, type Schemas, schemasIn } from '../../openapi/schema-parts.ts'
import { listOf } from './list-arbitrary.ts'
import { merged } from './merged.ts'
import { numbers, wholeNumbers } from './number-arbitrary.ts'
import { type Members, objectOf } from './object-arbitrary.ts'
import { texts } from './text-arbitrary.ts'

/** Values for a schema; those that do not fit after all are for the caller to leave out. */
export type Generate = (schema: AnySchema) => Arbitrary<unknown>

/** Makes what generates values for schemas of one document, with optional members now and then, always or never. */
export function schemaArbitraries(schemas: Schemas, members: Members): Generate {
  const names = Object.keys(schemas)
  function generator(tie: (name: string) => Arbitrary<unknown>) {
    const generate = (schema: AnySchema, isDefinition: boolean = false): Arbitrary<unknown> => {
      const name = referredName(schema)
      const isPlain = isObject(schema) && Object.keys(schema).every((key) => key === '$ref' || annotations.has(key))
      // Through a name, and not through its schema: only so can one that refers to itself come to an end.
      if (!isDefinition && isPlain && name !== undefined && name in schemas) return tie(name)
      return attempt(() => typed(merged(schema, schemas), generate))
    }
    return generate
  }
  const typed = (schema: JsonSchema, generate: Generate): Arbitrary<unknown> => {
    if ('const' in schema) return constant(schema.const)
    if (Array.isArray(schema.enum)) return constantFrom(...schema.enum)
    const choices = [...schemasIn(schema, 'anyOf'), ...schemasIn(schema, 'oneOf')]
    if (choices.length > 0) {
      const { anyOf: _any, oneOf: _one, ...rest } = schema
      const isRest = Object.keys(rest).some((key) => !annotations.has(key))
      const all = choices.map((choice) => generate(isRest ? { allOf: [rest, choice] } : choice))
      // The first one is taken where values would become too deep.
      const isEnd = (choice: AnySchema): boolean => referredName(choice) === undefined
      const inOrder = [
        ...all.filter((_, at) => isEnd(choices[at] ?? true)),
        ...all.filter((_, at) => !isEnd(choices[at] ?? true)),
      ]
      return oneof({ depthIdentifier: 'schema', maxDepth: 6 }, ...inOrder)
    }
    const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? typeFrom(schema)]
    const all = types.map((type) => ofType(type, { ...schema, type }, generate))
    return all.length === 1 && all[0] !== undefined ? all[0] : oneof(...all)
  }

  const ofType = (type: unknown, schema: JsonSchema, generate: Generate): Arbitrary<unknown> => {
    switch (type) {
      case 'null':
        return constant(null)
      case 'boolean':
        return boolean()
      case 'integer':
        return wholeNumbers(schema)
      case 'number':
        return numbers(schema)
      case 'string':
        return texts(schema)
      case 'array':
        return listOf(schema, generate, members)
      case 'object':
        return objectOf(schema, generate, members)
      default:
        return members === 'never' ? constant('x') : anyJson
    }
  }
  const named = letrec((tie: LetrecLooselyTypedTie) =>
    Object.fromEntries(names.map((name) => [name, generator(tie)(schemas[name] ?? true, true)])),
  )
  return (schema) => {
    const name = referredName(schema)
    const known = name === undefined ? undefined : named[name]
    return known ?? generator((at) => named[at] ?? anyJson)(schema)
  }
}

const anyJson = jsonValue({ maxDepth: 2, depthSize: 'small' })

const annotations: ReadonlySet<string> = new Set([
  ...[
    'title',
    'description',
    'examples',
    'example',
    'default',
    'deprecated',
    'readOnly',
    'writeOnly',
    '$comment',
    'xml',
  ],
  ...['discriminator', 'externalDocs', '$id', '$anchor', '$schema'],
])

/** What cannot be made is an arbitrary that says so when it is used: another choice may do. */
function attempt(make: () => Arbitrary<unknown>): Arbitrary<unknown> {
  try {
    return make()
  } catch (reason) {
    return constant(null).map(() => {
      throw new RangeError(`no value can be made for the schema: ${reason instanceof Error ? reason.message : reason}`)
    })
  }
}

function typeFrom(schema: JsonSchema): string | undefined {
  const has = (...keywords: readonly string[]): boolean => keywords.some((keyword) => keyword in schema)
  if (has('properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties')) return 'object'
  if (has('items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains')) return 'array'
  if (has('pattern', 'minLength', 'maxLength', 'format', 'contentEncoding', 'contentMediaType')) return 'string'
  return has('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf') ? 'number' : undefined
}
