import type { JsonSchema } from '../../schema/schema.ts'
import { isSchema } from '../../schema/subschemas.ts'
import { faultAt } from './document-error.ts'
import type { Place } from './place.ts'

/** Keywords whose schemas look at the same value as the schema that they are in. */
const alike = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else']

const prefix = '#/components/schemas/'

/** Throws where a schema leads to itself without looking deeper into the value: a check of it would never end. */
export function refuseEndlessSchemas(
  schemas: ReadonlyMap<string, JsonSchema | boolean>,
  places: ReadonlyMap<string, Place>,
): void {
  const ended = new Set<string>()
  const visit = (name: string, way: readonly string[]): void => {
    if (ended.has(name)) return
    if (way.includes(name)) {
      const loop = [...way.slice(way.indexOf(name)), name].join(', ')
      const mend = 'move what they share to a schema of its own'
      throw faultAt(
        places.get(name) ?? { pointer: '#' },
        `contains itself (${loop}), so that no value can fit: ${mend}`,
      )
    }
    for (const next of sameValue(schemas.get(name))) visit(next, [...way, name])
    ended.add(name)
  }
  for (const name of schemas.keys()) visit(name, [])
}

function sameValue(schema: unknown): readonly string[] {
  if (!isSchema(schema)) return []
  const { $ref } = schema
  const own = typeof $ref === 'string' && $ref.startsWith(prefix) ? [$ref.slice(prefix.length)] : []
  return [...own, ...alike.flatMap((keyword) => [schema[keyword]].flat().flatMap(sameValue))]
}
