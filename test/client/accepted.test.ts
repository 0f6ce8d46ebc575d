import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createApp, event, get, service, stream } from 'trestle'
import { client, mock } from 'trestle/client'
import { z } from 'zod'

const ticks = service({
  name: 'ticks',
  input: z.object({ last_event_id: z.int().default(0) }),
  output: stream(z.object({ n: z.int() })),
  on: get('/ticks', { in: { last_event_id: 'header' } }),
  handle: ({ input }) => [event({ n: input.last_event_id + 1 }, { id: String(input.last_event_id + 1) })],
})

suite('a call that is read as events', () => {
  test('asks for events, also where it is made again', async () => {
    await using app = createApp({ services: [ticks], log: 'silent' })
    const { url } = await app.listen({ port: 0 })
    const seen: string[] = []
    for await (const { data } of client(url).get('/ticks').events({ reopen: true, retry: 0 })) {
      if (seen.push(data) === 2) break
    }
    assert.deepEqual(seen, ['{"n":1}', '{"n":2}'])
  })
  test('leaves it to who says what to accept, and all other calls as they are', async () => {
    const server = mock(() => new Response('data: 1\n\n', { headers: { 'content-type': 'text/event-stream' } }))
    const api = client('https://api.example', { fetch: server })
    await Array.fromAsync(api.get('/', { headers: { Accept: 'text/*' } }).events())
    await Array.fromAsync((await api.get('/')).events())
    await api.get('/').text()
    assert.deepEqual(
      server.requests.map(({ headers }) => headers.get('accept')),
      ['text/*', null, null],
    )
  })
})
