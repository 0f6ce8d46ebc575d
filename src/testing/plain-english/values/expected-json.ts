import { kindFault } from './kinds.ts'
import { isEqual } from './same.ts'

/** How a value is held against an expected one. */
export interface Comparison {
  /** Whether objects may have members, and lists items, that are not expected. */
  readonly isPartial?: boolean
}

/**
 * Whether a value is as expected, where a text such as `<any string>` or `<anything>` in the expected one stands for all
 * values of a kind.
 */
export function isAsExpected(value: unknown, expected: unknown, { isPartial = false }: Comparison = {}): boolean {
  const placeholder = placeholderOf(expected)
  if (placeholder !== undefined) return placeholder === 'anything' || kindFault(value, placeholder) === undefined
  if (Array.isArray(expected)) return Array.isArray(value) && areItemsAsExpected(value, expected, isPartial)
  if (typeof expected !== 'object' || expected === null) return isEqual(value, expected)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const names = Object.keys(expected)
  if (!isPartial && names.length !== Object.keys(value).length) return false
  return names.every(
    (name) => Object.hasOwn(value, name) && isAsExpected(at(value, name), at(expected, name), { isPartial }),
  )
}

/** The expected value with what was found in place of its placeholders, so that a difference shows only what differs. */
export function filledFrom(value: unknown, expected: unknown): unknown {
  if (placeholderOf(expected) !== undefined) return isAsExpected(value, expected) ? value : expected
  if (Array.isArray(expected)) {
    return expected.map((item, index) => filledFrom(Array.isArray(value) ? value[index] : undefined, item))
  }
  if (typeof expected !== 'object' || expected === null) return expected
  const found = typeof value === 'object' && value !== null ? value : {}
  return Object.fromEntries(Object.entries(expected).map(([name, each]) => [name, filledFrom(at(found, name), each)]))
}

/** Of lists each expected item must be there once, in any place, where the comparison is of a part. */
function areItemsAsExpected(items: readonly unknown[], expected: readonly unknown[], isPartial: boolean): boolean {
  if (!isPartial) {
    return items.length === expected.length && items.every((item, index) => isAsExpected(item, expected[index]))
  }
  const left = [...items]
  return expected.every((each) => {
    const index = left.findIndex((item) => isAsExpected(item, each, { isPartial }))
    if (index !== -1) left.splice(index, 1)
    return index !== -1
  })
}

function placeholderOf(expected: unknown): string | undefined {
  if (typeof expected !== 'string') return undefined
  const [, kind = ''] = /^<(?:any )?([A-Za-z0-9 -]+)>$/.exec(expected) ?? []
  return kind === 'anything' || (/^<any /.test(expected) && kind !== '') ? kind : undefined
}

function at(owner: object, name: string): unknown {
  return Object.hasOwn(owner, name) ? (owner as Readonly<Record<string, unknown>>)[name] : undefined
}
