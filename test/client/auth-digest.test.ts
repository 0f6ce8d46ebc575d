import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { suite, test } from 'node:test'
import { authLayer } from '../../src/client/auth/auth.ts'
import { digest } from '../../src/client/auth/digest.ts'
import { layered, type OutgoingRequest } from '../../src/client/layer.ts'
import { hurriedTime } from './own-time.ts'
import { outgoing, type PlainServer, plainServer, send } from './sending.ts'

const realm = 'a "quiet" place'.replaceAll('"', '\\"')

interface Guarded {
  readonly algorithm?: 'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess'
  readonly qop?: string
  /** How often a nonce is good. */
  readonly uses?: number
  readonly nextnonce?: boolean
  readonly userhash?: boolean
  readonly before?: string
  readonly stale?: boolean
}

/** A server that lets `Mufasa` in, by a reading of RFC 7616 that shares nothing with the client's. */
function guarded(options: Guarded = {}, username = 'Mufasa', password = 'Circle of Life'): Promise<PlainServer> {
  const { algorithm, qop, uses = Number.POSITIVE_INFINITY, nextnonce = false, userhash = false, before = '' } = options
  const counts = new Map<string, number>()
  const newNonce = (): string => {
    const nonce = `nonce-${counts.size + 1}`
    counts.set(nonce, 0)
    return nonce
  }
  const hash = (text: string): string =>
    createHash(algorithm?.startsWith('SHA-256') ? 'sha256' : 'md5')
      .update(text)
      .digest('hex')

  const verdict = ({ method, url, headers }: IncomingMessage): 'good' | 'stale' | 'bad' => {
    const sent = headers.authorization ?? ''
    const value = (name: string): string =>
      new RegExp(`(?:^|[ ,])${name.replace('*', '\\*')}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^, ]+))`)
        .exec(sent)
        ?.slice(1)
        .find(Boolean) ?? ''
    if (!sent.startsWith('Digest ') || value('uri') !== url || value('realm') !== realm) return 'bad'
    const user = value('username*')
      ? decodeURIComponent(value('username*').replace("UTF-8''", ''))
      : value('username').replace(/\\(.)/g, '$1')
    if (user !== (userhash ? hash(`${username}:${realm}`) : username)) return 'bad'
    const count = counts.get(value('nonce'))
    if (count === undefined) return 'bad'
    const begin = hash(`${username}:${realm}:${password}`)
    const a1 = algorithm?.endsWith('sess') ? hash(`${begin}:${value('nonce')}:${value('cnonce')}`) : begin
    const middle =
      qop === undefined ? value('nonce') : [value('nonce'), value('nc'), value('cnonce'), value('qop')].join(':')
    if (hash(`${a1}:${middle}:${hash(`${method}:${value('uri')}`)}`) !== value('response')) return 'bad'
    if (qop !== undefined && Number.parseInt(value('nc'), 16) !== count + 1) return 'bad'
    if (count >= uses) return 'stale'
    counts.set(value('nonce'), count + 1)
    return 'good'
  }

  return plainServer((request, response) => {
    const found = verdict(request)
    if (found === 'good') {
      if (nextnonce) response.setHeader('Authentication-Info', `nextnonce="${newNonce()}", qop=auth`)
      request.pipe(response)
      return
    }
    const challenge = [`realm="${realm}", nonce="${newNonce()}", opaque="o=p, q"`]
    if (algorithm !== undefined) challenge.push(`algorithm=${algorithm}`)
    if (qop !== undefined) challenge.push(`qop="${qop}"`)
    if (userhash) challenge.push('userhash=true')
    if (found === 'stale' || options.stale) challenge.push('stale=TRUE')
    response.writeHead(401, { 'WWW-Authenticate': `${before}Digest ${challenge.join(', ')}` }).end('refused')
  })
}

function asking(server: PlainServer, username = 'Mufasa', password = 'Circle of Life') {
  const layer = authLayer(digest(username, password), { origin: server.url, time: hurriedTime() })
  const sendAll = layered([layer], send)
  return async (path = '/dir/index.html?a=1', request: Parameters<typeof outgoing>[1] = {}) => {
    const reply = await sendAll(outgoing(`${server.url}${path}`, request))
    return [reply.status, await reply.text()]
  }
}

