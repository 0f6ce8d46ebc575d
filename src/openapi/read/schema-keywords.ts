import { faultAt } from './document-error.ts'
import { isObject, kindOf, type Place } from './place.ts'

/** How a keyword has its schemas: one, one or a list of them, a list, or by name. */
export const schemaKeywords: Readonly<Record<string, 'one' | 'list' | 'either' | 'named'>> = {
  ...keywords('one', [
    'contains',
    'additionalProperties',
    'propertyNames',
    'unevaluatedItems',
    'unevaluatedProperties',
  ]),
  ...keywords('one', ['additionalItems', 'not', 'if', 'then', 'else', 'contentSchema']),
  ...keywords('list', ['allOf', 'anyOf', 'oneOf', 'prefixItems']),
  ...keywords('named', ['properties', 'patternProperties', 'dependentSchemas']),
  items: 'either',
}

function keywords<T extends string>(how: T, names: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(names.map((name) => [name, how]))
}

/**
 * What is no part of a converted schema: names that its references no longer need, and words for other tools.
 * Extensions are left out too.
 */
export const leftOut: ReadonlySet<string> = new Set([
  ...['$schema', '$id', '$anchor', '$dynamicAnchor', '$comment', '$vocabulary', '$defs', 'definitions', '$ref'],
  ...['$dynamicRef', 'externalDocs', 'nullable', 'example'],
])

const types: ReadonlySet<unknown> = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'])

const numbers = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties']
const bounds = ['minimum', 'maximum', 'multipleOf']

type Check = (value: unknown) => string | undefined

const isTypes: Check = (value) => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  const wrong = list.find((each) => !types.has(each))
  if (list.length > 0 && wrong === undefined) return undefined
  return `is ${JSON.stringify(wrong ?? value)}, which is no type: write one of ${[...types].join(', ')}`
}

const isNames: Check = (value) => {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return undefined
  return typeof value === 'boolean'
    ? `is ${value}: write the list of members that are required, in the object that has them`
    : `is ${kindOf(value)}, not a list of names`
}

const isCount: Check = (value) => {
  return Number.isInteger(value) && Number(value) >= 0 ? undefined : `is ${JSON.stringify(value)}: write a whole number`
}

const isNumber: Check = (value) => {
  return typeof value === 'number' ? undefined : `is ${JSON.stringify(value)}: write a number`
}

const checks: Readonly<Record<string, Check>> = {
  type: isTypes,
  required: isNames,
  enum: (value) => (Array.isArray(value) ? undefined : `is ${kindOf(value)}, not a list of values`),
  pattern: (value) => (typeof value === 'string' ? undefined : `is ${kindOf(value)}: write a regular expression`),
  format: (value) => (typeof value === 'string' ? undefined : `is ${kindOf(value)}, not a text`),
  ...Object.fromEntries(numbers.map((name) => [name, isCount])),
  ...Object.fromEntries(bounds.map((name) => [name, isNumber])),
  discriminator: (value) => {
    return isObject(value) && typeof value.propertyName === 'string' ? undefined : 'has no "propertyName"'
  },
}

/** Throws where the value of a keyword is not what JSON Schema wants there. */
export function checkKeyword(keyword: string, place: Place): void {
  const wrong = Object.hasOwn(checks, keyword) ? checks[keyword]?.(place.value) : undefined
  if (wrong !== undefined) throw faultAt(place, wrong)
}
