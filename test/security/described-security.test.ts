import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type App, apiKey, basic, bearer, createApp, get, mutualTls, service } from 'trestle'
import { openApiDocument } from '../../src/openapi/document.ts'

function appOf(): App {
  return createApp({
    log: 'silent',
    services: [
      service({
        name: 'orders',
        on: [
          get('/staff', { security: ['hr', 'shop', 'agency', 'bank'] }),
          get('/either', { security: ['hr', 'anonymous'] }),
          get('/closed', { security: 'partners' }),
          get('/open', { security: false }),
        ],
        handle: () => {},
      }),
    ],
    security: {
      hr: basic({ username: 'hr', password: 'a long passphrase of HR' }),
      payroll: basic({ username: 'payroll', password: 'a long passphrase of Payroll' }),
      shop: apiKey({ key: 'the-key-of-the-shop' }),
      agency: bearer({ token: 'the-token-of-the-agency' }),
      bank: mutualTls({ subjects: ['CN=bank'] }),
      partners: [],
    },
  })
}

const schemes = {
  basic: { type: 'http', scheme: 'basic', description: 'User name and password of a client' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The key of a client' },
  bearer: { type: 'http', scheme: 'bearer', description: 'A token that the client was given' },
  mutualTls: { type: 'mutualTLS', description: 'A certificate that the client shows' },
  nobody: {
    type: 'http',
    scheme: 'none',
    description: 'Nobody is let in, as long as the group has no members',
  },
}

test('the API description has one scheme a kind, and names no client', async () => {
  await using app = appOf()
  const { components, paths } = openApiDocument(app.description)
  assert.deepEqual(components.securitySchemes, schemes)
  assert.deepEqual(
    Object.entries(paths).map(([path, { get: read }]) => [path, read?.security]),
    [
      ['/staff', [{ basic: [] }, { apiKey: [] }, { bearer: [] }, { mutualTls: [] }]],
      ['/either', [{ basic: [] }, {}]],
      ['/closed', [{ nobody: [] }]],
      ['/open', undefined],
    ],
  )
  assert.doesNotMatch(JSON.stringify(components), /payroll|agency|bank/)
})

test('OpenAPI 3.0, which has no word for client certificates, says it in one of its own', async () => {
  await using app = appOf()
  const { securitySchemes } = openApiDocument(app.description, '3.0').components
  assert.deepEqual(securitySchemes, {
    ...schemes,
    mutualTls: { type: 'http', scheme: 'mutual', description: 'A certificate that the client shows' },
  })
})
