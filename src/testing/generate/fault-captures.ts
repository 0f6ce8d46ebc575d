import { isJson } from '../openapi/media-type.ts'
import { isObject } from '../openapi/schema-parts.ts'
import type { Step } from './result.ts'

/** A value that the server has chosen, and that a later request sends back. */
export interface Capture {
  /** The step whose reply has the value. */
  readonly at: number
  readonly from: { readonly pointer: string } | { readonly header: string }
  readonly name: string
  /** How a step refers to it. */
  readonly reference: string
  readonly text: string
}

/** Values of replies that later requests have in their paths, and tags that they have in their headers. */
export function capturesOf(steps: readonly Step[]): readonly Capture[] {
  const found: Capture[] = []
  const take = (at: number, from: Capture['from'], text: string): void => {
    const name = `value ${found.length + 1}`
    if (text !== '' && !found.some((each) => each.text === text))
      found.push({ at, from, name, reference: `"#{${name}}"`, text })
  }
  for (const [at, { request, reply }] of steps.entries()) {
    const later = steps.slice(at + 1).map((step) => step.request)
    const { etag } = reply.headers
    if (etag !== undefined && later.some(({ headers }) => Object.values(headers).includes(etag)))
      take(at, { header: 'ETag' }, etag)
    if (!isJson(reply.headers['content-type'] ?? '') || !isJsonText(reply.body)) continue
    const [own, others] = [segmentsOf(request.target), later.flatMap(({ target }) => segmentsOf(target))]
    visitScalars(JSON.parse(reply.body), '', (pointer, value) => {
      const segment = encodeURIComponent(String(value))
      if (others.includes(segment) && !own.includes(segment)) take(at, { pointer }, String(value))
    })
  }
  return found
}

/** Whether a text is JSON. */
export function isJsonText(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function segmentsOf(target: string): readonly string[] {
  return (target.split('?')[0] ?? '').split('/')
}

function visitScalars(value: unknown, pointer: string, visit: (pointer: string, value: string | number) => void): void {
  if (typeof value === 'string' || typeof value === 'number') visit(pointer, value)
  if (!isObject(value)) return
  for (const [name, inner] of Object.entries(value)) {
    visitScalars(inner, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, visit)
  }
}
