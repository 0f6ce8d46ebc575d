import { isObject } from '../openapi/schema-parts.ts'
import type { PartPlace, Parts, PartsBody, TestCase } from './cases/parts.ts'
import type { Finding, Seen } from './checks/check.ts'
import type { Run } from './run.ts'

const most = 150
const places: readonly PartPlace[] = ['query', 'header', 'cookie']

/** The smallest request that is found by leaving out what the fault does not need, one thing at a time. */
export async function smaller(
  run: Run,
  first: Seen,
  finding: Finding,
): Promise<{ readonly seen: Seen; readonly finding: Finding }> {
  let best = { seen: first, finding }
  let left = most
  for (let again = true; again; ) {
    again = false
    for (const parts of simpler(best.seen.test)) {
      if (left-- <= 0 || run.isOver()) return best
      const seen = await run.ask({ ...best.seen.test, parts })
      const same = seen && run.examine(seen).find(({ check }) => check === finding.check)
      if (seen === undefined || same === undefined || seen.reply.status !== first.reply.status) continue
      best = { seen, finding: same }
      again = true
      break
    }
  }
  return best
}

/** The same values with one of them left out, or one text shorter. */
function* simpler({ parts, isMalformed }: TestCase): Generator<Parts> {
  for (const place of places) {
    for (const name of Object.keys(parts[place])) {
      const { [name]: _left, ...rest } = parts[place]
      yield { ...parts, [place]: rest }
    }
  }
  for (const [name, value] of Object.entries(parts.path)) {
    if (typeof value !== 'string') continue
    for (const text of simplerTexts(value)) if (text !== '') yield { ...parts, path: { ...parts.path, [name]: text } }
  }
  const { body } = parts
  // A malformed body is what the request is about.
  if (body === undefined || isMalformed === true) return
  yield { ...parts, body: undefined }
  for (const changed of simplerBodies(body)) yield { ...parts, body: changed }
}

function* simplerBodies(body: PartsBody): Generator<PartsBody> {
  if ('text' in body) return
  for (const value of simplerValues(body.value, 0)) yield { ...body, value }
}

function* simplerValues(value: unknown, depth: number): Generator<unknown> {
  if (depth > 4) return
  if (typeof value === 'string') yield* simplerTexts(value)
  if (typeof value === 'number') yield* simplerNumbers(value)
  if (Array.isArray(value)) {
    for (const [at] of value.entries()) yield value.filter((_, index) => index !== at)
    return
  }
  if (!isObject(value)) return
  for (const [name, inner] of Object.entries(value)) {
    const { [name]: _left, ...rest } = value
    yield rest
    for (const each of simplerValues(inner, depth + 1)) yield { ...value, [name]: each }
  }
}

function* simplerTexts(text: string): Generator<string> {
  if (text === '') return
  yield text.slice(0, Math.floor(text.length / 2))
  yield text.slice(0, -1)
  yield text.slice(1)
  const plain = 'a'.repeat(text.length)
  if (text !== plain) yield plain
}

/** Nearer to 0, in steps that become smaller. */
function* simplerNumbers(number: number): Generator<number> {
  if (number === 0) return
  if (!Number.isInteger(number)) yield Math.trunc(number)
  let step = Math.trunc(Math.abs(number))
  while (step >= 1) {
    yield number - Math.sign(number) * step
    step = step === 1 ? 0 : Math.ceil(step / 2)
  }
}
