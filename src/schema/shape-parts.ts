import { describesList, describesObject } from './kind.ts'
import { dereference, toSchema, toSchemaList, toSchemas } from './reference.ts'
import type { JsonSchema } from './schema.ts'
import type { Build, ListShape, ObjectShape, Shape } from './shape.ts'
import { scalarShape } from './shape-scalar.ts'

/** What several schemas together declare about the members of objects. */
export function objectShape(parts: ReadonlySet<JsonSchema>, root: JsonSchema, build: Build): ObjectShape | 'open' {
  const describing = [...parts].filter(describesObject)
  if (describing.length === 0) return 'open'
  const named = new Map<string, JsonSchema[]>()
  const patterns: (readonly [RegExp, Shape])[] = []
  const rest: JsonSchema[] = []
  const name = (member: string, schema: JsonSchema): void => {
    named.set(member, [...(named.get(member) ?? []), schema])
  }
  const match = (source: string, schema: JsonSchema): void => {
    patterns.push([toPattern(source), build([schema], none)])
  }
  for (const part of describing) {
    for (const [member, schema] of toSchemas(part.properties)) name(member, schema)
    for (const [source, schema] of toSchemas(part.patternProperties)) match(source, schema)
    const others = part.additionalProperties ?? part.unevaluatedProperties ?? false
    if (others === false) continue
    // A record says which names it takes; other names are not declared.
    const names = dereference(toSchema(part.propertyNames), root)
    if (Array.isArray(names.enum)) for (const member of names.enum) name(String(member), toSchema(others))
    else if (typeof names.pattern === 'string') match(names.pattern, toSchema(others))
    else rest.push(toSchema(others))
  }
  const members = new Map<string, Shape>()
  for (const [member, schemas] of named) members.set(member, build(schemas, none))
  if (rest.length > 0) return { members, patterns, rest: build(rest, none) }
  for (const part of parts) {
    // A member that is required but not described is declared all the same.
    for (const member of toNames(part.required)) {
      if (!members.has(member) && !patterns.some(([pattern]) => pattern.test(member))) members.set(member, scalarShape)
    }
  }
  return { members, patterns, rest: undefined }
}

const none: ReadonlySet<unknown> = new Set()

/** A pattern as JSON Schema means it, with Unicode; libraries also write some that only hold without. */
function toPattern(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch {
    return new RegExp(source)
  }
}

function toNames(keyword: unknown): readonly string[] {
  return Array.isArray(keyword) ? keyword.map(String) : []
}

/** What several schemas together declare about the items of lists. */
export function listShape(parts: ReadonlySet<JsonSchema>, build: Build): ListShape | 'open' {
  const describing = [...parts].filter(describesList)
  if (describing.length === 0) return 'open'
  const length = Math.max(...describing.map(({ prefixItems }) => toSchemaList(prefixItems).length))
  const itemAt = (index: number): JsonSchema[] =>
    describing.map((part) => toSchemaList(part.prefixItems)[index] ?? restOf(part))
  const prefix = Array.from({ length }, (_, index) => build(itemAt(index), none))
  const closed = describing.some((part) => (part.items ?? part.unevaluatedItems) === false)
  return { prefix, items: closed ? undefined : build(describing.map(restOf), none) }
}

function restOf({ items, unevaluatedItems }: JsonSchema): JsonSchema {
  return toSchema(items ?? unevaluatedItems)
}
