import type { JsonSchema } from '../../../schema/schema.ts'
import { isTextFailure } from '../../../schema/text.ts'
import type { XmlElement } from './xml-element.ts'
import { XmlPlan } from './xml-plan.ts'
import { localName, memberName } from './xml-text.ts'

/**
 * Compiles what a root element means as a value of a schema: the inverse of the writer. Texts are coerced by declared
 * type; one that cannot be stays a text, so that the model says what is wrong with it.
 */
export function xmlReader(schema: JsonSchema, root: JsonSchema = schema): (element: XmlElement) => unknown {
  const plan = new XmlPlan(schema, root)
  return (element) => read(element, plan, plan.rootName)
}

function read(element: XmlElement, plan: XmlPlan, member: string | undefined): unknown {
  if (isNil(element)) return null
  const { kinds } = plan
  const { children, attributes, text } = element
  const [only] = kinds
  const kind = kinds.size === 1 && only !== undefined ? only : kindOf(element, plan, member)
  // What has members where a scalar should be is for the model to refuse.
  if (kind === 'scalar' && children.length === 0) return scalar(text, plan)
  if (kind === 'list') {
    if (children.length === 0 && text.trim() !== '') return scalar(text, plan)
    return children.map((child, index) => read(child, plan.item(index), undefined))
  }
  if (kind === 'object' && children.length === 0 && !hasMembers(attributes) && text.trim() !== '') return text
  return objectOf(element, plan)
}

function kindOf({ children, attributes, text }: XmlElement, plan: XmlPlan, member: string | undefined): string {
  const { kinds } = plan
  if (children.length === 0 && !hasMembers(attributes)) {
    if (kinds.has('scalar') || text.trim() !== '') return 'scalar'
    return kinds.has('object') ? 'object' : 'list'
  }
  if (!kinds.has('list')) return 'object'
  if (!kinds.has('object')) return 'list'
  const item = plan.itemName(member)
  return children.length > 0 && children.every(({ name }) => name === item) ? 'list' : 'object'
}

function objectOf({ children, attributes, text }: XmlElement, plan: XmlPlan): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const [name, one] of attributes) {
    if (isReserved(name)) continue
    const declared = plan.byName.get(`@${localName(name)}`)
    put(value, declared?.key ?? memberName(localName(name)), scalar(one, declared?.plan ?? plan.rest))
  }
  const repeated = new Set<string>()
  for (const child of children) {
    const declared = plan.byName.get(child.name)
    const key = declared?.key ?? memberName(child.name)
    if (declared !== undefined && !declared.wrapped) {
      const list = Object.hasOwn(value, key) ? (value[key] as unknown[]) : []
      list.push(read(child, declared.plan.item(list.length), undefined))
      put(value, key, list)
      continue
    }
    const one = read(child, declared?.plan ?? plan.rest, key)
    if (!Object.hasOwn(value, key)) put(value, key, one)
    else if (repeated.has(key)) (value[key] as unknown[]).push(one)
    else {
      repeated.add(key)
      put(value, key, [value[key], one])
    }
  }
  for (const { key, wrapped, required } of plan.members.values()) {
    if (!wrapped && required && !Object.hasOwn(value, key)) put(value, key, [])
  }
  if (text.trim() !== '') put(value, '#text', text)
  return value
}

function scalar(text: string, plan: XmlPlan): unknown {
  const value = plan.readText(text)
  if (!isTextFailure(value)) return value
  const trimmed = plan.readText(text.trim())
  return isTextFailure(trimmed) ? text : trimmed
}

function put(value: Record<string, unknown>, key: string, one: unknown): void {
  if (key !== '__proto__') value[key] = one
}

/** Whether the name of an attribute is one of XML's own: namespaces, and what XML Schema says of an instance. */
function isReserved(name: string): boolean {
  return /^xmlns(?::|$)|^xsi:|^xml:/.test(name)
}

function hasMembers(attributes: ReadonlyMap<string, string>): boolean {
  for (const name of attributes.keys()) if (!isReserved(name)) return true
  return false
}

function isNil({ attributes, children }: XmlElement): boolean {
  const nil = attributes.size === 0 ? undefined : attributes.get('xsi:nil')
  return children.length === 0 && (nil === 'true' || nil === '1')
}
