import type { ReadApi, ReadParameter } from '../../openapi/read/read-api.ts'
import { isSchema } from '../../schema/subschemas.ts'
import { isJson } from './media-type.ts'
import type { SchemaCheck } from './schema-check.ts'
import { kindsOf, readText } from './text-value.ts'

/** Names and texts of a query, in their order. */
export type QueryPairs = readonly (readonly [name: string, text: string])[]

type Schemas = ReadApi['schemas']

/** What says how a value is written. */
export type WrittenParameter = Pick<ReadParameter, 'name' | 'schema' | 'style' | 'explode' | 'contentType'>

/** The value that texts stand for, undefined where there are none; or why they stand for none. */
export function parameterValue(
  parameter: WrittenParameter,
  pairs: QueryPairs,
  schemas: Schemas,
  check: SchemaCheck,
): { readonly value: unknown } | { readonly why: string } {
  const { name, schema, style, explode, contentType } = parameter
  const texts = pairs.filter(([each]) => each === name).map(([, text]) => text)
  const [first] = texts
  if (contentType !== undefined && first !== undefined) {
    return isJson(contentType) ? parsed(first) : { value: readText(first, schema, check) }
  }
  const kinds = kindsOf(schema, schemas)
  if (kinds.has('object') && style === 'deepObject') return { value: deepObject(name, pairs, schema, schemas, check) }
  if (kinds.has('object') && style === 'form' && explode) {
    const properties = propertiesOf(schema, schemas)
    const members = pairs.filter(([each]) => Object.hasOwn(properties, each))
    return { value: members.length === 0 ? undefined : objectOf(members, schema, schemas, check) }
  }
  if (first === undefined) return { value: undefined }
  const plain = withoutPrefix(parameter, first)
  if (kinds.has('array') && !(kinds.size > 1 && texts.length === 1 && explode)) {
    const parts = style === 'form' && explode ? texts : plain === '' ? [] : plain.split(separatorOf(parameter))
    const { items = true } = isSchema(resolved(schema, schemas))
      ? (resolved(schema, schemas) as { items?: unknown })
      : {}
    return { value: parts.map((each) => readText(each, isSchema(items) ? items : true, check)) }
  }
  if (kinds.has('object')) return { value: objectOf(pairsIn(plain, explode), schema, schemas, check) }
  if (texts.length > 1) return { why: `is given ${texts.length} times` }
  return { value: readText(plain, schema, check) }
}

function separatorOf({ style }: WrittenParameter): string {
  if (style === 'spaceDelimited') return ' '
  if (style === 'pipeDelimited') return '|'
  return style === 'label' ? '.' : ','
}

/** What `matrix` and `label` write in front of a value in the path. */
function withoutPrefix({ style, name }: WrittenParameter, text: string): string {
  if (style === 'label') return text.replace(/^\./, '')
  return style === 'matrix' ? text.replace(/^;/, '').replace(`${name}=`, '') : text
}

function pairsIn(text: string, explode: boolean): QueryPairs {
  const parts = text.split(',')
  if (explode) return parts.map((part) => [part.split('=')[0] ?? '', part.split('=').slice(1).join('=')])
  return parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? ''] as const] : []))
}

function deepObject(
  name: string,
  pairs: QueryPairs,
  schema: ReadParameter['schema'],
  schemas: Schemas,
  check: SchemaCheck,
): unknown {
  const members = pairs.flatMap(([each, text]) => {
    return each.startsWith(`${name}[`) && each.endsWith(']') ? [[each.slice(name.length + 1, -1), text] as const] : []
  })
  return members.length === 0 ? undefined : objectOf(members, schema, schemas, check)
}

function objectOf(members: QueryPairs, schema: ReadParameter['schema'], schemas: Schemas, check: SchemaCheck): unknown {
  const properties = propertiesOf(schema, schemas)
  return Object.fromEntries(
    members.map(([name, text]) => {
      const member = Object.hasOwn(properties, name) ? properties[name] : undefined
      return [name, readText(text, isSchema(member) ? member : true, check)]
    }),
  )
}

/** The described members of an object, through a reference. */
export function propertiesOf(schema: ReadParameter['schema'], schemas: Schemas): Readonly<Record<string, unknown>> {
  const target = resolved(schema, schemas)
  return isSchema(target) && isSchema(target.properties) ? target.properties : {}
}

/** A schema, or what it refers to. */
export function resolved(schema: ReadParameter['schema'], schemas: Schemas): ReadParameter['schema'] {
  if (!isSchema(schema) || typeof schema.$ref !== 'string') return schema
  const target = schemas[schema.$ref.slice('#/components/schemas/'.length)]
  return target === undefined ? true : resolved(target, schemas)
}

function parsed(text: string): { readonly value: unknown } | { readonly why: string } {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { why: `is no JSON: ${text.slice(0, 100)}` }
  }
}
