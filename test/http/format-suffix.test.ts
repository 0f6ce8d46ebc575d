import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { any, get } from '../../src/http/rest-channel.ts'
import { media } from '../../src/kernel/media.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { openApiDocument } from '../../src/openapi/document.ts'
import { serveApp } from './app-served.ts'
import { ask, headerOf } from './raw-connection.ts'

const output = z.object({ who: z.string() }).meta({ id: 'Who' })
const one = (name: string, on: Service['channels'][number]): Service =>
  service({ name, output, on: on as never, handle: () => ({ who: name }) })

suite('a suffix of a format for a whole app', () => {
  const settings = { produces: ['json', 'xml'], formatSuffix: true } as const
  test('is served for its own services', async () => {
    await using served = await serveApp({ services: [one('a', get('/a'))], ...settings })
    const reply = await ask(served.port, 'GET /a.xml')
    assert.deepEqual([reply.status, headerOf(reply, 'Content-Type')], [200, 'application/xml'])
    assert.match(reply.body.toString(), /<who><who>a<\/who><\/who>/)
  })
  test('is none for what Trestle serves', async () => {
    await using served = await serveApp({ services: [one('a', get('/a'))], ...settings })
    const paths = ['/openapi.json.json', '/docs.json', '/health.xml', '/healthz.xml', '/docs/errors.xml']
    for (const path of paths) assert.equal((await ask(served.port, `GET ${path}`)).status, 404, path)
    assert.equal((await ask(served.port, 'GET /openapi.json')).status, 200)
  })
  test('gives way to channels that are declared there', async () => {
    const services = [one('a', get('/a')), one('a-xml', get('/a.xml'))]
    await using served = await serveApp({ services: services, ...settings })
    assert.equal(
      (await ask(served.port, 'GET /a.xml', { Accept: 'application/json' })).body.toString(),
      '{"who":"a-xml"}',
    )
    assert.equal((await ask(served.port, 'GET /a.json')).body.toString(), '{"who":"a"}')
    const { paths } = openApiDocument(served.app.description)
    assert.equal(paths['/a']?.get?.description, 'Also served as `/a.json`.')
  })
  test('gives way to channels for any method, and for other names of parameters', async () => {
    const byId = service({
      name: 'by-id',
      input: z.object({ id: z.string() }),
      output,
      on: get('/b/{id}'),
      handle: () => ({ who: 'id' }),
    })
    const byNo = service({
      name: 'by-no',
      input: z.object({ no: z.string() }),
      output,
      on: any('/b/{no}.xml', { accept: 'ignore' }),
      handle: () => ({ who: 'no' }),
    })
    await using served = await serveApp({ services: [byId, byNo], ...settings })
    assert.equal((await ask(served.port, 'GET /b/1.xml')).body.toString(), '{"who":"no"}')
    assert.equal((await ask(served.port, 'GET /b/1.json')).body.toString(), '{"who":"id"}')
  })
  test('is none where there is nothing to choose from, or no place for it', async () => {
    const picture = service({ name: 'picture', on: get('/picture'), handle: () => media('x', 'image/png') })
    const rest = service({
      name: 'rest',
      input: z.object({ path: z.string() }),
      output,
      on: get('/files/{path*}'),
      handle: ({ input }) => ({ who: input.path }),
    })
    await using served = await serveApp({ services: [picture, rest], ...settings })
    assert.equal((await ask(served.port, 'GET /picture.xml')).status, 404)
    assert.equal((await ask(served.port, 'GET /files/a/b.xml')).body.toString(), '{"who":"a/b.xml"}')
  })
})
