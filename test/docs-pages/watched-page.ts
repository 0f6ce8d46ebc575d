import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { chromium as playwright } from 'playwright-core'
import { chromium } from '../machine.ts'

/** Starts a headless Chromium that asks nobody for anything by itself. */
export function startBrowser(): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
  const executablePath = chromium()
  return playwright.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', ...quiet],
  })
}

/** A page with all that it said and asked for. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page
  /** Errors and warnings on the console, failures of scripts, and replies that are errors. */
  readonly complaints: readonly string[]
  /** What was asked of anybody but the origin of the page. */
  readonly strangers: readonly string[]
}

/** Opens a page in a context of its own. */
export async function watchedPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 950 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const complaints: string[] = []
  const strangers: string[] = []
  const { origin } = new URL(url)
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`failure: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`)
  })
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) strangers.push(request.url())
  })
  await page.goto(url)
  return { page, complaints, strangers, [Symbol.asyncDispose]: () => context.close() }
}
