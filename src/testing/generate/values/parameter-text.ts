import type { ReadParameter } from '../../../openapi/read/read-api.ts'
import { isObject } from '../../openapi/schema-parts.ts'

/** A name and a text, not encoded. */
export type Pair = readonly [name: string, text: string]

/** A parameter as pairs of a query or of cookies, by its style. */
export function parameterPairs({ name, style, explode, contentType }: ReadParameter, value: unknown): readonly Pair[] {
  if (contentType !== undefined) return [[name, JSON.stringify(value)]]
  if (Array.isArray(value)) {
    const texts = value.map(plainText)
    if (explode && (style === 'form' || style === 'cookie')) return texts.map((text) => [name, text])
    return texts.length === 0 ? [] : [[name, texts.join(delimiters[style] ?? ',')]]
  }
  if (isObject(value)) {
    const entries = Object.entries(value)
    if (style === 'deepObject') return entries.map(([key, inner]) => [`${name}[${key}]`, plainText(inner)])
    if (explode) return entries.map(([key, inner]) => [key, plainText(inner)])
    return entries.length === 0
      ? []
      : [[name, entries.flatMap(([key, inner]) => [key, plainText(inner)]).join(delimiters[style] ?? ',')]]
  }
  return [[name, plainText(value)]]
}

const delimiters: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' }

/** A parameter of the path or a header as one text, by its style; each value goes through `encode`. */
export function parameterText(
  { name, style, explode, contentType }: ReadParameter,
  value: unknown,
  encode: (text: string) => string,
): string {
  if (contentType !== undefined) return encode(JSON.stringify(value))
  const values = Array.isArray(value)
    ? value.map((each) => encode(plainText(each)))
    : isObject(value)
      ? Object.entries(value).map(([key, inner]) => `${encode(key)}${explode ? '=' : ','}${encode(plainText(inner))}`)
      : [encode(plainText(value))]
  switch (style) {
    case 'label':
      return `.${values.join(explode ? '.' : ',')}`
    case 'matrix':
      if (Array.isArray(value) && explode) return values.map((each) => `;${name}=${each}`).join('')
      if (isObject(value) && explode) return values.map((each) => `;${each}`).join('')
      return `;${name}=${values.join(',')}`
    default:
      return values.join(',')
  }
}

/** A value inside a parameter as text. */
export function plainText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
