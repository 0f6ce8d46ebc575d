import type { JsonSchema } from '../../schema/schema.ts'
import { DocumentError, faultAt } from './document-error.ts'
import { asText, entriesAt, isObject, itemsAt, kindOf, memberAt, namedAt, type Place } from './place.ts'
import { checkKeyword, leftOut, schemaKeywords } from './schema-keywords.ts'
import { refuseEndlessSchemas } from './schema-loops.ts'
import { schemaName } from './schema-name.ts'
import { orNull, rewrites } from './schema-rewrites.ts'
import { schemaTargets } from './schema-target.ts'
import type { Source } from './source.ts'

type Schema = JsonSchema | boolean

/** Turns the schemas of a document into JSON Schema 2020-12. */
export interface SchemaReader {
  readonly read: (place: Place) => Schema
  /** The components, then whatever else any schema that was read refers to, all by name. */
  readonly named: () => Readonly<Record<string, Schema>>
}

const prefix = '#/components/schemas/'

/** Makes the reader of a document's schemas. */
export function schemaReader(source: Source): SchemaReader {
  const targetOf = schemaTargets(source)
  const names = new Map<string, string>()
  const places = new Map<string, Place>()

  /** The place of a schema, beyond places that do nothing but refer to another. */
  const beyond = (place: Place): Place => {
    const seen = new Set<string>()
    for (let at = place; ; ) {
      const reference = soleReference(source, at)
      if (reference === undefined || names.has(at.pointer)) return at
      if (seen.has(at.pointer)) throw faultAt(place, `refers to itself through ${[...seen].join(', ')}`)
      seen.add(at.pointer)
      at = targetOf(at, reference)
    }
  }

  const nameOf = (target: Place): string => {
    const known = names.get(target.pointer)
    if (known !== undefined) return known
    const wanted = schemaName(target.pointer)
    let name = wanted
    for (let number = 2; places.has(name); number++) name = `${wanted}${number}`
    names.set(target.pointer, name)
    places.set(name, target)
    return name
  }

  const referenceTo = (place: Place, reference: string): string => prefix + nameOf(beyond(targetOf(place, reference)))

  const components = memberAt(source.root, 'components')
  const declared = namedAt(components && memberAt(components, 'schemas')).map(([, place]) => place)
  for (const place of declared) nameOf(place)
  // A component that only refers to what has no name here gives it its own.
  for (const place of declared) {
    const reference = soleReference(source, place)
    const target = reference === undefined ? place : targetOf(place, reference)
    if (!names.has(target.pointer)) adopt(names, places, names.get(place.pointer) ?? '', target)
  }

  const read = (place: Place): Schema => {
    if (typeof place.value === 'boolean') return place.value
    if (!isObject(place.value)) throw faultAt(place, `is ${kindOf(place.value)}, not a schema`)
    const reference = memberAt(place, '$ref') ?? memberAt(place, '$dynamicRef')
    const target = reference && { $ref: referenceTo(place, asText(reference)) }
    // Before 3.1 nothing beside a reference counted; what is only said of it does no harm.
    if (target !== undefined && source.minor === 0)
      return { ...target, ...pick(place.value, ['description', 'deprecated']) }
    const members = entriesAt(place).flatMap(([keyword, member]) => {
      return leftOut.has(keyword) || keyword.startsWith('x-') ? [] : [[keyword, readKeyword(keyword, member)] as const]
    })
    const { example, nullable } = place.value
    const shown = example !== undefined && !('examples' in place.value) && { examples: [example] }
    const schema: JsonSchema = { ...target, ...Object.fromEntries(members), ...shown }
    const rewritten = rewrites.reduce((done, rewrite) => rewrite(done), schema)
    return nullable === true && source.minor === 0 ? orNull(rewritten) : rewritten
  }

  const readKeyword = (keyword: string, place: Place): unknown => {
    checkKeyword(keyword, place)
    const how = Object.hasOwn(schemaKeywords, keyword) ? schemaKeywords[keyword] : undefined
    if (how === 'one' || (how === 'either' && !Array.isArray(place.value))) return read(place)
    if (how === 'list' || how === 'either') return itemsAt(place).map(read)
    if (how === 'named') return Object.fromEntries(entriesAt(place).map(([name, each]) => [name, read(each)]))
    if (keyword === 'discriminator') return readDiscriminator(place)
    return place.value
  }

  /** What a discriminator means by a text; nothing where the target was lost when documents were put together. */
  const mappedTo = (place: Place, reference: string): string | undefined => {
    const component = follows(declared, reference)
    if (component !== undefined) return prefix + nameOf(component)
    try {
      return referenceTo(place, reference)
    } catch (error) {
      // The schemas themselves say what fits: the mapping is a hint.
      if (error instanceof DocumentError) return undefined
      throw error
    }
  }

  const readDiscriminator = (place: Place): unknown => {
    const mapping = entriesAt(memberAt(place, 'mapping')).flatMap(([value, each]) => {
      const target = mappedTo(place, asText(each))
      return target === undefined ? [] : [[value, target] as const]
    })
    const name = memberAt(place, 'propertyName')
    const other = memberAt(place, 'defaultMapping')
    const fallback = other && mappedTo(place, asText(other))
    return {
      propertyName: name?.value,
      ...(mapping.length > 0 && { mapping: Object.fromEntries(mapping) }),
      ...(fallback !== undefined && { defaultMapping: fallback }),
    }
  }

  return {
    read,
    named: () => {
      const schemas = new Map<string, Schema>()
      // Reading one schema may find further ones, which come behind it in the same map.
      for (const [name, place] of places) schemas.set(name, read(place))
      refuseEndlessSchemas(schemas, places)
      return Object.fromEntries(schemas)
    },
  }
}

function adopt(names: Map<string, string>, places: Map<string, Place>, name: string, target: Place): void {
  names.set(target.pointer, name)
  places.set(name, target)
}

/** The reference of a schema that does nothing else. */
function soleReference(source: Source, { value }: Place): string | undefined {
  if (!isObject(value) || typeof value.$ref !== 'string') return undefined
  return source.minor === 0 || Object.keys(value).length === 1 ? value.$ref : undefined
}

/** The component of a name, which a discriminator may give instead of a reference. */
function follows(declared: readonly Place[], name: string): Place | undefined {
  return declared.find(({ pointer }) => pointer === prefix + name)
}

function pick(value: Readonly<Record<string, unknown>>, keywords: readonly string[]): JsonSchema {
  return Object.fromEntries(keywords.flatMap((each) => (each in value ? [[each, value[each]]] : [])))
}
