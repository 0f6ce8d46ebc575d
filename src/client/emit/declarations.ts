import { comment, schemaWords } from './comment.ts'
import type { ComponentUse } from './component-use.ts'
import type { EmittedSchema } from './emitted-api.ts'
import { literal } from './literal.ts'
import type { Names } from './names.ts'
import {
  componentOf,
  discriminatorValues,
  isLiteral,
  membersOf,
  objectType,
  referenceTo,
  type TypeUse,
  type TypeWriter,
  typeText,
} from './schema-type.ts'
import { enclosed, typedLine } from './type-text.ts'
import { memberKey, pascalCase } from './words.ts'

/** The named types of an API. */
export interface Declarations {
  readonly writer: TypeWriter
  /** One declaration for each component, and a second where it looks different in requests. */
  readonly texts: readonly string[]
}

/** Writes the types of all components, in the order of the document. */
export function declarations(
  schemas: Readonly<Record<string, EmittedSchema>>,
  { inRequests, inReplies, split }: ComponentUse,
  names: Names,
): Declarations {
  const components = Object.keys(schemas)
  const isTwofold = (name: string): boolean => split.has(name) && inRequests.has(name) && inReplies.has(name)
  const own = new Map(components.map((name) => [name, names.take(pascalCase(name), 'Model')]))
  const inputs = new Map(
    components.filter(isTwofold).map((name) => [name, names.take(`${own.get(name)}Input`, 'Model')]),
  )
  const writer: TypeWriter = {
    schemas,
    nameOf: (component, { direction }) =>
      (direction === 'request' ? inputs.get(component) : undefined) ?? own.get(component) ?? 'unknown',
  }
  const texts = components.flatMap((name) => {
    const sentOnly = inRequests.has(name) && !inReplies.has(name)
    const usual: TypeUse = { direction: sentOnly ? 'request' : 'reply', inForm: false }
    const sent: TypeUse = { direction: 'request', inForm: false }
    return [
      declaration(writer, name, own.get(name) ?? name, usual),
      ...(isTwofold(name) ? [declaration(writer, name, inputs.get(name) ?? name, sent)] : []),
    ]
  })
  return { writer, texts }
}

function declaration(writer: TypeWriter, component: string, name: string, use: TypeUse): string {
  const schema = writer.schemas[component] ?? true
  const members = membersOf(schema)
  const head = comment(schemaWords(schema, true), '')
  if (isPlainObject(members)) return `${head}export interface ${name} ${objectType(writer, members, use, '')}\n`
  const known = inheritedValues(writer, component)
    .map((each) => `${each} & `)
    .join('')
  const type = typeText(writer, schema, use, '')
  const start = `export type ${name} =`
  return head + (known === '' ? typedLine(start, type, '') : `${start} ${known}${enclosed(type)}\n`)
}

/** Whether a schema is an object with members, and nothing beside. */
function isPlainObject(members: Readonly<Record<string, unknown>>): boolean {
  const others = ['$ref', 'allOf', 'anyOf', 'oneOf', 'const', 'enum'].some((keyword) => keyword in members)
  const isObject = members.type === 'object' || members.type === undefined
  return !others && isObject && Object.keys(membersOf(members.properties)).length > 0
}

/** What a component's own name says about the member by which its base tells its kinds apart. */
function inheritedValues(writer: TypeWriter, component: string): readonly string[] {
  const { schemas } = writer
  const basesOf = (name: string): readonly string[] => {
    const { allOf } = membersOf(schemas[name])
    return Array.isArray(allOf) ? allOf.flatMap((each) => componentOf(each) ?? []) : []
  }
  if (Object.keys(schemas).some((other) => basesOf(other).includes(component))) return []
  const found = basesOf(component).flatMap((base) => {
    const { discriminator, oneOf, anyOf } = membersOf(schemas[base])
    const { propertyName, mapping } = membersOf(discriminator)
    if (typeof propertyName !== 'string' || oneOf !== undefined || anyOf !== undefined) return []
    if (isLiteral(writer, component, propertyName)) return []
    if (mapping !== undefined && !Object.values(membersOf(mapping)).includes(referenceTo(component))) return []
    const values = discriminatorValues(component, membersOf(mapping))
    return [`{ ${memberKey(propertyName)}: ${values.map(literal).join(' | ')} }`]
  })
  return [...new Set(found)]
}
