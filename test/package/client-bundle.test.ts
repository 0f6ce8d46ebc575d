import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { suite, test } from 'node:test'
import { createApp, event, get, post, redirect, service, stream } from 'trestle'
import { z } from 'zod'
import { startBrowser, watchedPage } from '../docs-pages/watched-page.ts'
import { chromium, skipWithout } from '../machine.ts'
import { bundled } from './bundle.ts'

const Todo = z.object({ title: z.string() })
const addTodo = service({ input: Todo, output: Todo, on: post('/todos'), handle: ({ input }) => input })
const leave = service({ on: get('/leave', { status: 302 }), handle: () => redirect('/left') })
const left = service({ on: get('/left'), output: z.object({ left: z.boolean() }), handle: () => ({ left: true }) })
const visit = service({
  on: get('/visit'),
  output: z.object({ visited: z.boolean() }),
  handle: ({ http }) => {
    const visited = http?.cookies.visited === 'yes'
    http?.setCookie('visited', 'yes', { httpOnly: true })
    return { visited }
  },
})
const count = service({
  on: get('/count'),
  output: stream(z.object({ count: z.int() })),
  handle: async function* () {
    for (let number = 1; ; number++) yield event({ count: number }, { id: String(number) })
  },
})

suite('the client in a bundle', () => {
  test('is small, for an app that uses it', async () => {
    const { gzipped, files } = await bundled("import { client } from 'trestle/client'\nglobalThis.client = client")
    assert.ok(gzipped < 12_000, `it has ${gzipped} bytes, of ${files.length} files`)
    assert.ok(!files.some((file) => /digest|oauth2|circuit|mock/.test(file)), 'what nobody imports is not in it')
  })
  test('is small with everything', async () => {
    const { gzipped } = await bundled("export * from 'trestle/client'")
    assert.ok(gzipped < 16_000, `it has ${gzipped} bytes`)
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
    let code = ''
    const pages = createServer((request, response) => {
      response.setHeader('content-type', request.url === '/app.js' ? 'text/javascript' : 'text/html')
      const html =
        '<!doctype html><link rel="icon" href="data:,"><title>App</title><script type="module" src="/app.js"></script>'
      response.end(request.url === '/app.js' ? code : html)
    })
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
    const address = pages.address()
    const page = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
    const app = createApp({
      services: { addTodo, leave, left, visit, count },
      cors: { origins: (origin) => origin === page, credentials: true },
      log: 'silent',
      mode: 'test',
    })
    const { url } = await app.listen({ port: 0 })
    code = (await bundled(program(url))).code
    const browser = await startBrowser()
    try {
      await using watched = await watchedPage(browser, page)
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
        manual: [0, false],
        visits: [false, false, true],
        counted: [1, 2, 3],
        events: ['1', '2'],
        given: 'enough',
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
    const visit = async (credentials) => (await todos.get('/visit', { credentials }).json()).visited
    const counted = []
    for await (const { count } of todos.get('/count', { headers: { Accept: 'application/jsonl' } }).items()) {
      counted.push(count)
      if (count === 3) break
    }
    const events = []
    for await (const { id } of todos.get('/count', { headers: { Accept: 'text/event-stream' } }).events()) {
      events.push(id)
      if (id === '2') break
    }
    const stop = new AbortController()
    const endless = todos.get('/count', { signal: stop.signal, onDownload: () => stop.abort(new Error('enough')) })
    const manual = await todos.get('/leave', { redirect: 'manual' })
    document.title = JSON.stringify({
      todo: await reply.json(),
      left: [left.url, await left.json()],
      cookies: todos.cookies !== undefined,
      refused: await todos.post('/todos', { json: {} }).json().catch(fault),
      mocked: await client('https://h', { fetch: mock(() => 'mine') }).get('/').text(),
      cut: await client('https://h', { fetch: () => new Promise(() => {}), timeout: 1 }).get('/').catch(fault),
      nowhere: await client('http://127.0.0.1:9').get('/').catch(fault),
      manual: [manual.status, manual.ok],
      visits: [await visit(), await visit('include'), await visit('include')],
      counted,
      events,
      given: await endless.text().catch((error) => error.message),
    })
  `
}
