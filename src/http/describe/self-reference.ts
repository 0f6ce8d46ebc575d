import type { JsonSchema } from '../../schema/schema.ts'

/** A schema taken out of a root that may refer to itself, and the definitions that it then needs. */
export interface Detached {
  /** Gives a part of the root with references to the whole (`#`) led to its definition. */
  readonly detach: (part: JsonSchema) => JsonSchema
  readonly definitions: Readonly<Record<string, JsonSchema>>
}

/**
 * Makes parts of a root usable away from it: `#` means the whole document, so that a model which refers to itself has to
 * become a definition of its own before it is wrapped or split.
 */
export function detached(root: JsonSchema, name: string): Detached {
  const { $defs = {}, ...own } = root
  const definitions = $defs as Readonly<Record<string, JsonSchema>>
  if (!refersToRoot(root)) return { detach: (part) => part, definitions }
  const detach = (part: JsonSchema): JsonSchema => relinked(part, `#/$defs/${name}`) as JsonSchema
  const all = Object.entries({ ...definitions, [name]: own })
  return { detach, definitions: Object.fromEntries(all.map(([key, each]) => [key, detach(each)])) }
}

function refersToRoot(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return ('$ref' in value && value.$ref === '#') || Object.values(value).some(refersToRoot)
}

function relinked(value: unknown, target: string): unknown {
  if (Array.isArray(value)) return value.map((each) => relinked(each, target))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, each]) => [
    key,
    key === '$ref' && each === '#' ? target : relinked(each, target),
  ])
  return Object.fromEntries(entries)
}
