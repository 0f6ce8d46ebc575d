import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { ItemError } from '../read/item.ts'
import { eachItem, eachPage, type PagesOptions } from './pages.ts'

const base = 'https://api.example.com/items'

/** Sends to a list of replies by path and query, and keeps what was asked for. */
function listed(replies: Readonly<Record<string, unknown>>, links: Readonly<Record<string, string>> = {}) {
  const asked: string[] = []
  const send = async (url: URL) => {
    const path = `${url.pathname}${url.search}`
    asked.push(path)
    const link = links[path]
    return Response.json(replies[path] ?? [], { headers: link === undefined ? {} : { Link: link } })
  }
  const all = (options: PagesOptions<unknown> = {}, first = base) => Array.fromAsync(eachItem(first, send, options))
  return { asked, send, all }
}

/** Numbers from 0 up, in pages, as a server with numbered pages or offsets gives them. */
function counting(count: number, size: number) {
  const asked: string[] = []
  const numbers = Array.from({ length: count }, (_, index) => index)
  const send = async (url: URL) => {
    asked.push(url.search)
    const { page, offset } = Object.fromEntries(url.searchParams)
    const from = offset === undefined ? (Number(page ?? 1) - 1) * size : Number(offset)
    return Response.json({ data: { rows: numbers.slice(from, from + size) } })
  }
  return { asked, send, numbers }
}

