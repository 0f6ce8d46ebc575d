import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { digestEndpoint } from './digest-endpoint.ts'
import { faultsOf, httpbinTarget, runLines, runText } from './feature-runner.ts'
import { toldServer } from './told-server.ts'

const json = { headers: { 'Content-Type': 'application/json' } }
const replies: Readonly<Record<string, () => Response>> = {
  '/long': () =>
    new Response('{"id":9007199254740993,"ids":[9007199254740992,9007199254740993],"same":9007199254740993}', json),
  '/deep': () => new Response('['.repeat(20_000) + ']'.repeat(20_000), json),
  '/html': () => new Response('<!doctype html><p>Hi<br>', { headers: { 'Content-Type': 'text/html' } }),
  '/bomb': () =>
    new Response('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', { headers: { 'Content-Type': 'application/xml' } }),
  '/coded': () => new Response('no gzip', { headers: { 'Content-Encoding': 'gzip' } }),
}
const described = await httpbinTarget((request) => replies[new URL(request.url).pathname]?.())
const target = { ...described, api: undefined }
after(() => described[Symbol.asyncDispose]())

const got = (path: string): string => `Given URL path "${path}"\nWhen the URL is invoked\nThen `

suite('whole numbers of any length', () => {
  const right = [
    'path "/id" is "9007199254740993"',
    'path "/id" is not "9007199254740992"',
    'path "/id" is an integer "9007199254740993"',
    'path "/id" is JSON "9007199254740993"',
    'path "/id" is any integer',
    'path "/id" is greater than "9007199254740992"',
    'path "/id" matches the pattern "93$"',
    'path "/ids" is sorted ascending',
    'path "/ids" has no duplicates',
    'path "/ids" contains "9007199254740993"',
    'path "$..[?@ == $.id]" has at least "1" item',
    'path "" matches the schema\n  """\n  {"properties": {"id": {"type": "integer"}}}\n  """',
  ]
  for (const check of right) {
    test(check.replaceAll('\n', ' '), async () => {
      assert.deepEqual(faultsOf(await runLines(got('/long') + check, target)), [])
    })
  }
  test('are not equal to those beside them', async () => {
    assert.deepEqual(faultsOf(await runLines(`${got('/long')}path "/id" is "9007199254740992"`, target)), [
      'path "/id" is 9007199254740993, not "9007199254740992"',
    ])
  })
  test('are sent as they came', async () => {
    await using server = await toldServer()
    const lines = `${got('/long')}I store "/id" from response under "id"
      Given address "${server.url}"
      And REST method "POST"
      And URL path "/#{id}"
      And request is "{"a": #{id}, "b": 12345678901234567890}"
      And path "/c" in request is "#id"
      When the URL is invoked`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
    assert.deepEqual(
      server.requests.map(({ path, body }) => [path, body]),
      [['/9007199254740993', '{"a":9007199254740993,"b":12345678901234567890,"c":9007199254740993}']],
    )
  })
})

suite('what cannot be read is said with a way out', () => {
  const faults: Readonly<Record<string, readonly [path: string, check: string, fault: string]>> = {
    'JSON of 20,000 levels': [
      '/deep',
      'path "" has no duplicates',
      `The response (application/json) is nested more than 1000 levels deep, further than checks look: check its text with 'the response contains "…"'`,
    ],
    'HTML by XPath': [
      '/html',
      'XPath "//p" is "Hi"',
      `The response is no XML that can be read: it is HTML; look for texts in it with 'the response contains "…"'`,
    ],
    'XML with entities': [
      '/bomb',
      'XPath "/a" is "c"',
      'The response is no XML that can be read: it declares entities, which are never expanded',
    ],
  }
  for (const [title, [path, check, fault]] of Object.entries(faults)) {
    test(title, async () => assert.deepEqual(faultsOf(await runLines(got(path) + check, target)), [fault]))
  }
  test('a body that is coded in another way than it says', async () => {
    assert.deepEqual(faultsOf(await runLines('Given URL path "/coded"\nWhen the URL is invoked', target)), [
      'GET http://localhost:17010/coded cannot be read: its body is not coded as its header "Content-Encoding" says',
    ])
  })
})

