import { comment, schemaWords } from './comment.ts'
import type { EmittedSchema } from './emitted-api.ts'
import { literal } from './literal.ts'
import { enclosed, plain, type TypeText, typedLine, union } from './type-text.ts'
import { memberKey } from './words.ts'

type Members = Readonly<Record<string, unknown>>

/** Where a type is used, which decides what some schemas are. */
export interface TypeUse {
  /** Members of the other direction are left out. */
  readonly direction: 'request' | 'reply'
  /** In a form, a member of bytes is a file. */
  readonly inForm: boolean
}

/** Writes the types of schemas. */
export interface TypeWriter {
  /** The name of a component in a direction. */
  readonly nameOf: (component: string, use: TypeUse) => string
  readonly schemas: Readonly<Record<string, EmittedSchema>>
}

const prefix = '#/components/schemas/'

/** The type of a schema, as text that goes on at an indent. */
export function schemaType(writer: TypeWriter, schema: EmittedSchema | undefined, use: TypeUse, indent = ''): string {
  return typeText(writer, schema ?? true, use, indent).text
}

/** The named component that a schema is a reference to, and nothing else. */
export function componentOf(schema: unknown): string | undefined {
  const { $ref } = membersOf(schema)
  return typeof $ref === 'string' && $ref.startsWith(prefix) ? $ref.slice(prefix.length) : undefined
}

/** How schemas refer to a component. */
export function referenceTo(component: string): string {
  return prefix + component
}

/** Whether the value of a schema is bytes. */
export function isBytes(schema: unknown): boolean {
  const { type, contentMediaType, contentEncoding } = membersOf(schema)
  if (contentEncoding !== undefined || typeof contentMediaType !== 'string') return false
  return (type === undefined || [type].flat().includes('string')) && !/json|^text\//.test(contentMediaType)
}

/** The members of an object schema; nothing of anything else. */
export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {}
}

/** The type of a schema, with the alternatives that it is made of. */
export function typeText(writer: TypeWriter, schema: unknown, use: TypeUse, indent: string): TypeText {
  if (schema === false) return plain('never')
  const members = membersOf(schema)
  const component = componentOf(schema)
  const parts = [
    ...(component === undefined ? [] : [plain(writer.nameOf(component, { ...use, inForm: false }))]),
    ...list(members.allOf).map((each) => typeText(writer, each, use, indent)),
    ...['oneOf', 'anyOf'].flatMap((keyword) => choice(writer, members, keyword, use, indent)),
    ...own(writer, members, use, indent),
  ]
  const known = parts.filter(({ text }) => text !== 'unknown')
  if (known.length === 0) return plain('unknown')
  const [only] = known
  if (known.length === 1 && only !== undefined) return only
  return plain([...new Set(known.map(enclosed))].join(' & '))
}

/** The type of what a schema says beside its references and choices. */
function own(writer: TypeWriter, members: Members, use: TypeUse, indent: string): readonly TypeText[] {
  if ('const' in members) return [plain(literal(members.const))]
  if (Array.isArray(members.enum)) return [union(members.enum.map(literal))]
  if (use.inForm && isBytes(members)) return [plain('Blob')]
  const composed = ['$ref', 'allOf', 'oneOf', 'anyOf'].some((keyword) => keyword in members)
  const types = list(members.type).length > 0 ? list(members.type) : [members.type ?? impliedType(members)]
  const each = types.flatMap((type) => {
    // Beside a choice, that each alternative is an object says nothing new.
    if (composed && type === 'object' && !hasMembers(members)) return []
    if (composed && type === 'array' && !('items' in members || 'prefixItems' in members)) return []
    return [ofType(writer, String(type), members, use, indent)]
  })
  return each.length === 0 ? [] : [union(each)]
}

function impliedType(members: Members): string {
  if (hasMembers(members)) return 'object'
  return 'items' in members || 'prefixItems' in members ? 'array' : 'unknown'
}

function hasMembers(members: Members): boolean {
  return ['properties', 'additionalProperties', 'patternProperties', 'required'].some((keyword) => keyword in members)
}

const scalars: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
}

function ofType(writer: TypeWriter, type: string, members: Members, use: TypeUse, indent: string): string {
  if (type === 'array') return listType(writer, members, use, indent)
  if (type === 'object') return objectType(writer, members, use, indent)
  return scalars[type] ?? 'unknown'
}

