import { mask } from './masked-text.ts'

/** How values are masked. */
export interface MaskingRules {
  /** Whether the value of a member is a secret, by its name. */
  readonly isSecret: (name: string) => boolean
  /** What becomes of a text; it stays as it is if this is not given. */
  readonly text?: (text: string) => string
}

/** Deeper, and beyond so many values, nothing is looked at, and nothing shown. */
const deepest = 12
const mostValues = 20_000

/**
 * The value with `***` in place of what is secret, at any depth; the value itself where there is nothing to mask. What holds
 * itself, lies too deep or cannot be read is named in words.
 */
export function maskedValue(value: unknown, rules: MaskingRules): unknown {
  if (typeof value === 'string') return rules.text?.(value) ?? value
  if (typeof value !== 'object' || value === null) return value
  return inner(value, { ...rules, around: [], left: mostValues })
}

interface Walk extends MaskingRules {
  /** What the value lies in. */
  readonly around: object[]
  left: number
}

function inner(value: unknown, walk: Walk): unknown {
  if (typeof value === 'string') return walk.text === undefined ? value : walk.text(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date || ArrayBuffer.isView(value)) return value
  if (walk.around.includes(value)) return '[circular]'
  if (walk.around.length >= deepest) return '[too deep]'
  walk.around.push(value)
  const masked = holder(value, walk)
  walk.around.pop()
  return masked
}

function holder(value: object, walk: Walk): unknown {
  if (Array.isArray(value)) return list(value, walk)
  if (value instanceof Error) return failure(value, walk)
  if (value instanceof Map) return entries(value, walk)
  if (value instanceof Set) return set(value, walk)
  if ('toJSON' in value && typeof value.toJSON === 'function') return written({ value, toJson: value.toJSON }, walk)
  return record(value, walk)
}

function record(value: object, walk: Walk): unknown {
  let copy: Record<string, unknown> | undefined
  for (const name of Object.keys(value)) {
    const given = read(value, name)
    const masked = member(name, given, walk)
    if (masked === given) continue
    copy ??= { ...readable(value) }
    copy[name] = masked
  }
  return copy ?? value
}

function member(name: string, value: unknown, walk: Walk): unknown {
  if (--walk.left < 0) return '[too large]'
  if (walk.isSecret(name) && isTelling(value)) return mask
  // As `node:http` has them: a name, its value, the next name.
  if (name === 'rawHeaders' && Array.isArray(value))
    return value.map((each, at) => pairedWith(value[at - 1], each, at, walk))
  return inner(value, walk)
}

/** Whether there is anything to hide: that there is no password may be said. */
function isTelling(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && typeof value !== 'boolean'
}

function pairedWith(name: unknown, value: unknown, at: number, walk: Walk): unknown {
  return at % 2 === 1 && typeof name === 'string' ? member(name, value, walk) : inner(value, walk)
}

function list(value: readonly unknown[], walk: Walk): unknown {
  // A list of pairs, as of headers.
  const isPair = value.length === 2 && Array.isArray(walk.around.at(-2))
  let copy: unknown[] | undefined
  for (let at = 0; at < value.length; at++) {
    const given = value[at]
    if (--walk.left < 0) return [...(copy ?? value).slice(0, at), '[too large]']
    const masked = isPair ? pairedWith(value[at - 1], given, at, walk) : inner(given, walk)
    if (masked === given) continue
    copy ??= [...value]
    copy[at] = masked
  }
  return copy ?? value
}

function entries(value: ReadonlyMap<unknown, unknown>, walk: Walk): unknown {
  const masked = [...value].map(([key, given]) => [key, member(String(key), given, walk)] as const)
  return masked.every(([key, given]) => value.get(key) === given) ? value : new Map(masked)
}

function set(value: ReadonlySet<unknown>, walk: Walk): unknown {
  const masked = new Set([...value].map((each) => inner(each, walk)))
  return [...masked].every((each) => value.has(each)) ? value : masked
}

/** An error of the same kind with other texts, so that loggers know it for one. */
function failure(error: Error, walk: Walk): unknown {
  const masked: [name: string, value: unknown][] = []
  let changed = false
  for (const name of Object.getOwnPropertyNames(error)) {
    const given = read(error, name)
    const value = member(name, given, walk)
    changed ||= value !== given
    masked.push([name, value])
  }
  if (!changed) return error
  const enumerable = new Set(Object.keys(error))
  const copy: object = Object.create(Object.getPrototypeOf(error))
  for (const [name, value] of masked) {
    Object.defineProperty(copy, name, { value, enumerable: enumerable.has(name), writable: true, configurable: true })
  }
  return copy
}

function written({ value, toJson }: { readonly value: object; readonly toJson: object }, walk: Walk): unknown {
  let json: unknown
  try {
    json = Reflect.apply(toJson as () => unknown, value, [''])
  } catch {
    return unreadable
  }
  if (json === value) return record(value, walk)
  const masked = inner(json, walk)
  return masked === json ? value : masked
}

const unreadable = '[unreadable]'

function read(value: object, name: string): unknown {
  try {
    return Reflect.get(value, name)
  } catch {
    return unreadable
  }
}

function readable(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(value).map((name) => [name, read(value, name)]))
}
