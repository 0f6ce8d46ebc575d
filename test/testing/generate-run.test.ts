import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get, post } from '../../src/http/rest-channel.ts'
import { silentLogger } from '../../src/kernel/logger.ts'
import { service } from '../../src/kernel/service.ts'
import { readOpenApi } from '../../src/openapi/read/read-open-api.ts'
import { createApp } from '../../src/platform/app.ts'
import { generateTests } from '../../src/testing/generate/generate-tests.ts'
import type { GenerateProgress } from '../../src/testing/generate/progress.ts'
import type { GenerateResult } from '../../src/testing/generate/result.ts'
import type { GenerateSettings } from '../../src/testing/generate/settings.ts'
import { type Flaw, shop, shopDocument, shopToken } from './shop.ts'

const api = readOpenApi(shopDocument)

function tested(flaws: readonly Flaw[], settings: GenerateSettings = {}): Promise<GenerateResult> {
  const all = { seed: 3, examples: 20, own: true, credentials: { token: shopToken }, ...settings }
  return generateTests({ api, send: shop(...flaws), settings: all })
}

async function requestsOf(seed: number): Promise<readonly string[]> {
  const answer = shop()
  const seen: string[] = []
  const send = async (request: Request): Promise<Response> => {
    seen.push(`${request.method} ${request.url} ${await request.clone().text()}`)
    return answer(request)
  }
  await generateTests({ api, send, settings: { seed, examples: 20 } })
  return seen
}

