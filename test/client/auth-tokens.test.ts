import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { suite, test } from 'node:test'
import { type Auth, authLayer } from '../../src/client/auth/auth.ts'
import { basic } from '../../src/client/auth/basic.ts'
import { bearer } from '../../src/client/auth/bearer.ts'
import { oauth2 } from '../../src/client/auth/oauth2.ts'
import { TokenError } from '../../src/client/auth/token-error.ts'
import { layered } from '../../src/client/layer.ts'
import { serveExample } from '../examples/served-example.ts'
import { ownTime } from './own-time.ts'
import { outgoing, type PlainServer, plainServer, send } from './sending.ts'

/** A server that takes one token, and gives out tokens at `/token`. */
interface Tokens extends PlainServer {
  good: string
  readonly forms: URLSearchParams[]
  readonly tokenRequests: IncomingMessage[]
}

async function tokenServer(
  answer: (form: URLSearchParams, number: number) => object = (_, number) => ({ access_token: `t${number}` }),
): Promise<Tokens> {
  const forms: URLSearchParams[] = []
  const tokenRequests: IncomingMessage[] = []
  const state = { good: 'none', forms, tokenRequests }
  const server = await plainServer(async (request, response) => {
    if (request.url !== '/token') {
      const isGood = request.headers.authorization === `Bearer ${state.good}`
      response.writeHead(isGood ? 200 : 401).end(isGood ? 'in' : 'out')
      return
    }
    tokenRequests.push(request)
    const form = new URLSearchParams((await Array.fromAsync(request)).join(''))
    forms.push(form)
    const given: { access_token?: string; error?: string } = answer(form, forms.length)
    if (given.access_token !== undefined) state.good = given.access_token
    response.writeHead(given.error === undefined ? 200 : 400, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ token_type: 'bearer', ...given }))
  })
  return Object.assign(state, server)
}

function asking(url: string, auth: Auth, time = ownTime()) {
  const sendAll = layered([authLayer(auth, { origin: url, time })], send)
  return async (request: Parameters<typeof outgoing>[1] = {}) => {
    const reply = await sendAll(outgoing(`${url}/x`, request))
    return [reply.status, await reply.text()]
  }
}

suite('the echo endpoints', () => {
  test('let a user in by name and password, and a token', async () => {
    await using bin = await serveExample('httpbin')
    const status = async (auth: Auth, path: string) => {
      const sendAll = layered([authLayer(auth, { origin: bin.url, time: ownTime() })], send)
      const reply = await sendAll(outgoing(new URL(path, bin.url)))
      await reply.body?.cancel()
      return reply.status
    }
    assert.equal(await status(basic('ada', 'päss'), '/basic-auth/ada/p%C3%A4ss'), 200)
    assert.equal(await status(basic('ada', 'no'), '/basic-auth/ada/pass'), 401)
    assert.equal(await status(bearer('abc'), '/bearer'), 200)
    assert.equal(await status(basic('ada', 'no'), '/bearer'), 401)
  })
})

