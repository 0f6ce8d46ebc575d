import { type Arbitrary, constantFrom, oneof, string, stringMatching } from 'fast-check'
import type { JsonSchema } from '../../../schema/schema.ts'
import { numberIn } from '../../openapi/schema-parts.ts'
import { fitting } from './fitting.ts'
import { formatted } from './format-arbitrary.ts'

const longest = 24
const remarkable = ["O'Neil", 'ä€ñ', '日本語', '<b>&amp;</b>', 'a b', '100%', '"', '\\', 'null', '-1', '1e9']

/** Texts that fit. */
export function texts(schema: JsonSchema): Arbitrary<string> {
  const minLength = numberIn(schema, 'minLength') ?? 0
  const maxLength = numberIn(schema, 'maxLength')
  if (maxLength !== undefined && minLength > maxLength) throw new RangeError('no length fits')
  const fits = (text: string): boolean => text.length >= minLength && text.length <= (maxLength ?? Infinity)
  const known = schema.contentEncoding === 'base64' ? formatted('byte') : formatted(schema.format)
  const pattern = typeof schema.pattern === 'string' ? regExp(schema.pattern) : undefined
  if (known !== undefined) {
    return fitting(known, (text) => fits(text) && (pattern === undefined || pattern.test(text)))
  }
  if (pattern !== undefined) return fitting(matching(pattern, maxLength), fits)
  const most = Math.max(minLength, Math.min(maxLength ?? longest, longest))
  const plain = string({ minLength, maxLength: most })
  const others = remarkable.filter(fits)
  return others.length === 0 ? plain : oneof({ weight: 4, arbitrary: plain }, constantFrom(...others))
}

function matching(pattern: RegExp, maxLength: number | undefined): Arbitrary<string> {
  try {
    return stringMatching(pattern, maxLength === undefined ? {} : { maxLength })
  } catch {
    // Of what the library cannot turn round, such as looking ahead, some texts may fit by chance.
    return fitting(string(), (text) => pattern.test(text))
  }
}

function regExp(source: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(source, flags)
    } catch {
      // A pattern may be valid without Unicode only, or not at all; Ajv says so where it matters.
    }
  }
  return undefined
}