suite('a run of generated tests', () => {
  test('makes the same requests with the same seed, and others with another', async () => {
    const [one, same, other] = [await requestsOf(1), await requestsOf(1), await requestsOf(2)]
    assert.ok(one.length > 200)
    assert.deepEqual(one, same)
    assert.notDeepEqual(one, other)
  })

  test('shows a fault by the smallest request', async () => {
    for (const phases of [['properties'], ['boundaries']] as const) {
      const { faults } = await tested(['fails on a high price'], { phases, examples: 200 })
      const fault = faults.find(({ operation, check }) => operation === 'POST /things' && check === 'server_error')
      const body = JSON.parse(fault?.steps.at(-1)?.request.body ?? 'null')
      assert.deepEqual(
        [Object.keys(body).sort(), body.name.length, body.price < 1002],
        [['name', 'price'], 1, true],
        phases[0],
      )
    }
  })

  test('finds a fault of a property again by its seed and path alone', async () => {
    const flaw = ['fails on a high price'] as const
    const { faults } = await tested(flaw, { phases: ['properties'], only: ['POST /things'], examples: 200 })
    const [fault] = faults
    assert.ok(fault?.path)
    const again = await tested(flaw, { seed: fault.seed, replay: { operation: fault.operation, path: fault.path } })
    assert.deepEqual(
      again.faults.map(({ steps }) => steps.map(({ request }) => request)),
      [fault.steps.map(({ request }) => request)],
    )
    assert.equal(again.requests, 1)
  })

  test('says how much of the description was reached, and what was not', async () => {
    const { coverage } = await tested([])
    assert.deepEqual(
      [coverage.operations.hit, coverage.operations.total, coverage.security.hit, coverage.security.total],
      [7, 7, 3, 3],
    )
    assert.deepEqual(coverage.statuses.missed, ['GET /things/{id} 412'])
    assert.deepEqual([coverage.parameters.hit, coverage.parameters.total], [14, 14])
    const nobody = await tested([], { credentials: {} })
    assert.deepEqual(nobody.coverage.security.missed, ['GET /account with credentials'])
    assert.deepEqual(nobody.coverage.statuses.missed, ['GET /things/{id} 412', 'GET /account 200'])
    assert.match(nobody.notes.join(), /GET \/account: asks for token, for which no value was given/)
  })

  test('reaches exactly what it sends, of a small description', async () => {
    const small = readOpenApi({
      openapi: '3.1.0',
      info: { title: 'Small', version: '1' },
      paths: {
        '/a': {
          get: {
            parameters: [{ name: 'q', in: 'query', schema: { type: 'string' } }],
            responses: { 200: { description: 'Text', content: { 'text/plain': {} } }, 404: { description: 'None' } },
          },
        },
        '/b': { get: { responses: { 200: { description: 'Empty' } } } },
      },
    })
    const send = async (request: Request): Promise<Response> => {
      const { pathname } = new URL(request.url)
      if (request.method !== 'GET') return new Response(null, { status: 405, headers: { Allow: 'GET' } })
      if (pathname !== '/a') return new Response(null, { status: 404 })
      return new Response('text', { headers: { 'Content-Type': 'text/plain' } })
    }
    const { coverage } = await generateTests({ api: small, send, settings: { seed: 1, without: ['head_matches_get'] } })
    assert.deepEqual(coverage, {
      operations: { hit: 2, total: 2, missed: [] },
      statuses: { hit: 1, total: 3, missed: ['GET /a 404', 'GET /b 200'] },
      parameters: { hit: 1, total: 1, missed: [] },
      mediaTypes: { hit: 1, total: 1, missed: [] },
      security: { hit: 0, total: 0, missed: [] },
      percent: 71,
    })
  })

  test('fails when less is reached than was asked for', async () => {
    assert.equal((await tested([], { failUnder: 90 })).ok, true)
    const { ok, faults } = await tested([], { failUnder: 100 })
    assert.deepEqual([ok, faults], [false, []])
  })

  test('counts no fault that may stay, and still shows it', async () => {
    const allowed = [{ operation: '* /account', check: 'authentication_enforced', reason: 'a demo' }] as const
    const { ok, faults } = await tested(['takes any token'], { allowed })
    assert.deepEqual([ok, faults.map((each) => each.allowed)], [true, [true]])
  })

  test('makes only the checks and calls only the operations that are asked for', async () => {
    const one = await tested(['takes any token', 'has no Allow'], { checks: ['allow_true'] })
    assert.deepEqual([...new Set(one.faults.map(({ check }) => check))], ['allow_true'])
    const other = await tested(['takes any token', 'has no Allow'], { without: ['allow_true'] })
    assert.deepEqual([...new Set(other.faults.map(({ check }) => check))], ['authentication_enforced'])
    assert.equal((await tested([], { only: ['GET *'] })).operations, 3)
    await assert.rejects(tested([], { only: ['nothing'] }), /No operation of the description is called nothing/)
  })

  test('shows no secret that the user gave', async () => {
    const result = await tested(['sends HTML'], {})
    assert.ok(result.faults.some(({ operation }) => operation === 'GET /account'))
    assert.ok(!JSON.stringify(result).includes(shopToken))
  })

  test('ends when its time is up, or when it is told to', async () => {
    let elapsed = 0
    const late = await tested([], { maxTime: 50, now: () => elapsed++ })
    assert.deepEqual([late.stopped, late.ok], ['time', true])
    const controller = new AbortController()
    const onProgress = (event: GenerateProgress): void => {
      if (event.type === 'operation') controller.abort()
    }
    const stopped = await tested([], { signal: controller.signal, onProgress })
    assert.deepEqual([stopped.stopped, stopped.ok], ['abort', false])
  })

  test('leaves an operation alone that does not answer', async () => {
    const { faults, notes } = await tested(['never answers'], { timeout: 50, only: ['GET /things'] })
    assert.deepEqual(
      faults.map(({ check, status }) => [check, status]),
      [['server_error', 0]],
    )
    assert.match(notes.join(), /GET \/things: gave no reply 4 times/)
  })

  test('leaves an operation alone that takes its time, by a clock of its own', async () => {
    let elapsed = 0
    const minute = 60_000
    const slow = await tested([], {
      only: ['GET /things'],
      now: () => {
        elapsed += minute
        return elapsed
      },
    })
    assert.deepEqual([slow.faults, slow.ok], [[], true])
    assert.match(slow.notes.join(), /GET \/things: takes its time to answer, and was left alone after some replies/)
    const quick = await tested([], { only: ['GET /things'] })
    assert.ok(slow.requests < quick.requests / 4, `${slow.requests} of ${quick.requests}`)
  })

  test('tells of its progress', async () => {
    const types = new Set<string>()
    await tested(['has no Allow'], { onProgress: ({ type }) => types.add(type) })
    assert.deepEqual([...types].sort(), ['fault', 'operation', 'phase', 'started'])
  })

  test('tests a server over the network', async () => {
    const fails = service({
      name: 'fails',
      input: z.object({ count: z.int().min(0) }),
      output: z.object({ half: z.int() }),
      on: [get('/half'), post('/half')],
      handle: ({ input }) => {
        if (input.count % 2 === 1) throw new Error('odd')
        return { half: input.count / 2 }
      },
    })
    await using app = createApp({ services: [fails], log: silentLogger, mode: 'test' })
    const { url } = await app.listen({ port: 0 })
    const document = await (await fetch(`${url}/openapi.json`)).json()
    const settings = { seed: 1, own: true, address: url }
    const { faults, address } = await generateTests({ api: readOpenApi(document), send: fetch, settings })
    assert.equal(address, url)
    assert.deepEqual(faults.map(({ operation, check, status }) => `${operation} ${check} ${status}`).sort(), [
      'GET /half server_error 500',
      'POST /half server_error 500',
    ])
    assert.deepEqual(faults.map(({ steps }) => steps[0]?.request.target.concat(steps[0].request.body ?? '')).sort(), [
      '/half?count=1',
      '/half{"count":1}',
    ])
  })

  test('reports a server that is not there as one that does not answer', async () => {
    const send = (request: Request): Promise<Response> => fetch(request)
    const settings = { seed: 1, address: 'http://127.0.0.1:9', only: ['GET /things'], phases: ['examples'] } as const
    const { faults } = await generateTests({ api, send, settings })
    assert.deepEqual(
      faults.map(({ check, status }) => [check, status]),
      [['server_error', 0]],
    )
    assert.match(faults[0]?.message ?? '', /no reply/)
  })
})
