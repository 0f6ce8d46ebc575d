import type { ReadOperation } from '../../../openapi/read/read-api.ts'
import { essenceOf, isJson } from '../../openapi/media-type.ts'
import { type AnySchema, isObject, type Schemas } from '../../openapi/schema-parts.ts'
import { boundaryValues, memberSchemas } from '../values/boundary-values.ts'
import { isForm } from './body-text.ts'
import type { PartPlace, Parts, PartsBody, TestCase } from './parts.ts'

const deepest = 3

/** Requests that each differ in one thing from one that the operation has to take. */
export function boundaryCases(
  operation: ReadOperation,
  base: { readonly least: Parts; readonly most: Parts },
  schemas: Schemas,
): readonly TestCase[] {
  const { least, most } = base
  const cases: TestCase[] = [
    { operation, parts: least, what: 'what has to be given' },
    { operation, parts: most, what: 'all that can be given' },
  ]
  for (const type of replyTypes(operation)) {
    cases.push({ operation, parts: withValue(least, 'header', 'accept', type), what: `a reply of type ${type}` })
  }
  for (const parameter of operation.parameters) {
    const { in: place, name, schema } = parameter
    if (place === 'querystring') continue
    const known = most[place][name]
    const { [name]: _left, ...others } = least[place]
    if (place !== 'path')
      cases.push({ operation, parts: { ...least, [place]: others }, what: `${place}.${name} missing` })
    for (const { what, value } of boundaryValues(schema, schemas, known)) {
      cases.push({ operation, parts: withValue(least, place, name, value), what: `${place}.${name} ${what}` })
    }
  }
  cases.push({
    operation,
    parts: withValue(least, 'query', 'trestle_unknown', 'x'),
    what: 'an unknown query parameter',
  })
  return [...cases, ...bodyCases(operation, most, schemas)]
}

function bodyCases(operation: ReadOperation, most: Parts, schemas: Schemas): readonly TestCase[] {
  const { body } = most
  if (body === undefined) return []
  const cases: TestCase[] = [{ operation, parts: { ...most, body: undefined }, what: 'the body missing' }]
  const replaced = (what: string, changed: PartsBody, isMalformed?: boolean): void =>
    void cases.push({
      operation,
      parts: { ...most, body: changed },
      what,
      ...(isMalformed === true ? { isMalformed } : {}),
    })
  for (const { what, text, type } of malformedBodies(operation, body)) replaced(what, { type, text }, true)
  if ('text' in body) return cases
  const content = operation.body?.contents.find(({ type }) => type === body.type)
  const schema = content?.schema
  if (schema === undefined || !(isJson(body.type) || isForm(body.type))) return cases
  const visit = (
    inner: AnySchema,
    value: unknown,
    name: string,
    put: (changed: unknown) => unknown,
    depth: number,
  ): void => {
    for (const each of boundaryValues(inner, schemas, value)) {
      replaced(`${name} ${each.what}`, { type: body.type, value: put(each.value) })
    }
    if (depth >= deepest) return
    if (isObject(value)) {
      for (const [key, member] of memberSchemas(inner, schemas)) {
        if (!(key in value)) continue
        visit(member, value[key], `${name}.${key}`, (changed) => put({ ...value, [key]: changed }), depth + 1)
      }
    }
  }
  visit(schema, body.value, 'body', (changed) => changed, 1)
  if (isJson(body.type)) replaced('an oversized body', { type: body.type, value: 'x'.repeat(3_000_000) })
  return cases
}

/** The media types in which an operation answers, where it has a choice. */
function replyTypes({ replies }: ReadOperation): readonly string[] {
  const types = replies.filter(({ status }) => status.startsWith('2')).flatMap(({ contents }) => contents)
  const names = [...new Set(types.map(({ type }) => type))].filter((type) => !type.includes('*'))
  return names.length > 1 ? names : []
}

/** Bodies that are none of the type that they say, where the operation takes no others. */
function malformedBodies(
  { body }: ReadOperation,
  sent: PartsBody,
): readonly { readonly what: string; readonly text: string; readonly type: string }[] {
  const types = body?.contents.map(({ type }) => essenceOf(type)) ?? []
  if (body?.required !== true || types.some((type) => type.includes('*'))) return []
  const type = sent.type ?? ''
  const foreign = { what: 'a body of another media type', text: 'trestle', type: 'application/x-trestle-unknown' }
  if (!isJson(type)) return [foreign]
  return [
    { what: 'a body cut off', text: '{"a":', type },
    { what: 'a body that is no JSON', text: '<a/>', type },
    { what: 'a body with a comma too many', text: '{"a":1,}', type },
    foreign,
  ]
}

function withValue(parts: Parts, place: PartPlace, name: string, value: unknown): Parts {
  return { ...parts, [place]: { ...parts[place], [name]: value } }
}
