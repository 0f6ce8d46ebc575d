import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type App, createApp } from 'trestle'
import { tokenApp } from './token-app.ts'

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly security?: unknown; readonly responses: object }>>>
  >
  readonly components: { readonly securitySchemes: unknown }
}

async function documentOf(app: App, path = '/openapi.json'): Promise<Document> {
  return (await (await app.fetch(new Request(`http://localhost${path}`))).json()) as Document
}

const description = 'A token of this API, for a while'
const scopes = { 'orders:read': 'Read orders', 'orders:write': 'Change orders' }

test('the API description says how to get tokens, and which scopes an operation needs', async () => {
  await using app = createApp({ log: 'silent', ...tokenApp() })
  const { paths, components } = await documentOf(app)
  assert.deepEqual(components.securitySchemes, {
    oauth2: {
      type: 'oauth2',
      description,
      flows: {
        password: { tokenUrl: '/token', refreshUrl: '/token', scopes },
        clientCredentials: { tokenUrl: '/token', scopes },
      },
    },
  })
  assert.deepEqual(Object.keys(paths), ['/me', '/orders', '/admin', '/token', '/revoke'])
  assert.deepEqual(paths['/orders']?.get?.security, [{ oauth2: ['orders:read'] }])
  assert.deepEqual(paths['/me']?.get?.security, [{ oauth2: [] }])
  assert.equal(paths['/token']?.post?.security, undefined)
})

test('only the ways are described that somebody may go', async () => {
  const tokens = { refresh: false, clients: {}, paths: { token: '/oauth/token' } }
  await using app = createApp({ log: 'silent', ...tokenApp({ tokens }) })
  const { components, paths } = await documentOf(app)
  assert.deepEqual(components.securitySchemes, {
    oauth2: { type: 'oauth2', description, flows: { password: { tokenUrl: '/oauth/token', scopes } } },
  })
  assert.ok('/oauth/token' in paths)
})

test('a client that reaches the app below a prefix is told to get its tokens there', async () => {
  await using shop = createApp({ log: 'silent', ...tokenApp({ tokens: { clients: {} } }) })
  await using app = createApp({ log: 'silent', services: [], mount: { '/shop': shop } })
  const { components } = await documentOf(app, '/shop/openapi.json')
  assert.deepEqual(components.securitySchemes, {
    oauth2: {
      type: 'oauth2',
      description,
      flows: { password: { tokenUrl: '/shop/token', refreshUrl: '/shop/token', scopes } },
    },
  })
})
