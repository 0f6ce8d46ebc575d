import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get } from '../../src/http/rest-channel.ts'
import { media } from '../../src/kernel/media.ts'
import { service } from '../../src/kernel/service.ts'
import { RawConnection, requestText } from './raw-connection.ts'
import { type Served, serve } from './served.ts'

/** A service that sends a Node stream which never ends; `made` is told of each. */
function endless(
  made: (stream: Readable) => void,
  before: (signal: AbortSignal) => Promise<unknown> | undefined = () => undefined,
) {
  return service({
    name: 'endless',
    input: z.object({ status: z.coerce.number().optional() }),
    on: get('/endless', { compress: true, etag: true }),
    handle: async ({ input: { status }, signal }) => {
      await before(signal)
      const stream = new Readable({ read() {} })
      stream.push('x'.repeat(5000))
      made(stream)
      return media(stream, 'text/plain', status === undefined ? {} : { status })
    },
  })
}

/** Hands out each stream that is made, with a promise of its end. */
async function watched(): Promise<{ readonly served: Served; readonly closed: Promise<unknown> }> {
  const { promise, resolve } = Promise.withResolvers<Readable>()
  const served = await serve([endless(resolve)])
  return { served, closed: promise.then((stream) => once(stream, 'close')) }
}

const ask = (query: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  new Request(`http://test/endless${query}`, { method, headers })

suite('a stream that nobody reads is closed', () => {
  const gzip = { 'Accept-Encoding': 'gzip' }
  for (const [why, request, status] of [
    ['the request is HEAD, compressed', ask('', gzip, 'HEAD'), 200],
    ['a condition fails', ask('', { 'If-Match': '"x"' }), 412],
    ['its status is none', ask('?status=700'), 500],
  ] as const) {
    test(`where ${why}`, async () => {
      const { served, closed } = await watched()
      await using _ = served
      assert.equal((await served.fetch(request)).status, status)
      await closed
    })
  }
  for (const headers of [{}, gzip]) {
    test(`where fetch cancels the reply, ${'Accept-Encoding' in headers ? 'compressed' : 'plain'}`, async () => {
      const { served, closed } = await watched()
      await using _ = served
      const reply = await served.fetch(ask('', headers))
      await reply.body?.cancel()
      await closed
    })
    test(`where the client leaves while no part comes, ${'Accept-Encoding' in headers ? 'compressed' : 'plain'}`, async () => {
      const { served, closed } = await watched()
      await using _ = served
      await using connection = await RawConnection.open(served.port)
      connection.send(requestText('GET /endless', headers))
      await once(connection.socket, 'data')
      connection.socket.destroy()
      await closed
      assert.deepEqual(served.errors(), [])
    })
  }
  test('where the client has left before it was there', async () => {
    const { promise, resolve } = Promise.withResolvers<Readable>()
    const running = Promise.withResolvers<void>()
    const late = endless(resolve, (signal) => {
      running.resolve()
      return once(signal, 'abort')
    })
    await using served = await serve([late])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /endless'))
    await running.promise
    connection.socket.destroy()
    await once(await promise, 'close')
  })
})
