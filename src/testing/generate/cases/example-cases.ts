import type { ReadOperation } from '../../../openapi/read/read-api.ts'
import { type AnySchema, resolved, type Schemas } from '../../openapi/schema-parts.ts'
import { isWritable } from './body-text.ts'
import type { Parts, PartsBody, TestCase } from './parts.ts'

/** A request for each example of the document, with the rest as it has to be. */
export function exampleCases(operation: ReadOperation, base: Parts, schemas: Schemas): readonly TestCase[] {
  const ofParameters = operation.parameters.flatMap(({ in: place, name, examples, schema }): readonly TestCase[] => {
    if (place === 'querystring') return []
    const shown = [...examples.map((each) => each.value), ...inSchema(schema, schemas)]
    return distinct(shown).map((value) => ({
      operation,
      parts: { ...base, [place]: { ...base[place], [name]: value } },
      what: `the example ${JSON.stringify(value)} of ${place}.${name}`,
    }))
  })
  const ofBodies = (operation.body?.contents ?? []).flatMap(({ type, schema, examples }): readonly TestCase[] => {
    const shown = [...examples, ...inSchema(schema ?? true, schemas).map((value) => ({ name: 'of the schema', value }))]
    return shown.flatMap(({ name, value }): readonly TestCase[] => {
      const body = bodyOf(type, value)
      return body === undefined ? [] : [{ operation, parts: { ...base, body }, what: `the example ${name} of ${type}` }]
    })
  })
  return [{ operation, parts: base, what: 'what has to be given' }, ...ofParameters, ...ofBodies]
}

function bodyOf(type: string, value: unknown): PartsBody | undefined {
  if (isWritable(type)) return { type, value }
  return typeof value === 'string' ? { type, text: value } : undefined
}

function inSchema(schema: AnySchema, schemas: Schemas): readonly unknown[] {
  const { examples } = resolved(schema, schemas)
  return Array.isArray(examples) ? examples : []
}

function distinct(values: readonly unknown[]): readonly unknown[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]))
  return [...seen.values()]
}
