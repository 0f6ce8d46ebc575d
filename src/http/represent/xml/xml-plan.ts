import { kindsOf } from '../../../schema/kind.ts'
import { dereference, toSchema, toSchemaList, toSchemas } from '../../../schema/reference.ts'
import type { JsonSchema } from '../../../schema/schema.ts'
import { type ReadText, textReader } from '../../../schema/text.ts'
import { partsOf } from '../declared-members.ts'
import { elementName } from './xml-text.ts'

/** How a member of an object stands in XML. */
export interface XmlMember {
  readonly key: string
  /** The name of its element or attribute. */
  readonly name: string
  readonly as: 'element' | 'attribute'
  /** Whether a list has an element of its own around its items. */
  readonly wrapped: boolean
  readonly required: boolean
  readonly plan: XmlPlan
}

/** How values of one schema stand in XML; what is in it is worked out when it is first asked for. */
export class XmlPlan {
  readonly #root: JsonSchema
  readonly #plans: Map<JsonSchema, XmlPlan>
  readonly schema: JsonSchema
  readonly #parts: readonly JsonSchema[]
  #members: ReadonlyMap<string, XmlMember> | undefined
  #byName: ReadonlyMap<string, XmlMember> | undefined
  #kinds: ReturnType<typeof kindsOf> | undefined
  #readText: ReadText | undefined

  constructor(schema: JsonSchema, root: JsonSchema, plans: Map<JsonSchema, XmlPlan> = new Map()) {
    this.schema = schema
    this.#root = root
    this.#plans = plans
    this.#parts = partsOf(schema, root)
  }

  get kinds(): ReturnType<typeof kindsOf> {
    this.#kinds ??= kindsOf(this.schema, this.#root)
    return this.#kinds
  }

  get readText(): ReadText {
    this.#readText ??= textReader(this.schema, this.#root)
    return this.#readText
  }

  /** The declared members by key, in declared order. */
  get members(): ReadonlyMap<string, XmlMember> {
    this.#members ??= this.#declared()
    return this.#members
  }

  /** The declared members by the names of their elements, and with `@` in front by those of their attributes. */
  get byName(): ReadonlyMap<string, XmlMember> {
    this.#byName ??= new Map(
      [...this.members.values()].map((each) => [each.as === 'attribute' ? `@${each.name}` : each.name, each]),
    )
    return this.#byName
  }

  /** The plan of members that are not declared. */
  get rest(): XmlPlan {
    return this.#planOf(toSchema(this.#first('additionalProperties') ?? true))
  }

  /** The plan of an item of the list. */
  item(index: number): XmlPlan {
    const prefix = toSchemaList(this.#first('prefixItems'))
    return this.#planOf(prefix[index] ?? toSchema(this.#first('items') ?? true))
  }

  /** The name of an element for an item, in a list that is a member of this name. */
  itemName(member: string | undefined): string {
    const items = this.#first('items')
    if (this.ownItemName !== undefined) return this.ownItemName
    const one = member === undefined ? undefined : singular(member)
    if (one !== undefined && one !== member) return elementName(one)
    return (items === undefined ? undefined : modelName(toSchema(items), this.#root)) ?? 'item'
  }

  /** What the model itself calls an item. */
  get ownItemName(): string | undefined {
    return xmlObject(toSchema(this.#first('items')), this.#root).name
  }

  /** The name of the root element: what the model calls itself, in lower camel case, or `items` of such a model. */
  get rootName(): string {
    const own = xmlObject(this.schema, this.#root).name ?? modelName(this.schema, this.#root)
    if (own !== undefined) return own
    const items = this.#first('items')
    const item = items === undefined ? undefined : modelName(toSchema(items), this.#root)
    return item === undefined ? (this.kinds.has('list') && this.kinds.size === 1 ? 'items' : 'value') : plural(item)
  }

  /** The namespace that the root element and all in it are in; none if the model names none. */
  get namespace(): string | undefined {
    return xmlObject(this.schema, this.#root).namespace
  }

  #declared(): ReadonlyMap<string, XmlMember> {
    const schemas = new Map<string, JsonSchema[]>()
    const required = new Set(this.#parts.flatMap((part) => (Array.isArray(part.required) ? part.required : [])))
    for (const [key, schema] of this.#parts.flatMap((part) => toSchemas(part.properties))) {
      schemas.set(key, [...(schemas.get(key) ?? []), schema])
    }
    return new Map(
      [...schemas].map(([key, [first = {}, ...others]]) => {
        const schema = others.length === 0 ? first : { anyOf: [first, ...others] }
        const { name, attribute, wrapped } = xmlObject(first, this.#root)
        const plan = this.#planOf(schema)
        const isWrapped = wrapped || !plan.kinds.has('list')
        const member: XmlMember = {
          key,
          name: (isWrapped ? undefined : plan.ownItemName) ?? name ?? elementName(key),
          as: attribute ? 'attribute' : 'element',
          wrapped: isWrapped,
          required: required.has(key),
          plan,
        }
        return [key, member]
      }),
    )
  }

  #first(keyword: string): unknown {
    return this.#parts.find((part) => part[keyword] !== undefined)?.[keyword]
  }

  #planOf(schema: JsonSchema): XmlPlan {
    const known = this.#plans.get(schema)
    if (known !== undefined) return known
    const made = new XmlPlan(schema, this.#root, this.#plans)
    this.#plans.set(schema, made)
    return made
  }
}

interface XmlObject {
  readonly name: string | undefined
  readonly namespace: string | undefined
  readonly attribute: boolean
  readonly wrapped: boolean
}

/** What a schema says by the XML Object of OpenAPI; lists are wrapped unless it says that they are not. */
function xmlObject(schema: JsonSchema, root: JsonSchema): XmlObject {
  const said = toSchema(schema.xml ?? dereference(schema, root).xml)
  const attribute = said.attribute === true || said.nodeType === 'attribute'
  return {
    name: typeof said.name === 'string' ? elementName(said.name) : undefined,
    namespace: typeof said.namespace === 'string' ? said.namespace : undefined,
    attribute,
    wrapped: said.wrapped !== false,
  }
}

/** What a model calls itself, in lower camel case: the name that it is referred to by, its id or its title. */
function modelName(schema: JsonSchema, root: JsonSchema): string | undefined {
  const referred = /^#\/\$defs\/(?!__schema)([^/]+)$/.exec(String(schema.$ref ?? ''))?.[1]
  const target = dereference(schema, root)
  const name = [referred, target.id, target.title].find((each) => typeof each === 'string' && each !== '')
  return typeof name === 'string' ? elementName(lowerCamel(decodeURIComponent(name))) : undefined
}

function lowerCamel(name: string): string {
  const [first = '', ...rest] = name.split(/[\s/]+/).filter((word) => word !== '')
  const lowered = /^[A-Z]+$/.test(first)
    ? first.toLowerCase()
    : first.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (head) => head.toLowerCase())
  return lowered + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

/** One of what an English plural names; the same where it is none that can be told by its end. */
function singular(name: string): string {
  if (/[^aeiou]ies$/i.test(name)) return `${name.slice(0, -3)}y`
  if (/(?:[^aeo]us|ss|sh|ch|x|z)es$/i.test(name)) return name.slice(0, -2)
  return /[^su]s$/i.test(name) ? name.slice(0, -1) : name
}

function plural(name: string): string {
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`
  return /(?:s|sh|ch|x|z)$/i.test(name) ? `${name}es` : `${name}s`
}