suite('digest', () => {
  for (const algorithm of [undefined, 'MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess'] as const) {
    for (const qop of ['auth', 'auth-int, auth']) {
      test(`proves who is calling by ${algorithm ?? 'the default'} with qop ${qop}, and counts`, async () => {
        await using server = await guarded({ ...(algorithm && { algorithm }), qop })
        const ask = asking(server)
        assert.deepEqual(await ask(), [200, ''])
        assert.deepEqual(await ask('/other', { method: 'POST', body: 'sent' }), [200, 'sent'])
        assert.deepEqual(await ask('/third'), [200, ''])
        assert.equal(server.requests.length, 4, 'only the first one was refused')
      })
    }
  }
  test('works without qop, as before RFC 2617', async () => {
    await using server = await guarded()
    assert.deepEqual(await asking(server)(), [200, ''])
  })
  test('sends a body again', async () => {
    await using server = await guarded({ qop: 'auth' })
    assert.deepEqual(await asking(server)('/x', { method: 'PUT', body: 'a body' }), [200, 'a body'])
  })
  test('gives the 401 of a body that can be sent only once', async () => {
    await using server = await guarded({ qop: 'auth' })
    const body = { open: () => 'a stream', replayable: false }
    const ask = asking(server)
    assert.deepEqual(await ask('/x', { method: 'PUT', body }), [401, 'refused'])
    assert.deepEqual(await ask('/x', { method: 'PUT', body }), [200, 'a stream'], 'now it knows the answer')
  })
  test('takes a new nonce when the old one is over', async () => {
    await using server = await guarded({ qop: 'auth', uses: 2 })
    const ask = asking(server)
    for (let count = 0; count < 5; count++) assert.deepEqual(await ask(), [200, ''])
    assert.equal(server.requests.length, 5 + 3)
  })
  test('takes the nonce that a reply names for the next request', async () => {
    await using server = await guarded({ qop: 'auth', uses: 1, nextnonce: true })
    const ask = asking(server)
    for (let count = 0; count < 4; count++) assert.deepEqual(await ask(), [200, ''])
    assert.equal(server.requests.length, 5)
  })
  test('gives up on a wrong password, and when every nonce is stale', async () => {
    await using server = await guarded({ qop: 'auth' })
    const ask = asking(server, 'Mufasa', 'wrong')
    assert.deepEqual(await ask(), [401, 'refused'])
    assert.equal(server.requests.length, 2)
    await using busy = await guarded({ qop: 'auth', uses: 0, stale: true })
    assert.deepEqual(await asking(busy)(), [401, 'refused'])
    assert.equal(busy.requests.length, 3)
  })
  test('takes names of any characters, and hides them where it is asked to', async () => {
    for (const name of ['Jäsøn Doe', 'a"b\\c', "it's (me)*"]) {
      await using server = await guarded({ qop: 'auth', algorithm: 'SHA-256' }, name, 'pässword')
      assert.deepEqual(await asking(server, name, 'pässword')(), [200, ''])
    }
    await using hiding = await guarded({ qop: 'auth', algorithm: 'SHA-256', userhash: true })
    assert.deepEqual(await asking(hiding)(), [200, ''])
    assert.doesNotMatch(String(hiding.requests.at(-1)?.headers.authorization), /Mufasa/)
  })
  test('takes the best of several challenges that it knows', async () => {
    const before =
      'Basic realm="x", Digest realm="x", nonce="other", qop="auth", Digest realm="x", nonce="y", algorithm=SHA-512-256, '
    await using server = await guarded({ qop: 'auth', algorithm: 'SHA-256', before })
    assert.deepEqual(await asking(server)(), [200, ''])
  })
  test('gives the 401 of a server that asks for something else', async () => {
    await using server = await plainServer((_, response) =>
      response
        .writeHead(401, { 'WWW-Authenticate': 'Digest realm="x", nonce="y", qop="auth-int", Basic realm="z"' })
        .end(),
    )
    assert.deepEqual(await asking(server)(), [401, ''])
    assert.equal(server.requests.length, 1)
  })
  test('lets parallel requests through, the first ones and those after', async () => {
    await using server = await guarded({ qop: 'auth' })
    const ask = asking(server)
    const replies = await Promise.all(Array.from({ length: 8 }, (_, index) => ask(`/${index}`)))
    assert.deepEqual(new Set(replies.map(([status]) => status)), new Set([200]))
  })
  test('does not answer the challenge of another origin', async () => {
    await using server = await guarded({ qop: 'auth' })
    await using other = await guarded({ qop: 'auth' })
    const layer = authLayer(digest('Mufasa', 'Circle of Life'), { origin: server.url, time: hurriedTime() })
    const seen: OutgoingRequest[] = []
    const reply = await layered([layer], async (request) => {
      seen.push(request)
      return send(request)
    })(outgoing(`${other.url}/x`))
    assert.deepEqual([reply.status, await reply.text(), seen.length], [401, 'refused', 1])
  })
})