function listType(writer: TypeWriter, members: Members, use: TypeUse, indent: string): string {
  const item = (schema: unknown): TypeText => typeText(writer, schema, use, indent)
  const { prefixItems, items, minItems } = members
  if (!Array.isArray(prefixItems)) return `${enclosed(item(items ?? true))}[]`
  const least = typeof minItems === 'number' ? minItems : prefixItems.length
  const fixed = prefixItems.map((each: unknown, index) => {
    const type = item(each)
    return index < least ? type.text : `${enclosed(type)}?`
  })
  const rest = items === undefined || items === false ? [] : [`...${enclosed(item(items))}[]`]
  return `[${[...fixed, ...rest].join(', ')}]`
}

/** The type of an object, on several lines if it has members. */
export function objectType(writer: TypeWriter, members: Members, use: TypeUse, indent: string): string {
  const deeper = `${indent}  `
  const required = new Set(list(members.required).map(String))
  const properties = Object.entries(membersOf(members.properties)).filter(
    ([, schema]) => !isHidden(writer, schema, use),
  )
  const declared = new Set(Object.keys(membersOf(members.properties)))
  const further = [...required].filter((name) => !declared.has(name)).map((name) => [name, true] as const)
  const types = [...properties, ...further].map(([name, schema]) => {
    return { name, schema, type: typeText(writer, schema, use, deeper), isOptional: !required.has(name) }
  })
  const lines = types.map(({ name, schema, type, isOptional }) => {
    return comment(schemaWords(schema), deeper) + typedLine(`${memberKey(name)}${isOptional ? '?' : ''}:`, type, deeper)
  })
  const others = otherMembers(writer, members, use, deeper)
  if (others !== undefined) {
    // An index stands for all members, so that its type must take in theirs.
    const all = others.includes('unknown') ? ['unknown'] : [...others, ...types.map(({ type }) => type.text)]
    const mayMiss = types.some(({ isOptional }) => isOptional) && !all.includes('unknown')
    lines.push(typedLine('[name: string]:', union([...all, ...(mayMiss ? ['undefined'] : [])]), deeper))
  }
  if (types.length > 0) return `{\n${lines.join('')}${indent}}`
  const nothing = members.additionalProperties === false ? 'never' : 'unknown'
  return `{ ${lines.join('').trim() || `[name: string]: ${nothing}`} }`
}

/** The types of members that have no name of their own; nothing where the schema does not speak of them. */
function otherMembers(
  writer: TypeWriter,
  members: Members,
  use: TypeUse,
  indent: string,
): readonly string[] | undefined {
  const { additionalProperties, patternProperties } = members
  const patterns = Object.values(membersOf(patternProperties))
  const isEmpty = Object.keys(membersOf(members.properties)).length === 0 && list(members.required).length === 0
  const open = additionalProperties ?? (isEmpty && patterns.length === 0)
  const schemas = [...patterns, ...(open === false ? [] : [open])]
  if (schemas.length === 0) return undefined
  return schemas.map((each) => typeText(writer, each, use, indent).text)
}

function isHidden(writer: TypeWriter, schema: unknown, { direction }: TypeUse): boolean {
  const word = direction === 'request' ? 'readOnly' : 'writeOnly'
  const component = componentOf(schema)
  return (
    membersOf(schema)[word] === true || (component !== undefined && membersOf(writer.schemas[component])[word] === true)
  )
}

/** A choice between schemas; each is told apart by the member that a discriminator names. */
function choice(
  writer: TypeWriter,
  members: Members,
  keyword: string,
  use: TypeUse,
  indent: string,
): readonly TypeText[] {
  const alternatives = list(members[keyword])
  if (alternatives.length === 0) return []
  const { propertyName, mapping } = membersOf(members.discriminator)
  return [
    union(
      alternatives.map((each) => {
        const type = typeText(writer, each, use, indent)
        const component = componentOf(each)
        if (typeof propertyName !== 'string' || component === undefined) return type.text
        const values = discriminatorValues(component, membersOf(mapping))
        if (isLiteral(writer, component, propertyName)) return type.text
        return `({ ${memberKey(propertyName)}: ${values.map(literal).join(' | ')} } & ${enclosed(type)})`
      }),
    ),
  ]
}

/** The values of a discriminator that mean a component: those of the mapping, or else its name. */
export function discriminatorValues(component: string, mapping: Members): readonly string[] {
  const mapped = Object.entries(mapping).filter(([, target]) => target === referenceTo(component))
  return mapped.length === 0 ? [component] : mapped.map(([value]) => value)
}

/** Whether a component itself says which values a member may have. */
export function isLiteral({ schemas }: TypeWriter, component: string, name: string): boolean {
  const { properties, allOf } = membersOf(schemas[component])
  return [{ properties }, ...list(allOf)].some((part) => {
    const member = membersOf(membersOf(membersOf(part).properties)[name])
    return 'const' in member || 'enum' in member
  })
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
