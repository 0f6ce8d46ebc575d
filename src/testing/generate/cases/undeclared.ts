import type { JsonSchema } from '../../../schema/schema.ts'
import {
  type AnySchema,
  isObject,
  namedIn,
  resolved,
  type Schemas,
  schemaIn,
  schemasIn,
} from '../../openapi/schema-parts.ts'

interface Declared {
  /** What is declared for each name, by any part of the schema. */
  readonly members: Map<string, AnySchema[]>
  readonly items: AnySchema[]
  /** Whether other names are welcome. */
  isOpen: boolean
  hasMembers: boolean
}

/** The members of a value that no part of its schema names, as JSON Pointers; none where a schema says that it is open. */
export function undeclaredMembers(schema: AnySchema, value: unknown, schemas: Schemas): readonly string[] {
  const found: string[] = []
  const visit = (parts: readonly AnySchema[], at: unknown, pointer: string, depth: number): void => {
    if (depth > 32 || typeof at !== 'object' || at === null) return
    const declared: Declared = { members: new Map(), items: [], isOpen: false, hasMembers: false }
    for (const part of parts) gather(part, declared, schemas, 0)
    if (Array.isArray(at)) {
      if (declared.items.length > 0)
        at.forEach((each, index) => void visit(declared.items, each, `${pointer}/${index}`, depth + 1))
      return
    }
    for (const [name, inner] of Object.entries(at)) {
      const place = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      const known = declared.members.get(name)
      if (known !== undefined) visit(known, inner, place, depth + 1)
      else if (declared.hasMembers && !declared.isOpen) found.push(place)
    }
  }
  visit([schema], value, '', 0)
  return found
}

const branches = ['allOf', 'anyOf', 'oneOf']
const single = ['if', 'then', 'else']

function gather(schema: AnySchema, declared: Declared, schemas: Schemas, depth: number): void {
  if (depth > 16) return
  const all: JsonSchema = resolved(schema, schemas)
  for (const [name, inner] of Object.entries(namedIn(all, 'properties'))) {
    declared.hasMembers = true
    declared.members.set(name, [...(declared.members.get(name) ?? []), inner])
  }
  for (const keyword of ['additionalProperties', 'unevaluatedProperties']) {
    const more = all[keyword]
    if (more === true || isObject(more)) declared.isOpen = true
    if (more === false) declared.hasMembers = true
  }
  if ('patternProperties' in all || 'dependentSchemas' in all || '$dynamicRef' in all) declared.isOpen = true
  const items = schemaIn(all, 'items')
  if (items !== undefined && !('prefixItems' in all)) declared.items.push(items)
  const listed = branches.flatMap((keyword) => schemasIn(all, keyword))
  // A branch that says nothing of members lets all of them in.
  for (const branch of listed) {
    if (saysNothing(branch, schemas)) declared.isOpen = true
    gather(branch, declared, schemas, depth + 1)
  }
  for (const keyword of single) {
    const inner = schemaIn(all, keyword)
    if (inner !== undefined) gather(inner, declared, schemas, depth + 1)
  }
}

function saysNothing(schema: AnySchema, schemas: Schemas): boolean {
  const { type, ...all } = resolved(schema, schemas)
  if (type === 'object' || type === undefined) {
    return !['properties', 'additionalProperties', 'allOf', 'anyOf', 'oneOf', 'const', 'enum', 'required', 'not'].some(
      (each) => each in all,
    )
  }
  return false
}
