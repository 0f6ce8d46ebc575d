import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { redirect } from '../../src/http/reply/redirect.ts'
import { get, post } from '../../src/http/rest-channel.ts'
import { media } from '../../src/kernel/media.ts'
import { service } from '../../src/kernel/service.ts'
import { StartupError } from '../../src/kernel/startup-error.ts'
import { createApp } from '../../src/platform/app.ts'
import type { AppSettings } from '../../src/platform/app-options.ts'
import { ask, headerOf, jsonOf, RawConnection } from './raw-connection.ts'
import { serve } from './served.ts'

const Peer = z.record(z.string(), z.string().optional())
const whoami = service({
  name: 'whoami',
  output: Peer,
  on: get('/whoami'),
  handle: ({ http }) => ({
    remote: http?.remoteAddress,
    client: http?.clientAddress,
    scheme: http?.scheme,
    host: http?.host,
    origin: http?.origin,
    prefix: http?.prefix,
  }),
})
const page = service({ name: 'page', on: get('/page'), handle: () => media('<p>Hi</p>', 'text/html; charset=utf-8') })
const own = service({
  name: 'own',
  on: get('/own', { headers: { 'content-security-policy': "default-src 'none'" } }),
  handle: () => media('<p>Hi</p>', 'TEXT/HTML'),
})
const nothing = service({ name: 'nothing', on: [get('/nothing'), post('/nothing')], handle: () => {} })

const forwarded = {
  'X-Forwarded-For': '6.6.6.6, 1.2.3.4',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Host': 'api.example.com',
  'X-Forwarded-Prefix': '/shop',
}

suite('what a proxy says', () => {
  test('is believed of a trusted one', async () => {
    await using served = await serve([whoami], { edge: { trustedProxies: ['loopback'] } })
    assert.deepEqual(jsonOf(await ask(served.port, 'GET /whoami', forwarded)), {
      remote: '127.0.0.1',
      client: '1.2.3.4',
      scheme: 'https',
      host: 'api.example.com',
      origin: 'https://api.example.com',
      prefix: '/shop',
    })
  })
  test('is ignored of any other', async () => {
    for (const edge of [{}, { trustedProxies: ['10.0.0.0/8'] }]) {
      await using served = await serve([whoami], { edge })
      assert.deepEqual(jsonOf(await ask(served.port, 'GET /whoami', forwarded)), {
        remote: '127.0.0.1',
        client: '127.0.0.1',
        scheme: 'http',
        host: 'test',
        origin: 'http://test',
        prefix: '',
      })
    }
  })
  test('is ignored by fetch, whose address says scheme and host', async () => {
    await using served = await serve([whoami], { edge: { trustedProxies: ['loopback'] } })
    const reply = await served.fetch(new Request('https://a.example:444/whoami', { headers: forwarded }))
    assert.deepEqual(await reply.json(), {
      scheme: 'https',
      host: 'a.example:444',
      origin: 'https://a.example:444',
      prefix: '',
    })
  })
})

suite('the path that a trusted proxy has taken away', () => {
  const made = service({
    name: 'made',
    output: z.object({ id: z.int() }),
    on: post('/cars', { location: '/cars/{id}' }),
    handle: ({ http }) => {
      http?.setHeader('Link', '</cars>; rel="collection", <https://else.example/>; rel="help"')
      http?.setCookie('a', '1', { path: '/cars' })
      return { id: 1 }
    },
  })
  const moved = service({
    name: 'moved',
    on: get('/moved'),
    input: z.object({ to: z.string() }),
    handle: ({ input }) => redirect(input.to),
  })
  const edge = { trustedProxies: ['loopback'] }
  test('stands in front of the paths in its headers again', async () => {
    await using served = await serve([made], { edge })
    const reply = await ask(served.port, 'POST /cars', forwarded)
    assert.equal(headerOf(reply, 'location'), '/shop/cars/1')
    assert.equal(headerOf(reply, 'link'), '</shop/cars>; rel="collection", <https://else.example/>; rel="help"')
    assert.match(headerOf(reply, 'set-cookie') ?? '', /; Path=\/shop\/cars;/)
  })
  test('stands in front of absolute paths alone', async () => {
    await using served = await serve([moved], { edge })
    for (const [to, location] of [
      ['/a?b=/c', '/shop/a?b=/c'],
      ['a/b', 'a/b'],
      ['//else.example/a', '//else.example/a'],
      ['https://else.example/a', 'https://else.example/a'],
    ]) {
      const reply = await ask(served.port, `GET /moved?to=${encodeURIComponent(to ?? '')}`, forwarded)
      assert.deepEqual([reply.status, headerOf(reply, 'location')], [303, location])
    }
  })
  test('stands in front of where an app is mounted, too', async () => {
    const inner = createApp({ services: [made], log: 'silent' })
    await using app = createApp({ services: [], mount: { '/in': inner }, ...edge, log: 'silent' })
    const { port } = await app.listen({ port: 0 })
    assert.equal(headerOf(await ask(port, 'POST /in/cars', forwarded), 'location'), '/shop/in/cars/1')
  })
  test('is not believed of anybody else', async () => {
    await using served = await serve([made], { edge: {} })
    assert.equal(headerOf(await ask(served.port, 'POST /cars', forwarded), 'location'), '/cars/1')
  })
})

