import { listOf } from '../values/list-text.ts'
import { pythonLiteral } from '../values/python-literal.ts'
import { isAsGiven, isEqual, jsonOrNothing } from '../values/same.ts'
import type { Row } from './database.ts'

/**
 * Whether rows are what a step gives: the one value, a list with commas for one column or one row, or JSON or a literal of
 * Python for all of them, each row as an object or as a list.
 */
export function isResult(rows: readonly Row[], given: unknown): boolean {
  const lists = rows.map((row) => Object.values(row))
  const candidates = [rows, lists, ...oneColumn(lists), ...oneRow(rows)]
  if (typeof given !== 'string') return candidates.some((each) => isEqual(each, given))
  const literal = literalIn(given)
  const items = listFrom(given)
  return candidates.some(
    (each) =>
      isAsGiven(each, given) ||
      (literal !== undefined && isLike(each, literal.value)) ||
      (Array.isArray(each) && items !== undefined && isLike(each, items)),
  )
}

/** The rows as messages show them: the value alone, where there is one. */
export function resultShown(rows: readonly Row[]): unknown {
  const [first] = rows
  const values = Object.values(first ?? {})
  return rows.length === 1 && values.length === 1 ? values[0] : rows
}

function oneColumn(lists: readonly (readonly unknown[])[]): readonly unknown[] {
  return lists.length > 0 && lists.every((each) => each.length === 1) ? [lists.flat()] : []
}

function oneRow(rows: readonly Row[]): readonly unknown[] {
  const [first] = rows
  if (first === undefined || rows.length > 1) return []
  const values = Object.values(first)
  return values.length === 1 ? [first, values, values[0]] : [first, values]
}

/** Equal, with texts of the step that stand for numbers. */
function isLike(value: unknown, expected: unknown): boolean {
  if (Array.isArray(value) && Array.isArray(expected)) {
    return value.length === expected.length && value.every((each, index) => isLike(each, expected[index]))
  }
  return isAsGiven(value, expected)
}

function literalIn(text: string): { readonly value: unknown } | undefined {
  const json = jsonOrNothing(text)
  if (json !== undefined) return { value: json }
  try {
    return { value: pythonLiteral(text) }
  } catch {
    return undefined
  }
}

function listFrom(text: string): readonly unknown[] | undefined {
  try {
    return listOf(text)
  } catch {
    return undefined
  }
}
