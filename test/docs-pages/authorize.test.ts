import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { createApp } from 'trestle'
import { type ServedApp, serveApp } from '../http/app-served.ts'
import { chromium, skipWithout } from '../machine.ts'
import { key, tokenApp } from '../security/token-app.ts'
import { tryOut } from './try-out.ts'
import { startBrowser, watchedPage } from './watched-page.ts'

describe('Authorize in Swagger UI', { skip: skipWithout('Chromium', chromium()) }, () => {
  let served: ServedApp
  let browser: Browser
  let url: string

  before(async () => {
    browser = await startBrowser()
    // The tokens of the one are worth nothing to the other.
    const shop = createApp({ log: 'silent', ...tokenApp({ tokens: { key: `${key} of the shop` } }) })
    served = await serveApp({ ...tokenApp(), mount: { '/shop': shop } })
    url = `http://127.0.0.1:${served.port}`
  })
  after(async () => {
    await browser.close()
    await served.app.close({ deadline: 0 })
  })

  for (const prefix of ['', '/shop']) {
    test(`gets a token for a person, and sends it with each try: below '${prefix}/'`, async () => {
      await using watched = await watchedPage(browser, `${url}${prefix}/docs`)
      const { page, complaints, strangers } = watched
      await page.locator('.auth-wrapper .authorize').click()
      const flow = page.locator('.auth-container').first()
      await flow.getByText('Read orders').first().waitFor()
      await flow.locator('#oauth_username').fill('ada')
      await flow.locator('#oauth_password').fill('password of ada')
      await flow.locator('.auth-btn-wrapper .authorize').click()
      await flow.getByText('Logout').waitFor()
      await page.locator('.close-modal').click()
      assert.match(await tryOut(page, 'me'), /"who": "ada"/)
      assert.deepEqual([complaints, strangers], [[], []])
    })
  }

  test('gets a token for a program', async () => {
    await using watched = await watchedPage(browser, `${url}/docs`)
    const { page, complaints } = watched
    await page.locator('.auth-wrapper .authorize').click()
    const flow = page.locator('.auth-container').last()
    await flow.locator('#client_id_clientCredentials').fill('reports')
    await flow.locator('#client_secret_clientCredentials').fill('secret of reports')
    await flow.locator('.auth-btn-wrapper .authorize').click()
    await flow.getByText('Logout').waitFor()
    await page.locator('.close-modal').click()
    assert.match(await tryOut(page, 'me'), /"who": "reports"/)
    assert.deepEqual(complaints, [])
  })
})
