import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { any, createApp, get, post, StartupError, service, stream, websocket } from '../../src/index.ts'
import { silentLogger } from '../../src/kernel/logger.ts'
import { serveApp } from './app-served.ts'
import { ask, askJson, headerOf, jsonOf } from './raw-connection.ts'

const seen = service({
  name: 'seen',
  output: z.object({ path: z.string(), url: z.string(), prefix: z.string() }),
  on: any('/seen/{rest*}', {}),
  input: z.object({ rest: z.string() }),
  handle: ({ http }) => ({ path: http?.path ?? '', url: http?.url ?? '', prefix: http?.prefix ?? '' }),
})
const links = service({
  name: 'links',
  on: post('/links'),
  handle: ({ http }) => {
    http?.setHeader('Location', '/seen/1')
    http?.setHeader('Link', '</seen/2>; rel="next", <https://e.test/x>; rel="help"')
    http?.setHeader('Set-Cookie', 'a=1; Path=/seen; HttpOnly')
  },
})
const root = service({ name: 'root', output: z.string(), on: get('/'), handle: () => 'inner root' })
const own = service({ name: 'own', output: z.string(), on: get('/legacy/own'), handle: () => 'outer' })
const make = (options: Partial<Parameters<typeof createApp>[0]> = {}): ReturnType<typeof createApp> =>
  createApp({ title: 'Inner', services: [seen, links, root], log: silentLogger, ...options })

