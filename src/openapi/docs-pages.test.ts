import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { sampleOperation } from '../../test/docs-pages/sample-operation.ts'
import { catalogue } from '../kernel/catalogue.ts'
import { type DocsPage, docsPages } from './docs-pages.ts'
import { openApiDocument } from './document.ts'

const api = { title: 'Fish & <Chips>', version: '1.0.0', operations: [sampleOperation()] }
const pages = new Map(docsPages(() => api).map((page) => [page.path, page]))
const pageAt = (path: string): DocsPage => pages.get(path) ?? assert.fail(`there is no ${path}`)
const textAt = async (path: string): Promise<string> => String((await pageAt(path).render()).body)

test('the API is described when a page first needs it, and only once', async () => {
  let asked = 0
  const [json, yaml] = docsPages(() => {
    asked++
    return api
  })
  assert.equal(asked, 0)
  const first = await json?.render()
  await yaml?.render()
  assert.equal(await json?.render(), first)
  assert.equal(asked, 1)
})

test('the document is served as JSON and as YAML', async () => {
  const document = JSON.parse(JSON.stringify(openApiDocument(api)))
  assert.deepEqual(JSON.parse(await textAt('/openapi.json')), document)
  assert.deepEqual(parse(await textAt('/openapi.yaml')), document)
  assert.equal((await pageAt('/openapi.json').render()).type, 'application/json')
  assert.equal((await pageAt('/openapi.yaml').render()).type, 'application/yaml')
})

test('every page is titled by the API, escaped', async () => {
  for (const path of ['/docs', '/redoc', '/docs/errors', '/docs/errors/not_found']) {
    assert.match(await textAt(path), /<title>[^<]* · Fish &#38; &#60;Chips&#62;<\/title>/, path)
  }
})

test('every page is found under any prefix: it names no address from the root, and loads only what is served', async () => {
  for (const [path, page] of pages) {
    const { type = '', body } = await page.render()
    if (!type.startsWith('text/html')) continue
    for (const [, link = ''] of String(body).matchAll(/(?:href|src)="([^"]*)"/g)) {
      assert.doesNotMatch(link, /^\/|^\w+:/, path)
      const url = new URL(link, `http://host/prefix${path}`)
      assert.ok(pages.has(url.pathname.replace(/^\/prefix/, '')), `${path} leads to ${url.pathname}`)
    }
  }
})

test('no page has a script or a style of its own, and the policy of each allows none', async () => {
  for (const [path, page] of pages) {
    const { type = '', body } = await page.render()
    if (!type.startsWith('text/html')) continue
    assert.doesNotMatch(String(body), /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/, path)
    assert.match(page.headers['Content-Security-Policy'] ?? '', /default-src 'none'/, path)
    assert.doesNotMatch(page.headers['Content-Security-Policy'] ?? '', /unsafe|https?:|\*/, path)
  }
})

test('each code of the catalogue has a page that says what to do', async () => {
  for (const [code, { title, help, status }] of Object.entries(catalogue)) {
    const text = await textAt(`/docs/errors/${code}`)
    for (const part of [title, `${status} `, help.split("'")[0] ?? ''])
      assert.ok(text.includes(part), `${code}: ${part}`)
    assert.ok((await textAt('/docs/errors')).includes(`errors/${code}"`))
  }
})

test('files may be kept by browsers, documents and pages must be asked for again', () => {
  for (const { path, headers } of pages.values()) {
    const expected = path.startsWith('/docs/assets/') ? 'public, max-age=3600' : 'no-cache'
    assert.equal(headers['Cache-Control'], expected, path)
    assert.equal(headers['X-Content-Type-Options'], 'nosniff', path)
  }
})