suite('a host that is not served', () => {
  const edge = { allowedHosts: ['api.example.com', '*.example.org'], trustedProxies: ['loopback'] }
  test('is answered with 421', async () => {
    await using served = await serve([whoami], { edge })
    for (const host of ['example.com', 'evil.example', 'example.org', 'api.example.com.evil', 'localhost', '']) {
      const reply = await ask(served.port, 'GET /whoami', { Host: host })
      assert.equal(reply.status, 421, host)
      assert.equal(jsonOf(reply).code, 'misdirected_request')
    }
    const reply = await ask(served.port, 'GET /whoami', { Host: 'api.example.com', 'X-Forwarded-Host': 'evil.example' })
    assert.equal(reply.status, 421)
    assert.equal((await served.fetch(new Request('http://evil.example/whoami'))).status, 421)
  })
  test('is known past trusted proxies, whatever its case and port', async () => {
    await using served = await serve([whoami], { edge })
    for (const host of [
      'api.example.com',
      'API.example.com:8080',
      'a.example.org',
      'a.b.example.org',
      'a.example.org.',
    ]) {
      assert.equal((await ask(served.port, 'GET /whoami', { Host: host })).status, 200, host)
      const forwarded = { Host: 'inner', 'X-Forwarded-Host': host }
      assert.equal((await ask(served.port, 'GET /whoami', forwarded)).status, 200, host)
    }
  })
  test('is never the machine itself in development', async () => {
    await using served = await serve([whoami], { edge, development: true })
    for (const host of ['localhost:17010', '127.0.0.1', '[::1]:17010', 'app.localhost']) {
      assert.equal((await ask(served.port, 'GET /whoami', { Host: host })).status, 200, host)
    }
  })
})

suite('security headers', () => {
  const names = [
    'x-content-type-options',
    'content-security-policy',
    'referrer-policy',
    'x-frame-options',
    'cross-origin-resource-policy',
    'strict-transport-security',
  ]
  const all = async (port: number, line: string, headers = {}): Promise<(string | undefined)[]> => {
    const reply = await ask(port, line, headers)
    return names.map((name) => headerOf(reply, name))
  }
  const none = undefined
  test('say nosniff on every reply', async () => {
    await using served = await serve([whoami, nothing], { edge: {} })
    for (const line of ['GET /whoami', 'GET /nothing', 'GET /unknown', 'DELETE /nothing', 'OPTIONS /nothing']) {
      assert.deepEqual(await all(served.port, line), ['nosniff', none, none, none, none, none], line)
    }
    await using connection = await RawConnection.open(served.port)
    connection.send('nonsense\r\n\r\n')
    assert.equal(headerOf(await connection.reply(), 'x-content-type-options'), 'nosniff')
  })
  test('say more on HTML, and never change what a reply says already', async () => {
    await using served = await serve([page, own], { edge: {} })
    const [, policy, ...others] = await all(served.port, 'GET /page')
    assert.match(policy ?? '', /default-src 'self'.*frame-ancestors 'none'/)
    assert.deepEqual(others, ['no-referrer', 'DENY', 'same-origin', none])
    assert.equal((await all(served.port, 'GET /own'))[1], "default-src 'none'")
    const response = await served.fetch(new Request('https://test/page'))
    assert.equal(response.headers.get('x-frame-options'), 'DENY')
    assert.equal(response.headers.get('strict-transport-security'), 'max-age=31536000')
  })
  test('say over https to stay there', async () => {
    await using served = await serve([nothing], { edge: { trustedProxies: ['loopback'] } })
    assert.equal((await all(served.port, 'GET /nothing', forwarded))[5], 'max-age=31536000')
    assert.equal((await all(served.port, 'GET /nothing'))[5], none)
  })
  test('are what the app says', async () => {
    const securityHeaders = {
      'x-frame-options': 'SAMEORIGIN',
      'Referrer-Policy': false,
      'X-Robots-Tag': 'none',
    } as const
    await using served = await serve([page], { edge: { securityHeaders } })
    const reply = await ask(served.port, 'GET /page')
    assert.equal(headerOf(reply, 'x-frame-options'), 'SAMEORIGIN')
    assert.equal(headerOf(reply, 'referrer-policy'), none)
    assert.equal(headerOf(reply, 'x-robots-tag'), 'none')
    await using off = await serve([page], { edge: { securityHeaders: false } })
    assert.deepEqual(await all(off.port, 'GET /page'), [none, none, none, none, none, none])
  })
})

test('settings that cannot hold are told of when the app starts, all at once', () => {
  const settings = {
    timeouts: { headers: -1, requests: 5 },
    limits: { connections: 0 },
    trustedProxies: ['my-proxy'],
    allowedHosts: ['https://api.example.com'],
    securityHeaders: { 'X-A': 'a\nb' },
    health: { timeout: 0 },
  } as AppSettings
  const start = (): unknown => createApp({ services: [nothing], log: 'silent', ...settings })
  assert.throws(start, (error: unknown) => {
    assert.ok(error instanceof StartupError)
    assert.deepEqual(error.reasons, [
      'timeouts.headers is -1: give a number of milliseconds, or 0 for none',
      'There is no timeouts.requests: there are headers, request, body, reply, keepAlive, stop',
      'limits.connections is 0: give a number of 1 or more',
      "trustedProxies holds 'my-proxy': give IP addresses, ranges such as 10.0.0.0/8, or loopback",
      "allowedHosts holds 'https://api.example.com': give hosts without scheme and port, such as api.example.com",
      'securityHeaders holds {"X-A":"a\\nb"}: give a header and its text, or false',
      'health.timeout is 0: give a number of milliseconds',
    ])
    return true
  })
})
