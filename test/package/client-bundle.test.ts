import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { suite, test } from 'node:test'
import { createApp, get, post, redirect, service } from 'trestle'
import { z } from 'zod'
import { startBrowser, watchedPage } from '../docs-pages/watched-page.ts'
import { chromium, skipWithout } from '../machine.ts'
import { bundled } from './bundle.ts'

const kilobyte = 1024

const Todo = z.object({ title: z.string() })
const addTodo = service({ input: Todo, output: Todo, on: post('/todos'), handle: ({ input }) => input })
const leave = service({ on: get('/leave', { status: 302 }), handle: () => redirect('/left') })
const left = service({ on: get('/left'), output: z.object({ left: z.boolean() }), handle: () => ({ left: true }) })

suite('the client in a bundle', () => {
  test('is small, for an app that uses it', async () => {
    const { gzipped, files } = await bundled("import { client } from 'trestle/client'\nglobalThis.client = client")
    assert.ok(gzipped <= 12 * kilobyte, `it has ${gzipped} bytes, of ${files.length} files`)
    assert.ok(!files.some((file) => /digest|oauth2|mock/.test(file)), 'what nobody imports is not in it')
  })
  test('is small with everything', async () => {
    const { gzipped } = await bundled("export * from 'trestle/client'")
    assert.ok(gzipped <= 16 * kilobyte, `it has ${gzipped} bytes`)
  })
  test('imports nothing: no package, and no module of Node', async () => {
    const { imports, files } = await bundled("export * from 'trestle/client'")
    assert.deepEqual(imports, [])
    assert.deepEqual(
      files.filter((file) => !/^src\/client(\.ts$|\/)/.test(file)),
      [],
    )
  })

  test('runs in a browser, against a server of another origin', {
    skip: skipWithout('Chromium', chromium()),
  }, async () => {
    const app = createApp({ services: { addTodo, leave, left }, cors: true, log: 'silent', mode: 'test' })
    const { url } = await app.listen({ port: 0 })
    const { code } = await bundled(program(url))
    const pages = createServer((request, response) => {
      response.setHeader('content-type', request.url === '/app.js' ? 'text/javascript' : 'text/html')
      const html =
        '<!doctype html><link rel="icon" href="data:,"><title>App</title><script type="module" src="/app.js"></script>'
      response.end(request.url === '/app.js' ? code : html)
    })
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
    const address = pages.address()
    const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
    const browser = await startBrowser()
    try {
      await using watched = await watchedPage(browser, origin)
      await watched.page.waitForFunction('document.title !== "App"')
      const told: unknown = JSON.parse(await watched.page.title())
      assert.deepEqual(told, {
        todo: { title: 'Buy milk' },
        left: [`${url}/left`, { left: true }],
        cookies: false,
        refused: 'invalid_input',
        mocked: 'mine',
        cut: 'TimeoutError',
        nowhere: 'ConnectionError',
      })
    } finally {
      await browser.close()
      pages.close()
      pages.closeAllConnections()
      await app.close()
    }
  })
})

function program(url: string): string {
  return `
    import { client, HttpError, mock } from 'trestle/client'
    const todos = client('${url}', { retry: 1, headers: { 'X-Own': 'own' } })
    const reply = await todos.post('/todos', { json: { title: 'Buy milk' } })
    const left = await todos.get('/leave')
    const fault = (error) => error.problem?.code ?? error.name
    document.title = JSON.stringify({
      todo: await reply.json(),
      left: [left.url, await left.json()],
      cookies: todos.cookies !== undefined,
      refused: await todos.post('/todos', { json: {} }).json().catch(fault),
      mocked: await client('https://h', { fetch: mock(() => 'mine') }).get('/').text(),
      cut: await client('https://h', { fetch: () => new Promise(() => {}), timeout: 1 }).get('/').catch(fault),
      nowhere: await client('http://127.0.0.1:9').get('/').catch(fault),
    })
  `
}
