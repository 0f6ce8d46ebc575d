import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get, post } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { createApp } from '../../src/platform/app.ts'
import { type ServedApp, serveApp } from './app-served.ts'
import { ask, jsonOf } from './raw-connection.ts'

const value = z.object({ tree: z.record(z.string(), z.unknown()).default({}) })
const keep = service({
  name: 'keep',
  input: value,
  output: value,
  on: [post('/keep', { consumes: ['json', 'xml', 'yaml'] }), get('/keep')],
  handle: ({ input }) => input,
})

const levels = (count: number): string => `${'{"a":'.repeat(count)}1${'}'.repeat(count)}`
const elements = (count: number): string => `<v><tree>${'<a>'.repeat(count)}${'</a>'.repeat(count)}</tree></v>`

suite('limits.nesting', () => {
  const shallow = (): Promise<ServedApp> => serveApp({ services: [keep], limits: { nesting: 4 } })
  const rows: Readonly<Record<string, readonly [type: string, fits: string, tooDeep: string, what: string]>> = {
    JSON: ['application/json', `{"tree":${levels(3)}}`, `{"tree":${levels(4)}}`, 'lists and objects'],
    YAML: ['application/yaml', `tree: ${levels(3)}`, `tree: ${levels(4)}`, 'lists and objects'],
    XML: ['application/xml', elements(2), elements(3), 'elements'],
  }
  for (const [what, [type, fits, tooDeep, named]] of Object.entries(rows)) {
    test(`holds for ${what}`, async () => {
      await using served = await shallow()
      const headers = { 'Content-Type': type }
      assert.equal((await ask(served.port, 'POST /keep', headers, fits)).status, 200)
      const refused = await ask(served.port, 'POST /keep', headers, tooDeep)
      assert.deepEqual([refused.status, jsonOf(refused).code], [400, 'nesting_too_deep'])
      assert.equal(jsonOf(refused).detail, `The body may nest ${named} 4 levels deep`)
      const handed = new Request('http://localhost/keep', { method: 'POST', headers, body: tooDeep })
      assert.equal((await served.app.fetch(handed)).status, 400)
    })
  }
  test('holds for names in a query, of which deeper ones are none of the model', async () => {
    await using served = await shallow()
    const at = async (path: string): Promise<unknown> => jsonOf(await ask(served.port, `GET /keep?${path}`))
    assert.deepEqual(await at('tree[a][b][c][d]=1'), { tree: { a: { b: { c: { d: '1' } } } } })
    assert.deepEqual(await at('tree[a][b][c][d][e]=1'), { tree: {} })
  })
  test('is 256 where nothing is said', async () => {
    await using served = await serveApp({ services: [keep] })
    const headers = { 'Content-Type': 'application/json' }
    assert.equal((await ask(served.port, 'POST /keep', headers, `{"tree":${levels(255)}}`)).status, 200)
    assert.equal((await ask(served.port, 'POST /keep', headers, `{"tree":${levels(256)}}`)).status, 400)
  })
  test('is a whole number of 1 or more', () => {
    assert.throws(() => createApp({ services: [], limits: { nesting: 0 } }), /limits\.nesting is 0: give a number of 1/)
  })
})

test('the key __proto__ reaches no service from the JSON text of a query', async () => {
  await using served = await serveApp({ services: [keep] })
  for (const name of ['__proto__', '\\u005f_proto__']) {
    const tree = encodeURIComponent(`{"a":{"${name}":{"polluted":true},"b":1}}`)
    const reply = await ask(served.port, `GET /keep?tree=${tree}`)
    assert.equal(reply.body.toString(), '{"tree":{"a":{"b":1}}}')
  }
})