suite('bearer', () => {
  test('asks a function before each request', async () => {
    await using server = await tokenServer()
    let count = 0
    const ask = asking(
      server.url,
      bearer(async () => `t${++count}`),
    )
    server.good = 't2'
    assert.deepEqual(
      [await ask(), await ask()],
      [
        [401, 'out'],
        [200, 'in'],
      ],
    )
  })
  test('refreshes a token that was refused, once for all parallel requests', async () => {
    await using server = await tokenServer()
    let refreshed = 0
    const refresh = async (): Promise<string> => {
      server.good = `new${++refreshed}`
      return server.good
    }
    const ask = asking(server.url, bearer('old', { refresh }))
    const replies = await Promise.all(Array.from({ length: 6 }, () => ask({ method: 'POST', body: 'x' })))
    assert.deepEqual(new Set(replies.flat()), new Set([200, 'in']))
    assert.deepEqual([refreshed, server.requests.length], [1, 12])
    assert.deepEqual(await ask(), [200, 'in'])
    assert.equal(server.requests.length, 13, 'the new token is used from then on')
  })
  test('gives the second 401 as it is', async () => {
    await using server = await tokenServer()
    assert.deepEqual(await asking(server.url, bearer('old', { refresh: () => 'bad' }))(), [401, 'out'])
    assert.equal(server.requests.length, 2)
  })
  test('fails with the error of the refresh, and tries it again the next time', async () => {
    await using server = await tokenServer()
    let count = 0
    const refresh = (): string => {
      if (++count === 1) throw new Error('no token today')
      server.good = 'new'
      return 'new'
    }
    const ask = asking(server.url, bearer('old', { refresh }))
    await assert.rejects(ask(), /no token today/)
    assert.deepEqual(await ask(), [200, 'in'])
  })
  test('fails all parallel requests with that error, and none of those after it', async () => {
    await using server = await tokenServer()
    let fails = true
    const refresh = async (): Promise<string> => {
      await new Promise((resolve) => setImmediate(resolve))
      if (fails) throw new Error('no token today')
      server.good = 'new'
      return 'new'
    }
    const ask = asking(server.url, bearer('old', { refresh }))
    const replies = await Promise.allSettled(Array.from({ length: 20 }, () => ask()))
    assert.ok(replies.every((reply) => reply.status === 'rejected' && reply.reason.message === 'no token today'))
    fails = false
    assert.deepEqual(await Promise.all([ask(), ask()]), [
      [200, 'in'],
      [200, 'in'],
    ])
  })
  test('does not send a body twice that can be sent once, but knows the token is over', async () => {
    await using server = await tokenServer()
    const refresh = (): string => {
      server.good = 'new'
      return 'new'
    }
    const ask = asking(server.url, bearer('old', { refresh }))
    const body = { open: () => 'once', replayable: false }
    assert.deepEqual(await ask({ method: 'POST', body }), [401, 'out'])
    assert.deepEqual(await ask({ method: 'POST', body }), [200, 'in'])
  })
  test('refreshes a token shortly before it is over', async () => {
    await using server = await tokenServer()
    const time = ownTime()
    let refreshed = 0
    server.good = 't0'
    const refresh = () => {
      server.good = `t${++refreshed}`
      return { token: server.good, expiresAt: new Date(time.now() + 10_000) }
    }
    const ask = asking(server.url, bearer({ token: 't0', expiresAt: time.now() + 60_000 }, { refresh }), time)
    await ask()
    time.pass(29_999)
    await ask()
    assert.equal(refreshed, 0)
    time.pass(1)
    assert.deepEqual(await ask(), [200, 'in'])
    assert.equal(refreshed, 1)
    time.pass(4_999)
    await ask()
    assert.equal(refreshed, 1, 'one that is good for seconds is used for half of them')
    time.pass(1)
    await ask()
    assert.equal(refreshed, 2)
    assert.equal(server.requests.length, 5)
  })
})