suite('names to store under', () => {
  test('may have references in braces', async () => {
    const lines =
      'Given I store "a" under "which"\nAnd I store "b" under "#{which}-id"\nThen variable "#a-id" is a string "b"'
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
  })
  test('are no references themselves, also when there is such a value', async () => {
    const lines = 'Given I store "a" under "b"\nAnd I store "c" under "#b"'
    assert.deepEqual(faultsOf(await runLines(lines, target)), [
      '"#b" is a reference, and no name to store under: write "b"',
    ])
  })
})

test('there is no vault, and a step that names one says so', async () => {
  assert.deepEqual(faultsOf(await runLines('Given header "X-Key" "vault:prod/key"', target)), [
    String.raw`"vault:prod/key" cannot be read, since there is no vault: put the secret into the environment and write "$NAME", or write "\vault:prod/key" if the text itself is meant`,
  ])
  const lines = 'Given I store "\\vault:prod/key" under "a"\nThen variable "#a" starts with "vault"'
  assert.deepEqual(faultsOf(await runLines(lines, target)), [])
})

suite('Digest Auth', () => {
  const digested = { ...target, send: async (request: Request) => digestEndpoint(request) }
  test('is answered 401 when the password is another', async () => {
    const lines = `Given Digest Auth "ann" "another"\nAnd URL path "/a?b=c"\nWhen the URL is invoked\nThen status is "401"`
    assert.deepEqual(faultsOf(await runLines(lines, digested)), [])
  })
  test('goes with the query, with bodies, and at once from the second request on', async () => {
    let requests = 0
    const counted = { ...digested, send: (request: Request) => digested.send(request).finally(() => (requests += 1)) }
    const lines = `Given Digest Auth "ann" "secret"
      And REST method "POST"
      And URL path "/a?b=c"
      And request is "{"d": 1}"
      When the URL is invoked
      Then path "/user" is "ann"
      When the URL is invoked
      Then path "/user" is "ann"`
    assert.deepEqual([faultsOf(await runLines(lines, counted)), requests], [[], 3])
  })
  test('goes to no other origin, and no longer when it is taken back', async () => {
    await using other = await toldServer((_, response) => {
      response.writeHead(401, { 'WWW-Authenticate': 'Digest realm="r", nonce="n", qop="auth"' }).end()
    })
    const sending = { ...target, send: async () => Response.redirect(`${other.url}/`, 307) }
    const lines = 'Given Digest Auth "ann" "secret"\nWhen the URL is invoked\nThen status is "401"'
    assert.deepEqual(faultsOf(await runLines(lines, sending)), [])
    const back = lines.replace('\n', '\nAnd no authentication\n')
    assert.deepEqual(faultsOf(await runLines(`Given address "${other.url}"\n${back}`, sending)), [])
    assert.deepEqual(
      other.requests.map(({ headers }) => headers.authorization),
      [undefined, undefined],
    )
  })
})

suite('random values without a seed', () => {
  const lines =
    'Given I store a random integer under "a"\nAnd I store a random string under "b"\nThen variable "#b" is a string "c"'
  test('tell the seed that repeats them', async () => {
    const first = await runLines(lines, target)
    const note = first.steps.flatMap(({ notes }) => notes).find((each) => each.includes('seed')) ?? ''
    const [, seed = ''] = /TRESTLE_SEED=(\w+)/.exec(note) ?? []
    assert.equal(
      note,
      `random values come from the seed ${seed}; the environment variable TRESTLE_SEED=${seed} repeats them`,
    )
    const again = await runLines(lines, target, { environment: { TRESTLE_SEED: seed } })
    assert.deepEqual(faultsOf(again), faultsOf(first))
  })
  test('differ between the rows of an outline, and when a scenario is cleaned up', async () => {
    const outline = `Feature: tested
      Scenario Outline: rows
        Given I store a random string under "a"
        And context is cleaned up
        And I store a random string under "b"
        Then variable "#b" is a string "<c>"
        Examples:
          | c |
          | 1 |
          | 2 |`
    const { features } = await runText(outline, target, { environment: { TRESTLE_SEED: 'x' } })
    const faults = features.flatMap(({ scenarios }) => scenarios.flatMap(faultsOf))
    assert.equal(new Set(faults.map((each) => each.slice(0, 50))).size, 2)
  })
})
