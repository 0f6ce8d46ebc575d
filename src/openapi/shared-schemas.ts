import type { JsonSchema } from '../schema/schema.ts'
import { mapSubschemas } from '../schema/subschemas.ts'
import { contentKeys } from './content-key.ts'
import { openSchema, publishedSchema } from './published-schema.ts'
import { type Definitions, definitionName, isNameless, reached, rooted, type SchemaUse } from './schema-use.ts'
import { pascalCase } from './words.ts'

/** The models of an API under one set of names. */
export interface SharedSchemas {
  /** The models by name, in alphabetical order. */
  readonly components: Readonly<Record<string, JsonSchema>>
  /** The schema of one of the uses, with references to `components`. */
  readonly publish: (use: SchemaUse) => JsonSchema
}

/** One model, as requests and as replies have it. */
interface Model {
  readonly key: string
  readonly wanted: string
  readonly definitions: Definitions
  readonly request?: JsonSchema
  readonly reply?: JsonSchema
}

/**
 * Lifts the definitions behind the uses into components. Equal ones are shared. Of different ones with the same name,
 * those that only requests use are called `XInput` beside the `X` of replies; numbers tell apart what still clashes.
 */
export function sharedSchemas(uses: readonly SchemaUse[], taken: Iterable<string>): SharedSchemas {
  const keyOf = contentKeys()
  const models = new Map<string, Model>()
  for (const { schema, definitions, side, owner } of uses.map(rooted)) {
    for (const name of reached(schema, definitions)) {
      const key = keyOf(name, definitions)
      const definition = definitions[name] ?? {}
      const wanted = wantedName(name, definition, owner)
      models.set(key, { key, wanted, definitions, [side]: definition, ...models.get(key) })
    }
  }

  const names = nameModels([...models.values()], new Set(taken))
  const relink = (schema: JsonSchema, definitions: Definitions): JsonSchema => {
    const name = definitionName(schema)
    const linked = mapSubschemas(schema, (subschema) => relink(subschema, definitions))
    if (name === undefined || definitions[name] === undefined) return linked
    return { ...linked, $ref: `#/components/schemas/${names.get(keyOf(name, definitions))}` }
  }
  const components = [...models.values()].map(({ key, definitions, request, reply = {} }) => {
    // What requests say of further members counts: replies have none, and close only to say so.
    return [names.get(key) ?? '', relink(publishedSchema(request ?? openSchema(reply)), definitions)] as const
  })
  return {
    components: Object.fromEntries(components.sort(([a], [b]) => (a < b ? -1 : 1))),
    publish: (use) => {
      const { schema, definitions, side } = rooted(use)
      // A client that takes a reply as closed breaks when the API grows.
      return relink(publishedSchema(side === 'reply' ? openSchema(schema) : schema), definitions)
    },
  }
}

function wantedName(name: string, { title }: JsonSchema, owner: string): string {
  const own = isNameless(name) ? pascalCase(typeof title === 'string' ? title : '') : name
  return own.replace(/[^A-Za-z0-9_.-]+/g, '_').replace(/^_+|_+$/g, '') || owner
}

/** Names by key; every model that is alone with its name, or comes first with it, gets just that. */
function nameModels(models: readonly Model[], taken: Set<string>): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const give = (model: Model, wanted: string): void => {
    let name = wanted
    for (let number = 2; taken.has(name); number++) name = wanted + number
    taken.add(name)
    names.set(model.key, name)
  }
  const groups = [...Map.groupBy(models, ({ wanted }) => wanted).values()].map((group) => {
    const main = group.find(({ reply }) => reply !== undefined) ?? group[0]
    return { main, others: group.filter((each) => each !== main) }
  })
  for (const { main } of groups) if (main !== undefined) give(main, main.wanted)
  for (const { main, others } of groups) {
    for (const other of others) {
      const sent = main?.reply !== undefined && other.reply === undefined
      give(other, sent ? `${other.wanted}Input` : other.wanted)
    }
  }
  return names
}
