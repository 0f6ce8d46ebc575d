import { toSchema, toSchemaList } from './reference.ts'
import type { JsonSchema } from './schema.ts'
import { type Alternative, alternativesOf } from './text-alternative.ts'
import { isTextFailure, TextFailure } from './text-failure.ts'
import { type ReadOne, readString } from './text-scalar.ts'

export { isTextFailure, TextFailure } from './text-failure.ts'

/** Reads the text, or the repeated texts, of one member: its value, or a {@link TextFailure}. */
export type ReadText = (text: string | readonly string[]) => unknown

type ReadMany = (texts: readonly string[]) => unknown

const repeated = new TextFailure('repeated', 'must be given once')

/**
 * Compiles a reader of text by declared type, for path, query, header, cookie and form members.
 *
 * Integers, numbers and booleans are read by their grammar, strings stay as they are, lists take repeated texts (one
 * text is a list of one), objects and lists in lists are JSON text, and the text `null` is null unless any string is
 * allowed too. Of several types the first one that takes the text wins, strings after others, and lists last.
 *
 * @param schema may be a `$ref` into `root`.
 * @throws SchemaError when a `$ref` points at nothing.
 * @example
 * const read = textReader({ type: 'integer' }, {})
 * read('42')         // 42
 * read('4 2')        // TextFailure { code: 'invalid_type', message: 'must be an integer' }
 * read(['1', '2'])   // TextFailure { code: 'repeated', message: 'must be given once' }
 */
export function textReader(schema: JsonSchema, root: JsonSchema): ReadText {
  const alternatives = alternativesOf(schema, root, false)
  const lists = alternatives.filter(({ type }) => type === 'array')
  const others = alternatives.filter(({ type }) => type !== 'array')
  const takesAll = others.some(({ type }) => type === 'any')
  const readMany = lists.length > 0 ? manyReader(lists, root) : takesAll ? readAsGiven : readRepeated
  const readOne = oneReader(others, lists.length > 0 ? readMany : undefined)
  return (text) => {
    if (typeof text === 'string') return readOne(text)
    const [only] = text
    return text.length === 1 && only !== undefined ? readOne(only) : readMany(text)
  }
}

function readAsGiven(texts: readonly string[]): unknown {
  return texts
}

function readRepeated(): unknown {
  return repeated
}

function oneReader(alternatives: readonly Alternative[], readMany: ReadMany | undefined): ReadOne {
  if (readMany === undefined) return scalarReader(alternatives)
  if (alternatives.length === 0) return (text) => readMany([text])
  const readOne = scalarReader(alternatives)
  return (text) => {
    const value = readOne(text)
    if (!isTextFailure(value)) return value
    const list = readMany([text])
    return isTextFailure(list) ? value : list
  }
}

function manyReader(lists: readonly Alternative[], root: JsonSchema): ReadMany {
  const readers = lists.map(({ schema }) => listReader(schema, root))
  return (texts) => {
    let failure: TextFailure | undefined
    for (const read of readers) {
      const value = read(texts)
      if (!isTextFailure(value)) return value
      failure ??= value
    }
    return failure ?? repeated
  }
}

function listReader(schema: JsonSchema, root: JsonSchema): ReadMany {
  const prefix = toSchemaList(schema.prefixItems).map((item) => itemReader(item, root))
  const readRest = itemReader(toSchema(schema.items ?? true), root)
  return (texts) => {
    const values: unknown[] = []
    for (let i = 0; i < texts.length; i++) {
      const value = (prefix[i] ?? readRest)(texts[i] ?? '')
      if (isTextFailure(value)) return new TextFailure(value.code, value.message, `/${i}`)
      values.push(value)
    }
    return values
  }
}

function itemReader(schema: JsonSchema, root: JsonSchema): ReadOne {
  return scalarReader(alternativesOf(schema, root, true))
}

function scalarReader(alternatives: readonly Alternative[]): ReadOne {
  const [only] = alternatives
  if (only === undefined) return readString
  if (alternatives.length === 1) return only.read
  const strings = alternatives.filter(isText)
  const anyString = strings.some(({ members }) => members === undefined)
  const others = alternatives.filter((one) => !isText(one) && !(anyString && one.type === 'null'))
  const failure = new TextFailure('invalid_type', `must be ${[...new Set(others.map(wordOf))].join(' or ')}`)
  return (text) => {
    let outOfRange: TextFailure | undefined
    for (const { read, members } of others) {
      const value = read(text)
      if (isTextFailure(value)) {
        if (value.code !== 'invalid_type') outOfRange ??= value
      } else if (members === undefined || members.includes(value)) {
        return value
      }
    }
    return strings.length > 0 ? text : (outOfRange ?? failure)
  }
}

function isText({ type }: Alternative): boolean {
  return type === 'string' || type === 'any'
}

const words: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'an integer',
  member: 'one of the allowed values',
  null: 'null',
  number: 'a number',
  object: 'an object',
}

function wordOf({ type }: Alternative): string {
  return words[type] ?? type
}
