import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { apiKey } from '../../src/client/auth/api-key.ts'
import { authLayer } from '../../src/client/auth/auth.ts'
import { layered } from '../../src/client/layer.ts'
import { eachItem, eachPage } from '../../src/client/pages/pages.ts'
import { retryLayer } from '../../src/client/retry/retry.ts'
import { hurriedTime } from './own-time.ts'
import { outgoing, plainServer, send } from './sending.ts'

const size = 10

/** A server of a hundred users, who are in the body or behind a `Link`; every third request fails. */
const users = () =>
  plainServer((request, response, number) => {
    if (number % 3 === 0) return void response.writeHead(503, { 'Retry-After': '1' }).end()
    const url = new URL(request.url ?? '', 'http://server')
    const page = Number(url.searchParams.get('page') ?? 1)
    const rows = Array.from({ length: page > 10 ? 0 : size }, (_, index) => ({ id: (page - 1) * size + index + 1 }))
    if (page < 10) response.setHeader('Link', `</?page=${page + 1}>; rel="next", </?page=10>; rel="last"`)
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(rows))
  })

suite('pages over sockets', () => {
  test('are followed through failures, with credentials', async () => {
    await using server = await users()
    const time = hurriedTime()
    const layers = [retryLayer({}, { time }), authLayer(apiKey('x-key', 'k'), { origin: server.url, time })]
    const sendAll = layered(layers, send)
    const schema = z.object({ id: z.int() })
    const items = await Array.fromAsync(eachItem(server.url, (url) => sendAll(outgoing(url)), { schema }))
    assert.deepEqual(
      items.map(({ id }) => id),
      Array.from({ length: 100 }, (_, index) => index + 1),
    )
    assert.equal(server.requests.length, 14)
    assert.ok(server.requests.every(({ headers }) => headers['x-key'] === 'k'))
    assert.deepEqual(time.waited, [1000, 1000, 1000, 1000])
  })
  test('are asked for as far as they are wanted, and by several readers at once', async () => {
    await using server = await plainServer((_, response, number) => {
      response.setHeader('Link', `<?${number}>; rel=next`).end(`[${number}]`)
    })
    const first = async () => {
      for await (const page of eachPage(server.url, (url) => send(outgoing(url)))) return page.items
      return []
    }
    const read = await Promise.all(Array.from({ length: 5 }, first))
    assert.deepEqual(read.flat().sort(), [1, 2, 3, 4, 5])
    assert.equal(server.requests.length, 5)
  })
  test('end with the abort of the caller', async () => {
    const caller = new AbortController()
    await using server = await plainServer((_, response, number) => {
      if (number === 3) return caller.abort(new Error('enough'))
      response.setHeader('Link', `<?${number}>; rel=next`).end(`[${number}]`)
    })
    const seen: unknown[] = []
    const read = async () => {
      const ask = (url: URL) => send(outgoing(url, { signal: caller.signal }))
      for await (const item of eachItem(server.url, ask)) seen.push(item)
    }
    await assert.rejects(read(), /enough/)
    assert.deepEqual(seen, [1, 2])
  })
})
