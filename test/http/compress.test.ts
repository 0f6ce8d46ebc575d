import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { suite, test } from 'node:test'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { z } from 'zod'
import type { Coding } from '../../src/http/compress/compress-settings.ts'
import { get, put, type RestDefaults } from '../../src/http/rest-channel.ts'
import { media } from '../../src/kernel/media.ts'
import { problem } from '../../src/kernel/problem.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { json } from './echo.ts'
import { ask, headerOf, type RawReply } from './raw-connection.ts'
import { serve } from './served.ts'

const decode: Readonly<Record<Coding, (bytes: Uint8Array) => Buffer>> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
}
const all: readonly Coding[] = ['gzip', 'br', 'zstd']

/** A service whose reply is text of so many bytes, at `GET /text`. */
function text(
  bytes: number,
  options: RestDefaults = { compress: true },
  { type = 'text/plain', headers = {} }: { type?: string; headers?: Readonly<Record<string, string>> } = {},
): Service {
  return service({
    name: 'text',
    on: get('/text', options),
    handle: ({ http }) => {
      for (const [name, value] of Object.entries(headers)) http?.setHeader(name, value)
      return media(
        'Grüße '
          .repeat(Math.ceil(bytes / 8))
          .slice(0, bytes - 2 * Math.ceil(bytes / 8))
          .padEnd(1),
        type,
      )
    },
  })
}

const accepting = (coding: string) => ({ 'Accept-Encoding': coding })
const facts = (reply: RawReply): unknown[] => [
  reply.status,
  headerOf(reply, 'content-encoding'),
  headerOf(reply, 'vary'),
]

suite('a reply that shrinks', () => {
  for (const coding of all) {
    for (const [size, kind] of [
      [2000, 'small'],
      [200_000, 'large'],
    ] as const) {
      test(`is sent as ${coding}, ${kind} as it is`, async () => {
        await using served = await serve([text(size)])
        const plain = await ask(served.port, 'GET /text')
        assert.deepEqual(facts(plain), [200, undefined, 'Accept-Encoding'])
        const reply = await ask(served.port, 'GET /text', accepting(coding))
        assert.deepEqual(facts(reply), [200, coding, 'Accept-Encoding'])
        assert.equal(headerOf(reply, 'content-length'), String(reply.body.length))
        assert.ok(reply.body.length < plain.body.length / 5)
        assert.deepEqual(decode[coding](reply.body), plain.body)
        const head = await ask(served.port, 'HEAD /text', accepting(coding))
        assert.deepEqual(
          [...facts(head), headerOf(head, 'content-length')],
          [...facts(reply), String(reply.body.length)],
        )
      })
    }
    test(`is sent as ${coding} by app.fetch`, async () => {
      await using served = await serve([text(2000)])
      const plain = await served.fetch(new Request('http://test/text'))
      const reply = await served.fetch(new Request('http://test/text', { headers: accepting(coding) }))
      assert.equal(reply.headers.get('content-encoding'), coding)
      assert.equal(decode[coding](await reply.bytes()).toString(), await plain.text())
    })
    test(`in parts is sent as ${coding}, each part readable at once`, async () => {
      const asked: (() => void)[] = []
      const waits = Array.from({ length: 3 }, () => {
        const { promise, resolve } = Promise.withResolvers<void>()
        asked.push(resolve)
        return promise
      })
      async function* parts() {
        for (const wait of waits) {
          await wait
          yield 'part '
          yield ''
          yield Buffer.alloc(100_000, 'x')
        }
      }
      const made = service({ name: 's', on: get('/s', { compress: true }), handle: () => media(parts(), 'text/plain') })
      await using served = await serve([made])
      // The client of Node decodes what it reads.
      asked[0]?.()
      const reply = await fetch(`http://127.0.0.1:${served.port}/s`, { headers: accepting(coding) })
      assert.deepEqual([reply.headers.get('content-encoding'), reply.headers.get('content-length')], [coding, null])
      let length = 0
      let next = 1
      for await (const bytes of reply.body ?? []) {
        length += bytes.length
        if (length === next * 100_005) asked[next++]?.()
      }
      assert.equal(length, 300_015)
    })
  }
  test('is sent in the best coding that the client takes, as the channel sees it', async () => {
    await using served = await serve([text(2000, { compress: { encodings: ['gzip', 'br'] } })])
    assert.equal(headerOf(await ask(served.port, 'GET /text', accepting('br, gzip, zstd')), 'content-encoding'), 'gzip')
    assert.equal(headerOf(await ask(served.port, 'GET /text', accepting('zstd')), 'content-encoding'), undefined)
  })
  test('may be a problem', async () => {
    const detail = 'Far too much of it. '.repeat(100)
    const made = service({
      name: 's',
      on: get('/s', { compress: true }),
      handle: () => {
        throw problem('bad_request', detail)
      },
    })
    await using served = await serve([made])
    const reply = await ask(served.port, 'GET /s', accepting('gzip'))
    assert.deepEqual(facts(reply), [400, 'gzip', 'Accept-Encoding'])
    assert.equal(JSON.parse(gunzipSync(reply.body).toString()).detail, detail)
  })
})

