import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get } from '../../src/http/rest-channel.ts'
import { Media, media } from '../../src/kernel/media.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { stream } from '../../src/kernel/stream.ts'
import { RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

const part = randomBytes(64 * 1024)
const total = 10_000 * part.length
/** What the buffers of both sides hold at the most, in bytes. */
const held = 32 * 1024 * 1024

/** Parts of content that can be counted. */
function counted(): { made: number; readonly parts: () => AsyncGenerator<Uint8Array> } {
  const it = {
    made: 0,
    async *parts(): AsyncGenerator<Uint8Array> {
      while (it.made < total) {
        it.made += part.length
        yield part
      }
    },
  }
  return it
}

const binary = 'application/octet-stream'
const kinds: Readonly<Record<string, (it: ReturnType<typeof counted>) => Service>> = {
  'a stream of bytes': ({ parts }) => service({ name: 'a', on: get('/a'), handle: () => media(parts(), binary) }),
  // As a file is, but that it can be counted.
  'content that is stored': ({ parts }) => {
    const stored = async () => ({ type: binary, size: total, etag: '"a"', read: () => parts() })
    const kept = new Media(undefined, binary, { stored })
    return service({ name: 'a', on: get('/a'), handle: () => kept })
  },
  'a stream that is compressed': ({ parts }) =>
    service({ name: 'a', on: get('/a', { compress: true }), handle: () => media(parts(), 'text/plain') }),
  'a stream of items': (it) =>
    service({
      name: 'a',
      output: stream(z.string()),
      on: get('/a'),
      handle: async function* () {
        for await (const bytes of it.parts())
          yield Buffer.from(bytes)
            .toString('latin1')
            .replaceAll(/[^ -~]/g, ' ')
      },
    }),
}

suite('a slow reader holds the source up', () => {
  for (const [what, make] of Object.entries(kinds)) {
    test(`of ${what}, which is never further ahead than the buffers`, async () => {
      const it = counted()
      await using served = await serve([make(it)])
      await using connection = await RawConnection.open(served.port)
      const { socket } = connection
      socket.pause()
      connection.send(requestText('GET /a', { 'Accept-Encoding': 'gzip' }))
      let read = 0
      socket.removeAllListeners('data')
      for (const most of [0, held]) {
        while (read < most) {
          read += (socket.read() as Buffer | null)?.length ?? 0
          await new Promise(setImmediate)
        }
        // It stands still once the buffers of both sides are full.
        let before = -1
        for (let still = 0; still < 200; still = it.made === before ? still + 1 : 0) {
          before = it.made
          await new Promise(setImmediate)
        }
        assert.ok(it.made > read && it.made - read < held, `${it.made} bytes were made, and ${read} were read`)
      }
    })
    test(`of ${what}, for fetch by two parts at the most`, async () => {
      const it = counted()
      await using served = await serve([make(it)])
      const reply = await served.fetch(new Request('http://test/a', { headers: { 'Accept-Encoding': 'gzip' } }))
      const reader = reply.body?.getReader()
      for (let at = 1; at < 20; at++) {
        await reader?.read()
        await new Promise(setImmediate)
        assert.ok(it.made <= (at + 2) * part.length, `${it.made} bytes were made in ${at} reads`)
      }
      await reader?.cancel()
    })
  }
})
