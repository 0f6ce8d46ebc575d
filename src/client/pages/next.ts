import { linksByRel, parseLinks } from './links.ts'
import { valueAt } from './pointer.ts'

/** One page of a list. */
export interface Page<T = unknown> {
  /** The address that it was asked for by. */
  readonly url: URL
  /** What it was answered with; its body is read. */
  readonly reply: PageReply
  /** What the reply carries. */
  readonly body: unknown
  /** The items, checked by the schema if there is one. */
  readonly items: readonly T[]
}

/** A reply that carries a page: a `Response`, or anything that can be read like one. */
export interface PageReply {
  /** The address that has answered. */
  readonly url: string
  /** The headers of the reply. */
  readonly headers: Headers
  /** The body as JSON. */
  readonly json: () => Promise<unknown>
}

/**
 * Where the next page is.
 *
 * - `'link'`: where the `Link` header with `rel="next"` leads
 * - `{ url }`: where the member of the body leads that this JSON Pointer names
 * - `{ cursor, param }`: the same address, with that member in the query as `param`
 * - `{ page }`: the same address, with a number in the query as this parameter; from the one that it has, or `from` (1), until a page is empty
 * - `{ offset }`: the same address, with the count of the items so far in the query as this parameter, until a page is empty
 * - a function: where it says; `undefined` after the last page
 */
export type Next =
  | 'link'
  | { readonly url: string }
  | { readonly cursor: string; readonly param: string }
  | { readonly page: string; readonly from?: number }
  | { readonly offset: string }
  | ((page: Page) => string | URL | undefined | Promise<string | URL | undefined>)

/** The address of the page after one; undefined when that was the last. */
export async function addressAfter(page: Page, next: Next): Promise<URL | undefined> {
  const { url, reply, body, items } = page
  if (typeof next === 'function') return resolved(await next(page), page)
  if (next === 'link') {
    const base = reply.url || url
    return sameOrigin(resolved(linksByRel(parseLinks(reply.headers.get('link'), base)).next?.url, page), page)
  }
  if ('url' in next) return sameOrigin(resolved(textAt(body, next.url), page), page)
  if ('cursor' in next) return withParam(url, next.param, textAt(body, next.cursor))
  if (items.length === 0) return undefined
  const [name, from, step] = 'page' in next ? [next.page, next.from ?? 1, 1] : [next.offset, 0, items.length]
  return withParam(url, name, String(Number(url.searchParams.get(name) ?? from) + step))
}

function resolved(to: string | URL | undefined, { url, reply }: Page): URL | undefined {
  return to === undefined || to === '' ? undefined : new URL(to, reply.url || url)
}

/** A server must not send the client, and what it knows, to somebody else. */
function sameOrigin(to: URL | undefined, { url, reply }: Page): URL | undefined {
  if (to === undefined || to.origin === url.origin || to.origin === new URL(reply.url || url).origin) return to
  throw new TypeError(
    `The page after ${url.href} would be at ${to.origin}: if that is right, give 'next' as a function that returns its address`,
  )
}

function textAt(body: unknown, pointer: string): string | undefined {
  const found = valueAt(body, pointer)
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined
}

function withParam(url: URL, name: string, value: string | undefined): URL | undefined {
  if (value === undefined || value === '') return undefined
  const to = new URL(url)
  to.searchParams.set(name, value)
  return to
}