suite('a reply is sent as it is', () => {
  const rows: readonly (readonly [why: string, made: Service])[] = [
    ['where the setting is off', text(2000, {})],
    ['where the channel takes back what the app says', text(2000, { compress: false })],
    ['when it is small', text(1000)],
    ['when it is smaller than the channel says', text(2000, { compress: { threshold: 2001 } })],
    ['when its type does not shrink', text(2000, { compress: true }, { type: 'image/png' })],
    ['with no-transform', text(2000, { compress: true }, { headers: { 'Cache-Control': 'max-age=1, no-transform' } })],
    ['when it is coded already', text(2000, { compress: true }, { headers: { 'Content-Encoding': 'x-own' } })],
  ]
  for (const [why, made] of rows) {
    test(why, async () => {
      await using served = await serve([made])
      const plain = await ask(served.port, 'GET /text')
      const reply = await ask(served.port, 'GET /text', accepting('gzip, br, zstd'))
      assert.deepEqual(reply.body, plain.body)
      assert.deepEqual(facts(reply), [200, headerOf(plain, 'content-encoding'), undefined])
    })
  }
  test('when it does not shrink after all', async () => {
    const bytes = Buffer.concat(Array.from({ length: 100 }, (_, at) => hash('sha256', String(at), 'buffer')))
    const made = service({ name: 's', on: get('/s', { compress: true }), handle: () => media(bytes, 'text/plain') })
    await using served = await serve([made])
    for (const coding of all) {
      const reply = await ask(served.port, 'GET /s', accepting(coding))
      assert.deepEqual([...facts(reply), reply.body.length], [200, undefined, 'Accept-Encoding', 3200])
    }
  })
  test('when it is a part', async () => {
    const made = service({
      name: 's',
      on: get('/s', { compress: true }),
      handle: ({ http }) => {
        if (http !== undefined) http.status = 206
        return media('a'.repeat(5000), 'text/plain')
      },
    })
    await using served = await serve([made])
    assert.deepEqual(facts(await ask(served.port, 'GET /s', accepting('gzip'))), [206, undefined, 'Accept-Encoding'])
  })
  test('when there is nothing in it', async () => {
    await using served = await serve([service({ name: 's', on: get('/s', { compress: true }), handle: () => {} })])
    assert.deepEqual(facts(await ask(served.port, 'GET /s', accepting('identity;q=0, gzip'))), [
      204,
      undefined,
      undefined,
    ])
  })
})

test('a small reply is compressed for a client that refuses plain content', async () => {
  await using served = await serve([text(100)])
  const reply = await ask(served.port, 'GET /text', accepting('gzip, identity;q=0'))
  assert.deepEqual(facts(reply), [200, 'gzip', 'Accept-Encoding'])
})

suite('a stream of events', () => {
  async function* events() {
    yield 'data: 1\n\n'
    yield 'data: 2\n\n'
  }
  const streaming = (options: RestDefaults) =>
    service({ name: 's', on: get('/s', options), handle: () => media(events(), 'text/event-stream') })
  test('is left alone', async () => {
    await using served = await serve([streaming({ compress: true })])
    const reply = await fetch(`http://127.0.0.1:${served.port}/s`, { headers: accepting('gzip') })
    assert.deepEqual([reply.headers.get('content-encoding'), await reply.text()], [null, 'data: 1\n\ndata: 2\n\n'])
  })
  test('is compressed where the channel says so', async () => {
    await using served = await serve([streaming({ compress: { eventStreams: true } })])
    const reply = await fetch(`http://127.0.0.1:${served.port}/s`, { headers: accepting('gzip') })
    assert.deepEqual([reply.headers.get('content-encoding'), await reply.text()], ['gzip', 'data: 1\n\ndata: 2\n\n'])
  })
  test('that fails does not look whole', async () => {
    async function* broken() {
      yield 'data: 1\n\n'
      throw new Error('broken')
    }
    const made = service({ name: 's', on: get('/s', { compress: true }), handle: () => media(broken(), 'text/plain') })
    await using served = await serve([made])
    const reply = await fetch(`http://127.0.0.1:${served.port}/s`, { headers: accepting('gzip') })
    await assert.rejects(reply.text())
  })
  test('is let go of when the client goes away', async () => {
    const released = Promise.withResolvers<void>()
    async function* endless() {
      try {
        for (;;) yield 'x'.repeat(10_000)
      } finally {
        released.resolve()
      }
    }
    const made = service({ name: 's', on: get('/s', { compress: true }), handle: () => media(endless(), 'text/plain') })
    await using served = await serve([made])
    const client = new AbortController()
    const reply = await fetch(`http://127.0.0.1:${served.port}/s`, {
      headers: accepting('gzip'),
      signal: client.signal,
    })
    await reply.body?.getReader().read()
    client.abort()
    await released.promise
  })
})

