import type { Dialect } from './database.ts'
import { quoted } from './quoted.ts'

/** A condition on one column. */
interface Condition {
  readonly column: string
  readonly sign: string
  readonly value: string | null
  /** Joins it with the next one. */
  readonly operator: string
}

/** Conditions that a feature has stored under a name, for an update or delete. */
export interface SqlFilter {
  readonly conditions: readonly Condition[]
}

const signs: ReadonlySet<string> = new Set([
  '=',
  '==',
  '!=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  'LIKE',
  'NOT LIKE',
  'IS',
  'IS NOT',
])
const operators: ReadonlySet<string> = new Set(['', 'AND', 'OR'])

/** The filter with one more condition. @throws Error for a sign or an operator that none knows */
export function withCondition(filter: unknown, condition: Condition): SqlFilter {
  const sign = condition.sign.trim().toUpperCase()
  const operator = condition.operator.trim().toUpperCase()
  if (!signs.has(sign))
    throw new Error(`"${condition.sign}" compares nothing in SQL: use one of ${[...signs].join(', ')}`)
  if (!operators.has(operator)) throw new Error(`"${condition.operator}" joins no conditions: use "and", "or" or ""`)
  const before = isSqlFilter(filter) ? filter.conditions : []
  return { conditions: [...before, { ...condition, sign, operator }] }
}

/** Whether a stored value is a filter. */
export function isSqlFilter(value: unknown): value is SqlFilter {
  return typeof value === 'object' && value !== null && 'conditions' in value && Array.isArray(value.conditions)
}

/** A condition in SQL, with the values for its placeholders. */
export interface WrittenFilter {
  readonly sql: string
  readonly values: readonly (string | null)[]
}

/** The SQL of a filter; its placeholders count on from those before. What is no filter is SQL already. */
export function writtenFilter(filter: unknown, dialect: Dialect, before: number): WrittenFilter {
  if (!isSqlFilter(filter)) return { sql: String(filter), values: [] }
  const values: (string | null)[] = []
  const parts = filter.conditions.map(({ column, sign, value }, index) => {
    const join = index === 0 ? '' : ` ${joinOf(filter, index)} `
    if (value === null) return `${join}${quoted(column)} IS ${/^(!=|<>|IS NOT)$/.test(sign) ? 'NOT ' : ''}NULL`
    values.push(value)
    return `${join}${quoted(column)} ${sign === '==' ? '=' : sign} ${dialect.placeholder(before + values.length)}`
  })
  return { sql: parts.join(''), values }
}

/** The operator that the condition before has said; else that of this one. */
function joinOf({ conditions }: SqlFilter, index: number): string {
  return conditions[index - 1]?.operator || conditions[index]?.operator || 'AND'
}
