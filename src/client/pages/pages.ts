import { checkItem, type ItemOptions } from '../read/item.ts'
import { addressAfter, type Next, type Page, type PageReply } from './next.ts'
import { valueAt } from './pointer.ts'

/** How a list is read that comes in pages. */
export interface PagesOptions<T> extends ItemOptions<T> {
  /** How to get from one page to the next; by the `Link` header if not given. */
  readonly next?: Next | undefined
  /** Where the items of a page are in its body, as a JSON Pointer or a function; the body itself if not given. */
  readonly items?: string | ((body: unknown) => readonly unknown[]) | undefined
  /** After how many items it ends; all of them if not given. */
  readonly limit?: number | undefined
}

/**
 * The pages of a list, each asked for when it is wanted. With `limit`, the last one is cut short.
 *
 * @throws TypeError where a page has no list of items, or leads to another origin, or to a page that was read before
 * @throws ItemError for an item that does not fit the schema
 */
export async function* eachPage<T = unknown>(
  first: string | URL,
  send: (url: URL) => Promise<PageReply>,
  { next = 'link', items = '', limit = Number.POSITIVE_INFINITY, schema }: PagesOptions<T> = {},
): AsyncGenerator<Page<T>, void, undefined> {
  const seen = new Set<string>()
  let count = 0
  let before: string | undefined
  for (let url: URL | undefined = new URL(first); url !== undefined && count < limit; ) {
    if (seen.has(url.href)) throw loopError(url)
    seen.add(url.href)
    const reply = await send(url)
    const body = await reply.json()
    const all = typeof items === 'function' ? items(body) : valueAt(body, items)
    if (!Array.isArray(all)) {
      throw new TypeError(`The page ${url.href} has no list of items: say where it is with 'items', such as '/items'`)
    }
    // A server that does not know the parameter gives the same page for ever.
    const text = typeof next === 'object' && all.length > 0 ? JSON.stringify(all) : undefined
    if (text !== undefined && text === before) throw loopError(url)
    before = text

    const wanted = all.slice(0, limit - count)
    const checked = await Promise.all(wanted.map((item, index) => checkItem(item, ['Item', count + index + 1], schema)))
    count += all.length
    const page: Page<T> = { url, reply, body, items: checked }
    // The empty page that tells the end of numbered pages is none of them.
    if (all.length > 0 || seen.size === 1 || typeof next !== 'object') yield page
    url = count < limit ? await addressAfter({ ...page, items: all }, next) : undefined
  }
}

/**
 * The items of a list that comes in pages, each page asked for when its first item is wanted; it throws what `eachPage`
 * throws.
 */
export async function* eachItem<T = unknown>(
  first: string | URL,
  send: (url: URL) => Promise<PageReply>,
  options: PagesOptions<T> = {},
): AsyncGenerator<T, void, undefined> {
  for await (const { items } of eachPage(first, send, options)) yield* items
}

function loopError(url: URL): TypeError {
  return new TypeError(`The page ${url.href} was read before: check 'next' and its parameter`)
}
