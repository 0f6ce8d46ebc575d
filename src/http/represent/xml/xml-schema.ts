import { dereference, toSchema, toSchemas } from '../../../schema/reference.ts'
import type { JsonSchema } from '../../../schema/schema.ts'
import { mapSubschemas } from '../../../schema/subschemas.ts'
import { XmlPlan } from './xml-plan.ts'

/**
 * A schema that says by XML Objects of OpenAPI (4.8.26) how its values are written: what lists and their items are
 * called, and members whose names XML does not allow. For JSON it says what it said before.
 *
 * @param root what references in the schema lead into.
 */
export function xmlSchema(schema: JsonSchema, root: JsonSchema): JsonSchema {
  return annotated(schema, root, undefined)
}

/** The schema of a whole document, with the name of its root element. */
export function xmlDocument(schema: JsonSchema, root: JsonSchema, name: string): JsonSchema {
  return withXml(annotated(schema, root, undefined), { name })
}

function annotated(schema: JsonSchema, root: JsonSchema, member: string | undefined): JsonSchema {
  const plan = new XmlPlan(schema, root)
  // The name of an item follows from the member that the list is, so that a list with a name of its own is put in.
  if (schema.$ref !== undefined) {
    const target = dereference(schema, root)
    return member !== undefined && target.items !== undefined ? annotated({ ...target, ...own(schema) }, root, member) : schema
  }
  const mapped = mapSubschemas(schema, (each) => annotated(each, root, isBranch(schema, each) ? member : undefined))
  const properties = toSchemas(schema.properties).map(([key, each]) => {
    const { name, wrapped, as, plan: inside } = plan.members.get(key) ?? { name: key }
    const one = annotated(each, root, key)
    if (wrapped === false) return [key, withItems(one, inside?.xmlName ?? name)]
    return [key, name === key || as === undefined ? one : withXml(one, { name })]
  })
  const whole = properties.length === 0 ? mapped : { ...mapped, properties: Object.fromEntries(properties) }
  return schema.items === undefined ? whole : withXml(withItems(whole, plan.itemName(member)), { wrapped: true })
}
