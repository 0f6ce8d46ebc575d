import type { JsonSchema } from '../../../schema/schema.ts'
import { sentValue } from '../sent-value.ts'
import { xsi } from './xml-element.ts'
import { XmlPlan } from './xml-plan.ts'
import { attributeText, elementName, elementText } from './xml-text.ts'

/**
 * Compiles how values of a schema are written as XML 1.0 documents: members as elements, lists as an element with one
 * for each item in it (`authors`, `author`), null as an empty element with `xsi:nil="true"`.
 */
export function xmlWriter(schema: JsonSchema, root: JsonSchema = schema): (value: unknown) => string {
  const plan = new XmlPlan(schema, root)
  const name = plan.rootName
  const end = name.length + 1
  const space = plan.namespace === undefined ? '' : ` xmlns="${attributeText(plan.namespace)}"`
  return (value) => {
    const body = element(name, sentValue(value), plan, name)
    const spaces = body.includes(' xsi:nil="true"') ? `${space} xmlns:xsi="${xsi}"` : space
    const whole = spaces === '' ? body : body.slice(0, end) + spaces + body.slice(end)
    return `<?xml version="1.0" encoding="UTF-8"?>\n${whole}\n`
  }
}

function element(name: string, value: unknown, plan: XmlPlan, member: string | undefined): string {
  if (value === null || value === undefined) return `<${name} xsi:nil="true"/>`
  if (Array.isArray(value)) return tag(name, '', items(value, plan, plan.itemName(member)))
  if (typeof value !== 'object') return tag(name, '', elementText(String(value)))
  return members(name, value as Readonly<Record<string, unknown>>, plan)
}

function items(list: readonly unknown[], plan: XmlPlan, name: string): string {
  let written = ''
  for (let index = 0; index < list.length; index++) {
    written += element(name, sentValue(list[index]), plan.item(index), undefined)
  }
  return written
}

function members(name: string, value: Readonly<Record<string, unknown>>, plan: XmlPlan): string {
  let attributes = ''
  let content = ''
  for (const key of Object.keys(value)) {
    const one = sentValue(value[key])
    if (one === undefined) continue
    const declared = plan.members.get(key)
    if (declared === undefined) content += element(elementName(key), one, plan.rest, key)
    else if (declared.as === 'attribute') {
      if (one !== null) attributes += ` ${declared.name}="${attributeText(scalarText(one))}"`
    } else if (!declared.wrapped && Array.isArray(one)) content += items(one, declared.plan, declared.name)
    else content += element(declared.name, one, declared.plan, key)
  }
  return tag(name, attributes, content)
}

function tag(name: string, attributes: string, content: string): string {
  return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`
}

function scalarText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