suite('a mounted app', () => {
  test('answers what is below its prefix, and sees it without', async () => {
    await using served = await serveApp({ services: [own], mount: { '/legacy': make() } })
    const reply = await ask(served.port, 'GET /legacy/seen/a/b?x=1')
    assert.deepEqual(jsonOf(reply), { path: '/seen/a/b', url: '/seen/a/b?x=1', prefix: '/legacy' })
    for (const path of ['/legacy', '/legacy/', '/legacy?x=1']) {
      assert.equal((await ask(served.port, `GET ${path}`)).body.toString(), '"inner root"', path)
    }
    assert.equal((await ask(served.port, 'GET /legacyx/seen/a')).status, 404)
    assert.equal((await ask(served.port, 'GET /seen/a')).status, 404)
    const fetched = await served.app.fetch(new Request('http://test/legacy/seen/c'))
    assert.deepEqual(await fetched.json(), { path: '/seen/c', url: '/seen/c', prefix: '/legacy' })
  })
  test('gives way to channels of the outer app at the same path, for whatever method', async () => {
    const inner = make({
      services: [service({ name: 'i', output: z.string(), on: any('/own'), handle: () => 'inner' })],
    })
    await using served = await serveApp({ services: [own], mount: { '/legacy': inner } })
    assert.equal((await ask(served.port, 'GET /legacy/own')).body.toString(), '"outer"')
    assert.equal((await ask(served.port, 'PUT /legacy/own')).status, 405)
  })
  test('gets its prefix back in the headers that lead to it', async () => {
    await using served = await serveApp({ services: [], mount: { '/legacy': make() } })
    const reply = await askJson(served.port, 'POST /legacy/links', {})
    assert.equal(headerOf(reply, 'Location'), '/legacy/seen/1')
    assert.equal(headerOf(reply, 'Link'), '</legacy/seen/2>; rel="next", <https://e.test/x>; rel="help"')
    assert.equal(headerOf(reply, 'Set-Cookie'), 'a=1; Path=/legacy/seen; HttpOnly')
  })
  test('has its own errors, health and documentation', async () => {
    await using served = await serveApp({
      title: 'Outer',
      services: [own],
      mount: { '/legacy': make({ errors: 'simple' }) },
    })
    assert.deepEqual(Object.keys(jsonOf(await ask(served.port, 'GET /legacy/none'))), ['error'])
    assert.equal(jsonOf(await ask(served.port, 'GET /none')).code, 'route_not_found')
    assert.equal((await ask(served.port, 'GET /legacy/health/live')).status, 200)
    assert.match((await ask(served.port, 'GET /legacy/docs')).body.toString(), /<title>[^<]*Inner/)
    const inner = JSON.parse((await ask(served.port, 'GET /legacy/openapi.json')).body.toString())
    assert.deepEqual(inner.servers, [{ url: '/legacy' }])
    const outer = JSON.parse((await ask(served.port, 'GET /openapi.json')).body.toString())
    assert.deepEqual(Object.keys(outer.paths), ['/legacy/own'])
  })
  test('may be mounted twice, and inside a mounted one', async () => {
    const inner = make()
    const middle = createApp({ services: [], log: silentLogger, mount: { '/in': inner } })
    await using served = await serveApp({ services: [], mount: { '/a': inner, '/b': middle, '/a/deep': inner } })
    for (const prefix of ['/a', '/b/in', '/a/deep']) {
      const reply = await ask(served.port, `GET ${prefix}/seen/x`)
      assert.deepEqual(jsonOf(reply), { path: '/seen/x', url: '/seen/x', prefix })
      assert.equal(headerOf(await askJson(served.port, `POST ${prefix}/links`, {}), 'Location'), `${prefix}/seen/1`)
    }
  })
  test('is told of with the whole path', async () => {
    const paths: string[] = []
    await using served = await serveApp({
      services: [],
      mount: { '/legacy': make() },
      onReply: ({ path }) => void paths.push(path),
    })
    const reply = await ask(served.port, 'GET /legacy/none')
    assert.equal(jsonOf(reply).detail, 'Nothing is served at /legacy/none')
    assert.equal(jsonOf(reply).type, '/legacy/docs/errors/route_not_found')
    await served.app.close()
    assert.deepEqual(paths, ['/legacy/none'])
  })
  test('redirects to its declared path below the prefix', async () => {
    await using served = await serveApp({ services: [], mount: { '/legacy': make({ trailingSlash: 'redirect' }) } })
    const reply = await ask(served.port, 'POST /legacy/links/?x=1')
    assert.deepEqual([reply.status, headerOf(reply, 'Location')], [308, '/legacy/links?x=1'])
  })
  test('has its WebSocket channels below the prefix', async () => {
    const echo = service({
      name: 'echo',
      incoming: z.string(),
      output: stream(z.string()),
      on: websocket('/echo'),
      handle: async function* ({ incoming }) {
        for await (const text of incoming) yield text.toUpperCase()
      },
    })
    const middle = createApp({ services: [], log: silentLogger, mount: { '/in': make({ services: [echo] }) } })
    await using served = await serveApp({ services: [], mount: { '/out': middle } })
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}/out/in/echo`)
    await once(socket, 'open')
    socket.send('"hello"')
    const [message] = await once(socket, 'message')
    assert.equal(message.data, '"HELLO"')
    socket.close()
    await once(socket, 'close')
  })
  test('is closed with the outer app', async () => {
    const inner = make()
    const outer = createApp({ services: [], log: silentLogger, mount: { '/a': inner, '/b': inner } })
    await outer.close()
    await assert.rejects(inner.listen({ port: 0 }), /stopped/)
  })
})

suite('a mounted handler', () => {
  test('gets the request as a web request, with the path below the prefix', async () => {
    const handler = async (asked: Request): Promise<Response> => {
      const { pathname, search } = new URL(asked.url)
      const about = {
        method: asked.method,
        path: pathname + search,
        a: asked.headers.get('x-a'),
        body: await asked.text(),
      }
      const headers = new Headers({ Location: '/next', 'Content-Type': 'application/json' })
      for (const cookie of ['a=1', 'b=2']) headers.append('Set-Cookie', cookie)
      return new Response(JSON.stringify(about), { status: 201, headers })
    }
    await using served = await serveApp({ services: [], mount: { '/hono': handler } })
    const init = { method: 'PATCH', headers: { 'X-A': '1', 'X-Correlation-ID': 'abc-12345678' }, body: 'text' }
    const socket = await fetch(`http://127.0.0.1:${served.port}/hono/x?y=1`, init)
    const direct = await served.app.fetch(new Request('http://test/hono/x?y=1', init))
    for (const reply of [socket, direct]) {
      assert.equal(reply.status, 201)
      assert.deepEqual(reply.headers.getSetCookie(), ['a=1', 'b=2'])
      assert.equal(reply.headers.get('Location'), '/hono/next')
      assert.equal(reply.headers.get('X-Correlation-ID'), 'abc-12345678')
      assert.deepEqual(await reply.json(), { method: 'PATCH', path: '/x?y=1', a: '1', body: 'text' })
    }
  })
  test('sees the whole path when it keeps the prefix', async () => {
    const handler = (asked: Request): Response => new Response(`${asked.method} ${new URL(asked.url).pathname}`)
    await using served = await serveApp({ services: [], mount: { '/auth': { fetch: handler, keepPrefix: true } } })
    const reply = await served.app.fetch(new Request('http://test/auth/login', { method: 'POST', body: 'x' }))
    assert.equal(await reply.text(), 'POST /auth/login')
  })
  test('streams both ways', async () => {
    const { promise: first, resolve } = Promise.withResolvers<string>()
    const handler = (asked: Request): Response => {
      const shout = new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, out) => {
          const text = Buffer.from(chunk).toString()
          resolve(text)
          out.enqueue(Buffer.from(text.toUpperCase()))
        },
      })
      return new Response(asked.body?.pipeThrough(shout) ?? null)
    }
    await using served = await serveApp({ services: [], mount: { '/up': handler } })
    const client = request({ port: served.port, host: '127.0.0.1', path: '/up', method: 'POST' })
    client.write('one ')
    // The first part is answered before the last one is sent.
    const [response] = await once(client, 'response')
    const [part] = await once(response, 'data')
    assert.equal(await first, 'one ')
    assert.equal(String(part), 'ONE ')
    client.end('two')
    let rest = ''
    for await (const chunk of response) rest += chunk
    assert.equal(rest, 'TWO')
  })
  test('is told when the client goes away', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<AbortSignal>()
    const handler = (asked: Request): Promise<Response> => {
      begin(asked.signal)
      return new Promise((_, reject) => {
        asked.signal.addEventListener('abort', () => reject(asked.signal.reason))
      })
    }
    await using served = await serveApp({ services: [], mount: { '/slow': handler } })
    const client = request({ port: served.port, host: '127.0.0.1', path: '/slow' })
    client.on('error', () => {})
    client.end()
    const signal = await begun
    const aborted = signal.aborted ? undefined : once(signal, 'abort')
    client.destroy()
    await aborted
    assert.equal(signal.aborted, true)
  })
  test('that fails is an internal error, and HEAD has no body', async () => {
    const handlers = {
      '/bad': (): Response => {
        throw new Error('secret')
      },
      '/head': (): Response => new Response('body', { headers: { 'Content-Length': '4' } }),
    }
    await using served = await serveApp({ services: [], mount: handlers })
    const bad = await ask(served.port, 'GET /bad')
    assert.equal(bad.status, 500)
    assert.doesNotMatch(bad.body.toString(), /secret/)
    // The pages of the codes are the outer app's.
    assert.equal(jsonOf(bad).type, '/docs/errors/internal_error')
    assert.equal(headerOf(await ask(served.port, 'HEAD /head'), 'Content-Length'), '4')
  })
  for (const [what, line, headers, status, code] of [
    ['for TRACE, which a web request cannot say', 'TRACE /kept/a', {}, 501, 'not_implemented'],
    ['for a host that no URL has', 'GET /kept/a', { Host: '1.2.3.4.5' }, 400, 'malformed_request'],
    ['for a way out of it', 'GET /kept/../other', {}, 400, 'malformed_url'],
    ['for an encoded way out of it', 'GET /kept/%2e%2E/other', {}, 400, 'malformed_url'],
    ['for a way out of it with a backslash', 'GET /kept/..\\other', {}, 400, 'malformed_url'],
  ] as const) {
    test(`is not asked ${what}`, async () => {
      const asked: string[] = []
      const fetch = ({ url }: Request): Response => {
        asked.push(url)
        return new Response()
      }
      await using served = await serveApp({ services: [], mount: { '/kept': { fetch, keepPrefix: true } } })
      const reply = await ask(served.port, line, headers)
      assert.equal(reply.status, status)
      assert.equal(jsonOf(reply).code, code)
      assert.deepEqual(asked, [])
    })
  }
  test('is asked for dots that are no segment', async () => {
    const fetch = ({ url }: Request): Response => Response.json(new URL(url).pathname)
    await using served = await serveApp({ services: [], mount: { '/kept': { fetch, keepPrefix: true } } })
    const reply = await served.app.fetch(new Request('http://localhost/kept/..a/.well-known/b..'))
    assert.equal(await reply.json(), '/kept/..a/.well-known/b..')
  })
  test('is refused at start where it cannot be mounted', () => {
    const handler = (): Response => new Response()
    const reasons = (mount: Record<string, typeof handler>): readonly string[] => {
      try {
        createApp({ services: [], log: silentLogger, mount })
      } catch (error) {
        if (error instanceof StartupError) return error.reasons
      }
      return []
    }
    assert.deepEqual(reasons({ legacy: handler }), ["the mount 'legacy' does not start with '/': put one in front"])
    assert.deepEqual(reasons({ '/a/': handler }), ["the mount '/a/' ends with '/': leave it out"])
    assert.deepEqual(reasons({ '/{a}': handler }), ["the mount '/{a}' is no plain path: use literal segments"])
    assert.deepEqual(reasons({ '/a': handler }), [])
  })
})

test('a mount that channels hide is a start-up error, one that they leave something of is none', () => {
  const mount = { '/legacy': (): Response => new Response() }
  const at = (path: string): readonly string[] => {
    const input = z.object({ path: z.string() })
    try {
      createApp({ services: [service({ name: 'all', input, on: any(path), handle: () => {} })], mount })
    } catch (error) {
      if (error instanceof StartupError) return error.reasons
    }
    return []
  }
  const hidden = ["the mount '/legacy' can never be reached: channels answer all paths below it"]
  assert.deepEqual(at('/legacy/{path*}'), hidden)
  assert.deepEqual(at('/{path*}'), hidden)
  assert.deepEqual(at('/legacy/{path}'), [])
  assert.deepEqual(at('/legacy/a/{path*}'), [])
})