suite('the tag of a compressed reply', () => {
  test('is another than that of the plain one, and is known again', async () => {
    await using served = await serve([text(2000, { compress: true, etag: true })])
    const plain = headerOf(await ask(served.port, 'GET /text'), 'etag') ?? ''
    for (const coding of all) {
      const reply = await ask(served.port, 'GET /text', accepting(coding))
      const tag = headerOf(reply, 'etag') ?? ''
      assert.equal(tag, plain.replace(/"$/, `-${coding}"`))
      const again = await ask(served.port, 'GET /text', { ...accepting(coding), 'If-None-Match': tag })
      assert.deepEqual([...facts(again), headerOf(again, 'etag')], [304, undefined, 'Accept-Encoding', tag])
    }
  })
  test('that is weak stays the same', async () => {
    await using served = await serve([text(2000, { compress: true, etag: 'weak' })])
    const plain = headerOf(await ask(served.port, 'GET /text'), 'etag')
    assert.equal(headerOf(await ask(served.port, 'GET /text', accepting('gzip')), 'etag'), plain)
  })
  test('is good for an update', async () => {
    const change = service({
      name: 'change',
      input: z.object({ a: z.int() }),
      on: put('/text', { ifMatch: 'required' }),
      handle: () => {},
    })
    await using served = await serve([text(2000), change])
    const tag = headerOf(await ask(served.port, 'GET /text', accepting('br')), 'etag') ?? ''
    assert.match(tag, /-br"$/)
    assert.equal((await ask(served.port, 'PUT /text', { ...json, 'If-Match': tag }, '{"a":1}')).status, 204)
  })
  test('goes with kept replies, which are kept plain', async () => {
    await using served = await serve([text(2000, { compress: true, cache: { ttl: 60 } })])
    for (const [coding, mark] of [
      ['gzip', 'Miss'],
      ['br', 'Hit'],
    ] as const) {
      const reply = await ask(served.port, 'GET /text', accepting(coding))
      assert.deepEqual([...facts(reply), headerOf(reply, 'x-cache')], [200, coding, 'Accept-Encoding', mark])
      assert.match(headerOf(reply, 'etag') ?? '', new RegExp(`-${coding}"$`))
    }
    const plain = await ask(served.port, 'GET /text')
    assert.deepEqual([...facts(plain), headerOf(plain, 'x-cache')], [200, undefined, 'Accept-Encoding', 'Hit'])
  })
})

suite('settings that cannot be meant', () => {
  const rows: readonly (readonly [RestDefaults, RegExp])[] = [
    [{ compress: { threshold: -1 } }, /threshold -1/],
    [{ compress: { encodings: [] } }, /no encodings/],
    [{ compress: { encodings: ['deflate' as Coding] } }, /'deflate', which is not known: use zstd, br, gzip/],
  ]
  for (const [options, sentence] of rows) {
    test(`are refused: ${JSON.stringify(options)}`, () => assert.rejects(serve([text(1, options)]), sentence))
  }
})

suite('a kept reply', () => {
  test('is compressed once for each coding, as long as it is kept', async () => {
    let count = 0
    const made = service({
      name: 'made',
      output: z.object({ count: z.int(), text: z.string() }),
      on: get('/made', { compress: true, cache: { ttl: 60 } }),
      handle: () => ({ count: ++count, text: 'again and '.repeat(1000) }),
    })
    await using served = await serve([made])
    const bodies = async (coding: Coding): Promise<ArrayBuffer[]> => {
      const all: ArrayBuffer[] = []
      for (let at = 0; at < 3; at++) {
        const reply = await served.fetch(new Request('http://test/made', { headers: accepting(coding) }))
        assert.equal(reply.headers.get('content-encoding'), coding)
        all.push(await reply.arrayBuffer())
      }
      return all
    }
    for (const coding of all) {
      for (const body of await bodies(coding))
        assert.equal(JSON.parse(decode[coding](new Uint8Array(body)).toString()).count, 1)
    }
    const renewed = { ...accepting('gzip'), 'Cache-Control': 'no-cache' }
    await ask(served.port, 'GET /made', renewed)
    const reply = await ask(served.port, 'GET /made', accepting('gzip'))
    assert.deepEqual([headerOf(reply, 'x-cache'), JSON.parse(gunzipSync(reply.body).toString()).count], ['Hit', 2])
  })
})
