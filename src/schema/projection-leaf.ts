import { sent } from './member.ts'

/** Leaves a value as it is: nothing is declared about it. */
export function keep(value: unknown): unknown {
  return value
}

/** Leaves a value out: it is not declared. */
export function leaveOut(): undefined {
  return undefined
}

/** Projects what can only be a text, a number, a boolean or null: the inside of anything else is not declared. */
export function scalar(value: unknown): unknown {
  if (typeof value === 'function') return undefined
  if (typeof value !== 'object' || value === null) return value
  const plain = sent(value)
  return typeof plain === 'object' && plain !== null ? undefined : plain
}
