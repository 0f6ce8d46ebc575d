import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { service } from '../kernel/service.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { createApp } from './app.ts'
import type { AppSettings } from './app-options.ts'
import type { App } from './app-types.ts'

const none = service({ name: 'none', output: z.string(), handle: () => 'nothing' })
const clock = { now: () => new Date('2026-01-01T00:00:00Z'), elapsed: () => 0 }
const start = (settings: AppSettings): App => createApp({ services: [none], log: 'silent', clock, ...settings })

suite('/.well-known/api-catalog', () => {
  const ask = (app: App, method: string = 'GET'): Promise<Response> =>
    app.fetch(new Request('https://api.example.com/.well-known/api-catalog', { method }))
  const status = [{ href: 'https://api.example.com/health', type: 'application/health+json' }]

  test('says where the description, the documentation and the health of the API are', async () => {
    await using app = start({})
    const reply = await ask(app)
    assert.equal(
      reply.headers.get('content-type'),
      'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"',
    )
    assert.equal(reply.headers.get('link'), '</.well-known/api-catalog>; rel="api-catalog"')
    assert.deepEqual(await reply.json(), {
      linkset: [
        {
          anchor: 'https://api.example.com/',
          'service-desc': [
            { href: 'https://api.example.com/openapi.json', type: 'application/json' },
            { href: 'https://api.example.com/openapi.yaml', type: 'application/yaml' },
          ],
          'service-doc': [
            { href: 'https://api.example.com/docs', type: 'text/html' },
            { href: 'https://api.example.com/redoc', type: 'text/html' },
          ],
          status,
        },
      ],
    })
  })
  test('leads to the catalogs of mounted apps, and has other handlers as items', async () => {
    await using inner = start({ docs: false })
    await using app = start({ docs: false, mount: { '/shop': inner, '/old': () => new Response() } })
    const { linkset } = (await (await ask(app)).json()) as { linkset: readonly unknown[] }
    assert.deepEqual(linkset, [
      { anchor: 'https://api.example.com/', status },
      {
        anchor: 'https://api.example.com/.well-known/api-catalog',
        item: [{ href: 'https://api.example.com/old' }],
        'api-catalog': [{ href: 'https://api.example.com/shop/.well-known/api-catalog' }],
      },
    ])
    const below = await app.fetch(new Request('https://api.example.com/shop/.well-known/api-catalog'))
    const [first] = ((await below.json()) as { linkset: readonly { anchor: string }[] }).linkset
    assert.equal(first?.anchor, 'https://api.example.com/shop/')
  })
  test('answers HEAD with its Link', async () => {
    await using app = start({})
    const reply = await ask(app, 'HEAD')
    assert.equal(reply.status, 200)
    assert.equal(reply.headers.get('link'), '</.well-known/api-catalog>; rel="api-catalog"')
    assert.equal(await reply.text(), '')
  })
  test('names no documentation that is not served', async () => {
    await using app = start({ docs: false })
    assert.deepEqual(await (await ask(app)).json(), { linkset: [{ anchor: 'https://api.example.com/', status }] })
  })
})

suite('/.well-known/security.txt', () => {
  const ask = (app: App): Promise<Response> => app.fetch(new Request('http://test/.well-known/security.txt'))

  test('is served as the settings say', async () => {
    await using app = start({
      securityTxt: {
        contact: ['mailto:security@example.com', 'https://example.com/report'],
        expires: '2026-12-31T00:00:00Z',
        policy: 'https://example.com/policy',
        preferredLanguages: 'en, de',
      },
    })
    const reply = await ask(app)
    assert.equal(reply.headers.get('content-type'), 'text/plain; charset=utf-8')
    assert.equal(
      await reply.text(),
      'Contact: mailto:security@example.com\nContact: https://example.com/report\nPolicy: https://example.com/policy\nExpires: 2026-12-31T00:00:00Z\nPreferred-Languages: en, de\n',
    )
  })
  test('is not there when nothing is said', async () => {
    await using app = start({})
    assert.equal((await ask(app)).status, 404)
  })
  const contact = 'mailto:security@example.com'
  const faults: readonly (readonly [settings: AppSettings['securityTxt'], fault: RegExp])[] = [
    [{ contact, expires: '2025-12-31T00:00:00Z' }, /has passed/],
    [{ contact, expires: '2026-12-31' }, /give a date and time/],
    [{ contact, expires: '2026-02-31T25:00:00Z' }, /give a date and time/],
    [{ contact, expires: '2026-12-31T00:00:00Z\nX: y' }, /give a date and time/],
    [{ contact: [], expires: '2026-12-31T00:00:00Z' }, /has no contact/],
    [{ contact: 'security@example.com', expires: '2026-12-31T00:00:00Z' }, /Contact is 'security@example.com'/],
    [{ contact: 'http://example.com', expires: '2026-12-31T00:00:00Z' }, /give a URI/],
    [{ contact: 'mailto:a@b\nX: y', expires: '2026-12-31T00:00:00Z' }, /give a URI/],
    [{ contact, expires: '2026-12-31T00:00:00Z', preferredLanguages: 'en\nX' }, /language tags/],
  ]
  for (const [securityTxt, fault] of faults) {
    test(`keeps the app from starting: ${fault.source}`, () => {
      assert.throws(
        () => start({ ...(securityTxt && { securityTxt }) }),
        (error: unknown) => {
          assert.ok(error instanceof StartupError)
          assert.equal(error.reasons.length, 1)
          assert.match(error.reasons[0] ?? '', fault)
          return true
        },
      )
    })
  }
})
