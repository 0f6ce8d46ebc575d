import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import type { ReadApi } from '../../src/openapi/read/read-api.ts'
import { readOpenApi } from '../../src/openapi/read/read-open-api.ts'
import { faultsOf, httpbinTarget, runLines } from './feature-runner.ts'
import { toldServer } from './told-server.ts'

const target = await httpbinTarget((request) => {
  return request.headers.has('x-strange') ? Response.json({ strange: true }) : undefined
})
after(() => target[Symbol.asyncDispose]())

suite('the API description', () => {
  const strange = 'Given URL path "/get"\nAnd header "X-Strange" "yes"\n'
  const message = 'The response does not match the API description:'
  test('is checked with each response, and the checks behind it are still made', async () => {
    const result = await runLines(
      `${strange}When the URL is invoked\nThen status is "200"\nAnd path "/strange" is False`,
      target,
    )
    const [first = '', second, ...others] = faultsOf(result)
    assert.ok(first.startsWith(message), first)
    assert.match(first, /The body of the 200 .*"args"/)
    assert.deepEqual([second === undefined, others], [false, []])
    assert.deepEqual(
      result.steps.map(({ status }) => status),
      ['passed', 'passed', 'failed', 'passed', 'failed'],
    )
  })
  test('is not checked where a feature says so, unless a step asks', async () => {
    const off = 'Given responses are not checked against the API description\n'
    assert.deepEqual(faultsOf(await runLines(`${off}${strange}When the URL is invoked`, target)), [])
    const asked = await runLines(
      `${off}${strange}When the URL is invoked\nThen the response matches the API description`,
      target,
    )
    assert.equal(faultsOf(asked).length, 1)
  })
  const described = (type: string): ReadApi =>
    readOpenApi({
      openapi: '3.1.0',
      info: { title: 'Things', version: '1' },
      paths: {
        '/things': {
          get: { responses: { 200: { description: 'ok', content: { 'application/json': { schema: { type } } } } } },
        },
      },
    })
  test('may be one of several versions', async () => {
    const send = async (): Promise<Response> => Response.json([])
    const lines = 'Given URL path "/things"\nWhen the URL is invoked'
    const versions = [described('string'), described('array')]
    assert.deepEqual(faultsOf(await runLines(lines, { ...target, send, api: described('object'), versions })), [])
    const [fault = ''] = faultsOf(await runLines(lines, { ...target, send, api: described('object'), versions: [] }))
    assert.match(fault, /expected an object, found \[\]; where that is meant, write 'Given responses are not checked/)
  })
  test('does not care for a slash at the end', async () => {
    const send = async (): Promise<Response> => Response.json({})
    const [fault = ''] = faultsOf(
      await runLines('Given URL path "/things/"\nWhen the URL is invoked', {
        ...target,
        send,
        api: described('array'),
      }),
    )
    assert.match(fault, /expected a list/)
    assert.deepEqual(
      faultsOf(
        await runLines('Given URL path "/things/"\nWhen the URL is invoked', {
          ...target,
          send,
          api: described('object'),
        }),
      ),
      [],
    )
  })
  test('says nothing of other servers', async () => {
    await using server = await toldServer()
    const lines = `Given address "${server.url}"\nWhen the URL is invoked\nThen the response matches the API description`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [`${server.url}/ is no address of the API under test`])
    const unknown = await runLines('When the URL is invoked\nThen the response matches the API description', {
      ...target,
      api: undefined,
    })
    assert.deepEqual(faultsOf(unknown), ['no API description is known: give one with --api'])
  })
})