suite('oauth2', () => {
  const client = (server: Tokens) => ({ tokenUrl: `${server.url}/token`, clientId: 'me:1', clientSecret: 's e/c' })

  test('gets a token by its own credentials, once for parallel requests, and keeps it', async () => {
    await using server = await tokenServer()
    const ask = asking(server.url, oauth2({ ...client(server), scopes: ['a', 'b'], params: { audience: 'x' } }))
    const replies = await Promise.all(Array.from({ length: 5 }, () => ask()))
    assert.deepEqual(new Set(replies.flat()), new Set([200, 'in']))
    assert.deepEqual(server.forms.map(String), ['grant_type=client_credentials&scope=a+b&audience=x'])
    const [, sent = ''] = server.tokenRequests[0]?.headers.authorization?.split(' ') ?? []
    assert.equal(Buffer.from(sent, 'base64').toString(), 'me%3A1:s+e%2Fc')
  })
  test('sends the secret in the body where that is wanted; a public client has none', async () => {
    await using server = await tokenServer()
    await asking(server.url, oauth2({ ...client(server), clientAuth: 'body' }))()
    await asking(server.url, oauth2({ tokenUrl: `${server.url}/token`, clientId: 'public' }))()
    assert.deepEqual(server.forms.map(String), [
      'grant_type=client_credentials&client_id=me%3A1&client_secret=s+e%2Fc',
      'grant_type=client_credentials&client_id=public',
    ])
    assert.deepEqual(
      server.tokenRequests.map(({ headers }) => headers.authorization),
      [undefined, undefined],
    )
  })
  test('renews shortly before the end, by the refresh token where there is one', async () => {
    await using server = await tokenServer((_, number) => ({
      access_token: `t${number}`,
      expires_in: 3600,
      refresh_token: `r${number}`,
    }))
    const time = ownTime()
    const told: (string | undefined)[] = []
    const settings = { ...client(server), grant: 'password', username: 'ada', password: 'pw' } as const
    const ask = asking(
      server.url,
      oauth2({ ...settings, onToken: ({ refreshToken }) => told.push(refreshToken) }),
      time,
    )
    await ask()
    time.pass(3_569_999)
    await ask()
    assert.equal(server.forms.length, 1)
    time.pass(1)
    assert.deepEqual(await ask(), [200, 'in'])
    assert.deepEqual(server.forms.map(String), [
      'grant_type=password&username=ada&password=pw',
      'grant_type=refresh_token&refresh_token=r1',
    ])
    assert.deepEqual(told, ['r1', 'r2'])
  })
  test('goes back to its own credentials when the refresh token is over', async () => {
    await using server = await tokenServer((form, number) =>
      form.get('grant_type') === 'refresh_token'
        ? { error: 'invalid_grant' }
        : { access_token: `t${number}`, refresh_token: `r${number}` },
    )
    const ask = asking(server.url, oauth2(client(server)))
    await ask()
    server.good = 'revoked'
    assert.deepEqual(await ask(), [200, 'in'])
    assert.deepEqual(
      server.forms.map((form) => form.get('grant_type')),
      ['client_credentials', 'refresh_token', 'client_credentials'],
    )
  })
  test('begins with a refresh token, keeps the newest, and says when it is over', async () => {
    await using server = await tokenServer((form, number) =>
      number < 3
        ? { access_token: `t${number}`, ...(number === 1 && { refresh_token: 'r1' }) }
        : { error: 'invalid_grant', error_description: `${form.get('refresh_token')} is over` },
    )
    const ask = asking(server.url, oauth2({ ...client(server), grant: 'refresh_token', refreshToken: 'r0' }))
    await ask()
    server.good = 'x'
    await ask()
    server.good = 'x'
    await assert.rejects(ask(), (error) => {
      assert.ok(error instanceof TokenError)
      assert.deepEqual([error.status, error.code], [400, 'invalid_grant'])
      assert.match(error.message, /^The token endpoint http.*\/token answered 400 \(invalid_grant: r1 is over\): check/)
      return true
    })
    assert.deepEqual(
      server.forms.map((form) => form.get('refresh_token')),
      ['r0', 'r1', 'r1'],
    )
  })
  test('says what is wrong with what a token endpoint answers', async () => {
    const fault = async (status: number, body: string): Promise<string> => {
      await using server = await plainServer((_, response) => response.writeHead(status).end(body))
      const ask = asking(
        server.url,
        oauth2({ tokenUrl: `${server.url}/token?secret=1`, clientId: 'a', clientSecret: 'hidden' }),
      )
      return await ask().then(
        () => 'no fault',
        (error) => String(error).replace(server.url, ''),
      )
    }
    assert.equal(
      await fault(500, '<html>'),
      'TokenError: The token endpoint /token answered 500: check the client, its grant and its scopes',
    )
    assert.match(await fault(200, '{"error":"bad_verification_code"}'), /answered 200 \(bad_verification_code\)/)
    assert.match(await fault(200, 'access_token=x'), /gave no 'access_token'/)
    assert.match(await fault(200, 'null'), /gave no 'access_token'/)
    assert.match(await fault(200, '{"access_token":"x","token_type":"mac"}'), /token of the type 'mac'/)
    assert.match(await fault(302, ''), /answered 302/)
  })
  test('one caller who gives up leaves the token to the others', async () => {
    const asked = Promise.withResolvers<void>()
    const answer = Promise.withResolvers<void>()
    await using server = await plainServer(async (request, response) => {
      if (request.url === '/token') {
        asked.resolve()
        await answer.promise
        response.end('{"access_token":"t"}')
      } else response.end('in')
    })
    const ask = asking(server.url, oauth2({ tokenUrl: `${server.url}/token`, clientId: 'a' }))
    const caller = new AbortController()
    const left = ask({ signal: caller.signal })
    const stays = ask()
    await asked.promise
    caller.abort(new Error('enough'))
    await assert.rejects(left, /enough/)
    answer.resolve()
    assert.deepEqual(await stays, [200, 'in'])
  })
})
