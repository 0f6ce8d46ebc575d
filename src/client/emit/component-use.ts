import type { EmittedApi, EmittedOperation, EmittedSchema } from './emitted-api.ts'
import { componentOf, membersOf } from './schema-type.ts'

/** Which components go which way, and which look different on each. */
export interface ComponentUse {
  readonly inRequests: ReadonlySet<string>
  readonly inReplies: ReadonlySet<string>
  /** Components with members that only go one way, themselves or in what they refer to. */
  readonly split: ReadonlySet<string>
}

/** Finds out how the components of an API are used. */
export function componentUse({ operations, schemas }: EmittedApi): ComponentUse {
  const references = new Map(Object.entries(schemas).map(([name, schema]) => [name, referencesIn(schema)]))
  const reached = (starts: readonly (EmittedSchema | undefined)[]): ReadonlySet<string> => {
    const found = new Set(starts.flatMap((schema) => [...referencesIn(schema)]))
    // What is added while the set is walked is walked too.
    for (const name of found) for (const next of references.get(name) ?? []) found.add(next)
    return found
  }
  const oneWay = new Set(Object.keys(schemas).filter((name) => hasOneWay(schemas[name], schemas)))
  const split = Object.keys(schemas).filter((name) => {
    return oneWay.has(name) || [...reached([schemas[name]])].some((each) => oneWay.has(each))
  })
  return {
    inRequests: reached(operations.flatMap(sentSchemas)),
    inReplies: reached(operations.flatMap(repliedSchemas)),
    split: new Set(split),
  }
}

function sentSchemas({ parameters, body }: EmittedOperation): readonly (EmittedSchema | undefined)[] {
  return [...parameters.map(({ schema }) => schema), ...(body?.contents.flatMap(schemasOf) ?? [])]
}

function repliedSchemas({ replies }: EmittedOperation): readonly (EmittedSchema | undefined)[] {
  return replies.flatMap(({ contents }) => contents.flatMap(schemasOf))
}

function schemasOf(content: {
  readonly schema: EmittedSchema | undefined
  readonly itemSchema: EmittedSchema | undefined
}): readonly (EmittedSchema | undefined)[] {
  return [content.schema, content.itemSchema]
}

// What the values of these say is no schema.
const data: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples', 'discriminator'])

function* innerSchemas(schema: unknown): Generator<unknown> {
  if (Array.isArray(schema)) {
    for (const each of schema) yield* innerSchemas(each)
    return
  }
  yield schema
  for (const [keyword, value] of Object.entries(membersOf(schema))) {
    if (data.has(keyword)) continue
    if (keyword === 'properties' || keyword === 'patternProperties' || keyword === 'dependentSchemas') {
      for (const each of Object.values(membersOf(value))) yield* innerSchemas(each)
    } else if (typeof value === 'object' && value !== null) yield* innerSchemas(value)
  }
}

function referencesIn(schema: unknown): ReadonlySet<string> {
  return new Set([...innerSchemas(schema)].flatMap((each) => componentOf(each) ?? []))
}

function hasOneWay(schema: unknown, schemas: Readonly<Record<string, EmittedSchema>>): boolean {
  return [...innerSchemas(schema)].some((each) =>
    Object.values(membersOf(membersOf(each).properties)).some((member) => {
      const component = componentOf(member)
      return isOneWay(member) || (component !== undefined && isOneWay(schemas[component]))
    }),
  )
}

function isOneWay(schema: unknown): boolean {
  const { readOnly, writeOnly } = membersOf(schema)
  return readOnly === true || writeOnly === true
}
