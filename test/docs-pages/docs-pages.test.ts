import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { createApp } from '../../src/platform/app.ts'
import type { App } from '../../src/platform/app-types.ts'
import { chromium, skipWithout } from '../machine.ts'
import { prefixProxy } from './prefix-proxy.ts'
import { sampleServices } from './sample-services.ts'
import { tryOut } from './try-out.ts'
import { startBrowser, type WatchedPage, watchedPage } from './watched-page.ts'

const summaries = ['List employees', 'Read one employee', 'Add an employee', 'Change an employee', 'Replace teams']

describe('the documentation in a browser', { skip: skipWithout('Chromium', chromium()) }, () => {
  let app: App
  let browser: Browser
  let url: string

  before(async () => {
    app = createApp({ title: 'Employee API', version: '1.0.0', services: sampleServices, mode: 'test', log: 'silent' })
    browser = await startBrowser()
    url = (await app.listen({ port: 0 })).url
  })
  after(async () => {
    await browser.close()
    await app.close()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`Swagger UI shows every operation, ${colorScheme}, and the browser has nothing to complain of`, async () => {
      await using watched = await watchedPage(browser, `${url}/docs`, { colorScheme })
      const { page } = watched
      await showsSummaries(page, '.opblock-summary-description')
      assert.equal(await page.title(), 'Try it · Employee API')
      assert.equal(await page.locator('html.dark-mode').count(), colorScheme === 'dark' ? 1 : 0)
      for (const id of colorScheme === 'light'
        ? ['listEmployees', 'createEmployee', 'replaceTeams']
        : ['deleteEmployee']) {
        const operation = page.locator(`.opblock[id$="-${id}"]`)
        await operation.locator('.opblock-summary-control').click()
        await operation.locator('.responses-table .response').last().waitFor()
      }
      await page.locator('.models-control').click()
      await page.getByText('EmployeeInput').first().waitFor()
      assertContent(watched)
    })

    test(`Redoc shows every operation, ${colorScheme}, and the browser has nothing to complain of`, async () => {
      await using watched = await watchedPage(browser, `${url}/redoc`, { colorScheme })
      const { page } = watched
      await showsSummaries(page, '#api h2')
      assert.equal(await page.title(), 'Reference · Employee API')
      await page.getByRole('button', { name: /^404/ }).first().click()
      await page.getByText('The page that explains the code').first().waitFor()
      assertContent(watched)
    })
  }

  test('an operation is tried out in Swagger UI, with the example values of its models', async () => {
    await using watched = await watchedPage(browser, `${url}/docs`)
    assert.match(await tryOut(watched.page, 'getEmployee'), /"name": "John Doe"/)
    assert.match(await tryOut(watched.page, 'createEmployee'), /"employee_no": 124/)
    assertContent(watched)
  })

  test('Redoc finds operations by words', async () => {
    await using watched = await watchedPage(browser, `${url}/redoc`)
    await watched.page.getByPlaceholder('Search...').fill('replace')
    await watched.page.locator('[data-role="search:results"]').getByText('Replace teams').waitFor()
    assertContent(watched)
  })

  test('the pages lead to each other, and to the codes', async () => {
    await using watched = await watchedPage(browser, `${url}/docs`)
    const { page } = watched
    await page.getByRole('link', { name: 'Errors' }).click()
    await page.getByRole('link', { name: 'invalid_input' }).click()
    await page.getByRole('heading', { name: 'Invalid input' }).waitFor()
    assert.equal(page.url(), `${url}/docs/errors/invalid_input`)
    await page.getByRole('link', { name: 'Reference' }).click()
    await showsSummaries(page, '#api h2')
    assertContent(watched)
  })

  test('everything works behind a proxy that adds a path prefix', async () => {
    await using proxy = await prefixProxy(url, '/some/prefix')
    await using watched = await watchedPage(browser, `${proxy.url}/docs`)
    assert.match(await tryOut(watched.page, 'getEmployee'), /"name": "John Doe"/)
    await watched.page.getByText(`${proxy.url}/employees/123`).first().waitFor()
    await watched.page.getByRole('link', { name: 'Reference' }).click()
    await showsSummaries(watched.page, '#api h2')
    assertContent(watched)
  })

  test('a page says so when it cannot get the description', async () => {
    await using watched = await watchedPage(browser, 'about:blank')
    await watched.page.route('**/openapi.json', (route) => route.fulfill({ status: 503 }))
    for (const path of ['/docs', '/redoc']) {
      await watched.page.goto(url + path)
      await watched.page.getByText('The API description cannot be shown').waitFor()
    }
  })
})

async function showsSummaries(page: Page, selector: string): Promise<void> {
  for (const summary of summaries) await page.locator(selector, { hasText: summary }).first().waitFor()
}

function assertContent({ complaints, strangers }: WatchedPage): void {
  assert.deepEqual(complaints, [])
  assert.deepEqual(strangers, [])
}