suite('pages', () => {
  const links = { '/items': '<?p=2>; rel=next', '/items?p=2': '<https://api.example.com/items?p=3>; rel="next"' }
  const replies = { '/items': [1, 2], '/items?p=2': [3], '/items?p=3': [4, 5] }

  test('follow the Link header if nothing else is said', async () => {
    const list = listed(replies, links)
    assert.deepEqual(await list.all(), [1, 2, 3, 4, 5])
    assert.deepEqual(list.asked, ['/items', '/items?p=2', '/items?p=3'])
  })
  test('are asked for when they are wanted', async () => {
    const list = listed(replies, links)
    for await (const item of eachItem(base, list.send)) {
      if (item === 3) break
      assert.deepEqual(list.asked, ['/items'])
    }
    assert.deepEqual(list.asked, ['/items', '/items?p=2'])
  })
  test('end at the limit, without a request too many', async () => {
    const list = listed(replies, links)
    assert.deepEqual(await list.all({ limit: 2 }), [1, 2])
    assert.deepEqual(list.asked, ['/items'])
    assert.deepEqual(await list.all({ limit: 4 }), [1, 2, 3, 4])
    assert.deepEqual(await list.all({ limit: 0 }), [])
    assert.equal(list.asked.length, 4)
  })
  test('have their address, reply, body and items', async () => {
    const list = listed(replies, links)
    const pages = await Array.fromAsync(eachPage(base, list.send, { limit: 4 }))
    assert.deepEqual(
      pages.map(({ url, body, items, reply }) => [url.search, body, items, reply.headers.has('link')]),
      [
        ['', [1, 2], [1, 2], true],
        ['?p=2', [3], [3], true],
        ['?p=3', [4, 5], [4], false],
      ],
    )
  })
  test('follow an address in the body', async () => {
    const list = listed({
      '/items': { results: [1], paging: { 'next/url': '/items?after=1' } },
      '/items?after=1': { results: [2], paging: { 'next/url': null } },
    })
    assert.deepEqual(await list.all({ items: '/results', next: { url: '/paging/next~1url' } }), [1, 2])
  })
  test('follow a cursor, and keep the rest of the query', async () => {
    const list = listed({
      '/items?size=2': { items: [1, 2], next: 'a b' },
      '/items?size=2&cursor=a+b': { items: [3], next: 7 },
      '/items?size=2&cursor=7': { items: [], next: '' },
    })
    const next = { cursor: '/next', param: 'cursor' } as const
    assert.deepEqual(await list.all({ items: '/items', next }, `${base}?size=2`), [1, 2, 3])
    assert.equal(list.asked.length, 3)
  })
  test('count up until one is empty, which is none of them', async () => {
    const { asked, send, numbers } = counting(7, 3)
    const options = { items: '/data/rows', next: { page: 'page' } } as const
    const pages = await Array.fromAsync(eachPage(base, send, options))
    assert.deepEqual(
      pages.flatMap(({ items }) => items),
      numbers,
    )
    assert.deepEqual([pages.length, asked], [3, ['', '?page=2', '?page=3', '?page=4']])
    const from = await Array.fromAsync(eachItem(`${base}?page=3`, send, options))
    assert.deepEqual(from, [6])
    const zero: string[] = []
    const sendZero = async ({ search }: URL) => {
      zero.push(search)
      return Response.json(zero.length < 3 ? [zero.length] : [])
    }
    await Array.fromAsync(eachItem(base, sendZero, { next: { page: 'p', from: 0 } }))
    assert.deepEqual(zero, ['', '?p=1', '?p=2'])
  })
  test('count items until one is empty', async () => {
    const { asked, send, numbers } = counting(7, 3)
    const items = await Array.fromAsync(eachItem(base, send, { items: '/data/rows', next: { offset: 'offset' } }))
    assert.deepEqual(items, numbers)
    assert.deepEqual(asked, ['', '?offset=3', '?offset=6', '?offset=7'])
  })
  test('an empty list is one empty page', async () => {
    const { asked, send } = counting(0, 3)
    const pages = await Array.fromAsync(eachPage(base, send, { items: '/data/rows', next: { page: 'page' } }))
    assert.deepEqual([pages.length, asked.length], [1, 1])
  })
  test('go where a function says, to another origin too', async () => {
    const seen: string[] = []
    const send = async (url: URL) => {
      seen.push(url.href)
      return Response.json([seen.length])
    }
    const next: PagesOptions<unknown>['next'] = async ({ items }) =>
      items[0] === 1 ? 'https://other.example/2' : undefined
    assert.deepEqual(await Array.fromAsync(eachItem(base, send, { next })), [1, 2])
    assert.deepEqual(seen, [base, 'https://other.example/2'])
  })
  test('do not go to another origin because a server says so', async () => {
    const list = listed({}, { '/items': '<https://evil.example/items>; rel=next' })
    await assert.rejects(
      list.all(),
      /The page after https:\/\/api\.example\.com\/items would be at https:\/\/evil\.example: if/,
    )
    const body = listed({ '/items': { next: 'http://api.example.com/items?2', items: [] } })
    await assert.rejects(
      body.all({ items: '/items', next: { url: '/next' } }),
      /would be at http:\/\/api\.example\.com/,
    )
  })
  test('go on at the origin that has answered after a redirect', async () => {
    const seen: string[] = []
    const send = async (url: URL) => {
      seen.push(url.href)
      const headers = new Headers(seen.length === 1 ? { Link: '</items?2>; rel=next' } : {})
      return { url: url.href.replace('http:', 'https:'), headers, json: async () => [seen.length] }
    }
    assert.deepEqual(await Array.fromAsync(eachItem('http://api.example.com/items', send)), [1, 2])
    assert.deepEqual(seen, ['http://api.example.com/items', 'https://api.example.com/items?2'])
  })
  test('do not go in circles', async () => {
    const around = listed(
      { '/items': [1], '/items?2': [2] },
      { '/items': '<?2>; rel=next', '/items?2': '<items>; rel=next' },
    )
    await assert.rejects(around.all(), /^TypeError: The page https:\/\/api\.example\.com\/items was read before/)
    assert.equal(around.asked.length, 2)
    const deaf = async () => Response.json([1, 2])
    await assert.rejects(Array.fromAsync(eachItem(base, deaf, { next: { page: 'page' } })), /\?page=2 was read before/)
    const same = async () => Response.json({ items: [1], next: 'c' })
    const options = { items: '/items', next: { cursor: '/next', param: 'c' } } as const
    await assert.rejects(Array.fromAsync(eachItem(base, same, options)), /was read before/)
  })
  test('say where items are missing', async () => {
    const list = listed({ '/items': { data: [1] } })
    await assert.rejects(list.all(), /has no list of items: say where it is with 'items'/)
    await assert.rejects(list.all({ items: '/rows' }), /has no list of items/)
    assert.deepEqual(await list.all({ items: (body) => [Object.keys(Object(body)).length] }), [1])
  })
  test('are checked item by item, before any of a page is given', async () => {
    const list = listed({ '/items': [{ id: '1' }], '/items?p=2': [{ id: '2' }, {}] }, links)
    const seen: number[] = []
    const schema = z.object({ id: z.string().transform(Number) })
    const read = async () => {
      for await (const { id } of eachItem(base, list.send, { schema })) seen.push(id)
    }
    await assert.rejects(read(), (error) => {
      assert.ok(error instanceof ItemError)
      assert.match(error.message, /^Item 3 does not fit the schema: id: /)
      return true
    })
    assert.deepEqual(seen, [1])
  })
  test('fail with what sending fails with', async () => {
    const send = async (): Promise<Response> => {
      throw new Error('refused')
    }
    await assert.rejects(Array.fromAsync(eachItem(base, send)), /refused/)
  })
})
