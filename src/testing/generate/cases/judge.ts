import type { ReadBody, ReadOperation, ReadParameter } from '../../../openapi/read/read-api.ts'
import { essenceOf, isJson } from '../../openapi/media-type.ts'
import {
  type AnySchema,
  isObject,
  namedIn,
  resolved,
  type Schemas,
  schemaIn,
  textsIn,
} from '../../openapi/schema-parts.ts'
import { parameterPairs, plainText } from '../values/parameter-text.ts'
import { isForm } from './body-text.ts'
import { isFile } from './file-fields.ts'
import type { Fit, Verdict } from './fit.ts'
import { isReservedHeader, type Parts, type PartsBody } from './parts.ts'
import { undeclaredMembers } from './undeclared.ts'

/** Says whether the document allows a request: the server has to take what is valid, and to refuse what is not. */
export type Judge = (operation: ReadOperation, parts: Parts) => Verdict

/** Makes a judge of requests, who says `unsure` wherever the document leaves a way out. */
export function createJudge(fit: Fit, schemas: Schemas): Judge {
  const judgeText = (schema: AnySchema, value: unknown): Verdict => {
    if (Array.isArray(value)) {
      const items = schemaIn(resolved(schema, schemas), 'items')
      // Of several texts where one is expected, a server may take any; one alone is what it is.
      if (items === undefined) return value.length === 1 ? judgeText(schema, value[0]) : 'unsure'
      const all = value.map((each) => judgeText(items, each))
      if (value.length === 0 || all.includes('unsure')) return 'unsure'
      return all.includes('invalid') ? 'invalid' : fit(schema, value)
    }
    if (isObject(value)) {
      const verdict = fit(schema, value)
      return verdict === 'valid' ? 'valid' : 'unsure'
    }
    const text = plainText(value)
    // An empty text may be taken for nothing, and blanks around another one may be left out.
    if (text === '' || text !== text.trim()) return 'unsure'
    const readings = readingsOf(text).map((reading) => fit(schema, reading))
    // A text that could be one value or another is right when one of them is.
    if (readings.every((each) => each === 'invalid')) return 'invalid'
    return fit(schema, value) === 'valid' && !readings.includes('unsure') ? 'valid' : 'unsure'
  }

  const judgeParameter = (parameter: ReadParameter, parts: Parts): Verdict => {
    if (parameter.in === 'querystring') return 'unsure'
    const values = parts[parameter.in]
    if (!(parameter.name in values)) return parameter.required ? 'invalid' : 'valid'
    const value = values[parameter.name]
    if (parameter.in === 'header' && isReservedHeader(parameter.name)) return 'unsure'
    // A server may take `=null` and an empty list for nothing at all.
    if (value === null || (Array.isArray(value) && parameterPairs(parameter, value).length === 0)) return 'unsure'
    if (parameter.contentType !== undefined) return fit(parameter.schema, value)
    if (hasDelimiter(value)) return 'unsure'
    return judgeText(parameter.schema, value)
  }

  const judgeBody = (declared: ReadBody | undefined, body: PartsBody | undefined): Verdict => {
    if (declared === undefined) return body === undefined ? 'valid' : 'unsure'
    if (body === undefined) {
      const hasForm = declared.contents.some(({ type }) => isJson(type))
      return declared.required ? (hasForm ? 'invalid' : 'unsure') : 'valid'
    }
    if ('text' in body) return 'unsure'
    const content = declared.contents.find(({ type }) => essenceOf(type) === essenceOf(body.type))
    if (content?.schema === undefined) return 'unsure'
    if (isJson(body.type)) {
      const verdict = fit(content.schema, body.value)
      // Some servers refuse members that nothing is said about.
      return verdict === 'valid' && undeclaredMembers(content.schema, body.value, schemas).length > 0
        ? 'unsure'
        : verdict
    }
    if (!isForm(body.type) || !isObject(body.value))
      return fit(content.schema, body.value) === 'valid' ? 'valid' : 'unsure'
    const properties = namedIn(resolved(content.schema, schemas), 'properties')
    const all = Object.entries(body.value).map(([name, value]) => judgeText(properties[name] ?? true, value))
    const { value } = body
    const isMissing = textsIn(resolved(content.schema, schemas), 'required').some((name) => !(name in value))
    if (isMissing || all.includes('invalid')) return 'invalid'
    const hasFile = Object.keys(value).some((name) => isFile(properties[name] ?? true, schemas))
    return hasFile || all.includes('unsure') || fit(content.schema, value) !== 'valid' ? 'unsure' : 'valid'
  }

  return (operation, parts) => {
    const all = [
      ...operation.parameters.map((each) => judgeParameter(each, parts)),
      judgeBody(operation.body, parts.body),
    ]
    if (all.includes('invalid')) return 'invalid'
    return all.includes('unsure') || hasUndeclared(operation, parts) ? 'unsure' : 'valid'
  }
}

/** Nobody says what a server does with a parameter that it does not know. */
function hasUndeclared({ parameters }: ReadOperation, parts: Parts): boolean {
  return (['query', 'header', 'cookie'] as const).some((place) =>
    Object.keys(parts[place]).some((name) => !parameters.some((each) => each.in === place && each.name === name)),
  )
}

/** All values that a server could take a text for. */
function readingsOf(text: string): readonly unknown[] {
  const number = Number(text)
  const readings: unknown[] = [text]
  if (!Number.isNaN(number)) readings.push(number)
  if (/^(true|1|yes|on|t|y)$/i.test(text)) readings.push(true)
  if (/^(false|0|no|off|f|n)$/i.test(text)) readings.push(false)
  if (/^(null|none|nil)$/i.test(text)) readings.push(null)
  return readings
}

/** A text inside a list or object that could be taken for the end of it. */
function hasDelimiter(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((each) => plainText(each) === '' || /[,| ;.]/.test(plainText(each)))
  return (
    isObject(value) &&
    Object.entries(value).some((entry) =>
      entry.some((each) => /[,| ;=]/.test(plainText(each)) || plainText(each) === ''),
    )
  )
}
