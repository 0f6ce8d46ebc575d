/** A value as JSON would have it: what has `toJSON`, such as a date, as that says; undefined for what JSON leaves out. */
export function sentValue(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function') {
    return plainValue(value.toJSON())
  }
  return plainValue(value)
}

function plainValue(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return null
  if (typeof value === 'bigint') throw new TypeError('A bigint cannot be sent: make it a text or a number')
  return typeof value === 'function' || typeof value === 'symbol' ? undefined : value
}
