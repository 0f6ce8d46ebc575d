import type { Operation, OperationBody } from '../../../kernel/operation.ts'
import { dereference, toSchema, toSchemaList, toSchemas } from '../../../schema/reference.ts'
import type { JsonSchema } from '../../../schema/schema.ts'
import { mapSubschemas } from '../../../schema/subschemas.ts'
import { syntaxOf } from '../media-type.ts'
import { XmlPlan } from './xml-plan.ts'

/**
 * Has all models of an operation say by XML Objects (OpenAPI, 4.8.26) how their values stand in XML: what lists and their
 * items are called, and members whose names XML does not allow. Of JSON they say what they said before.
 */
export function withXmlObjects(operation: Operation): Operation {
  const { body, reply, definitions } = operation
  return {
    ...operation,
    body: body && annotatedBody(body, definitions),
    reply: {
      ...reply,
      body: reply.body && annotatedBody(reply.body, reply.definitions),
      definitions: annotatedDefinitions(reply.definitions),
    },
    definitions: annotatedDefinitions(definitions),
  }
}

type Definitions = Operation['definitions']

function annotatedBody(body: OperationBody, $defs: Definitions): OperationBody {
  const contents = body.contents.map((content) => {
    const { type, schema } = content
    return schema === undefined || syntaxOf(type) !== 'xml'
      ? content
      : { ...content, schema: annotated(schema, { $defs }) }
  })
  return { ...body, contents }
}

function annotatedDefinitions($defs: Definitions): Definitions {
  return Object.fromEntries(Object.entries($defs).map(([name, each]) => [name, annotated(each, { $defs })]))
}

/** The member that a schema is of, and what items are called that no element is around. */
interface Place {
  readonly member?: string
  readonly item?: string
}

function annotated(schema: JsonSchema, root: JsonSchema, place: Place = {}): JsonSchema {
  if (schema.$ref !== undefined) {
    const { $ref: _, ...beside } = schema
    const target = dereference(schema, root)
    // What its items are called follows from the member, so that the member has to have it as its own.
    const isOwn = place.member !== undefined && target.items !== undefined && target.anyOf === undefined
    return isOwn ? annotated({ ...target, ...beside }, root, place) : schema
  }
  const plan = new XmlPlan(schema, root)
  const made: Record<string, unknown> = { ...mapSubschemas(schema, (each) => annotated(each, root)) }
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    if (keyword in schema) made[keyword] = toSchemaList(schema[keyword]).map((each) => annotated(each, root, place))
  }
  if (schema.properties !== undefined) {
    const members = toSchemas(schema.properties).map(([key, each]) => [key, memberSchema(key, each, plan, root)])
    made.properties = Object.fromEntries(members)
  }
  if (schema.items === undefined) return made
  const { member, item } = place
  const items = named(toSchema(made.items), item ?? plan.itemName(member))
  return { ...made, items, ...(item === undefined && { xml: { ...toSchema(schema.xml), wrapped: true } }) }
}

function memberSchema(key: string, schema: JsonSchema, plan: XmlPlan, root: JsonSchema): JsonSchema {
  const { name = key, wrapped = true } = plan.members.get(key) ?? {}
  const one = annotated(schema, root, { member: key, ...(!wrapped && { item: name }) })
  return wrapped && name !== key ? named(one, name) : one
}

function named(schema: JsonSchema, name: string): JsonSchema {
  return { ...schema, xml: { ...toSchema(schema.xml), name } }
}
