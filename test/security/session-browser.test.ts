import assert from 'node:assert/strict'
import { test } from 'node:test'
import { login } from 'trestle'
import { startBrowser } from '../docs-pages/watched-page.ts'
import { serveApp } from '../http/app-served.ts'
import { chromium, skipWithout } from '../machine.ts'
import { password, sessionApp } from './session-app.ts'

const skip = skipWithout('Chromium', chromium())

test('a browser logs in, and is refused what a page of its neighbour makes it send', { skip }, async () => {
  const people = login({ verify: ({ username, password: given }) => (given === password ? { username } : undefined) })
  await using app = await sessionApp({ login: people })
  // Another port of one host is the same site: the browser sends the cookie along.
  await using neighbour = await serveApp({ services: [] })
  await using browser = await startBrowser()
  const page = await browser.newPage()
  const send = (address: string, options: object): Promise<unknown> =>
    page.evaluate(`fetch('${address}', ${JSON.stringify(options)}).then(({ status, type }) => [status, type])`)

  await page.goto(`http://127.0.0.1:${app.port}/health`)
  const headers = { 'Content-Type': 'application/json' }
  const given = { method: 'POST', headers, body: JSON.stringify({ username: 'ada', password }) }
  assert.deepEqual(await send('/orders', { method: 'POST' }), [401, 'basic'])
  assert.deepEqual(await send('/session', given), [200, 'basic'])
  assert.deepEqual(await send('/orders', { method: 'POST' }), [204, 'basic'])
  assert.equal(await page.evaluate('document.cookie'), '')

  await page.goto(`http://127.0.0.1:${neighbour.port}/health`)
  const orders = `http://127.0.0.1:${app.port}/orders`
  const blind = { method: 'POST', mode: 'no-cors', credentials: 'include' }
  assert.deepEqual(await send(orders, blind), [0, 'opaque'])
  const refused = app.events.flatMap(({ type, code }) => (type === 'call.refused' ? [code] : []))
  assert.deepEqual(refused, ['unauthorized', 'cross_site_request'])
})
