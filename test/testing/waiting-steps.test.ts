import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { faultsOf, httpbinTarget, runLines } from './feature-runner.ts'
import { toldServer } from './told-server.ts'

const target = await httpbinTarget()
after(() => target[Symbol.asyncDispose]())

/** A server whose state is done with the third reply. */
const job = () =>
  toldServer((_, response, count) => {
    response
      .setHeader('Content-Type', 'application/json')
      .end(JSON.stringify({ state: count < 3 ? 'running' : 'done', count }))
  })

suite('within', () => {
  test('sends the last request again until the check passes', async () => {
    await using server = await job()
    const lines = `Given address "${server.url}"
      And REST method "POST"
      And request is "{"a": 1}"
      When the URL is invoked
      Then within "10 seconds" every "1 millisecond" path "/state" is "done"
      And path "/count" is an integer "3"`
    const result = await runLines(lines, target)
    assert.deepEqual(faultsOf(result), [])
    assert.deepEqual(
      server.requests.map(({ method, body }) => method + body),
      ['POST{"a":1}', 'POST{"a":1}', 'POST{"a":1}'],
    )
    assert.equal(result.steps.at(-2)?.exchanges.length, 2)
  })
  test('sends nothing when the check passes at once', async () => {
    await using server = await job()
    await runLines(
      `Given address "${server.url}"\nWhen the URL is invoked\nThen within "1 second" path "/state" is "running"`,
      target,
    )
    assert.equal(server.requests.length, 1)
  })
  test('sends the request when none was sent', async () => {
    await using server = await job()
    const lines = `Given address "${server.url}"\nThen within "10 seconds", every "1 millisecond", path "/state" is "done"`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
  })
  test('makes several checks of one response', async () => {
    await using server = await job()
    const lines = `Given address "${server.url}"
      Then within "30 seconds" every "1 millisecond"
        """
        # all of them
        Then path "/state" is "done"
        And status is "200"
        """`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
    assert.equal(server.requests.length, 3)
  })
  test('fails with what was wrong at last', async () => {
    await using server = await job()
    const lines = `Given address "${server.url}"\nWhen the URL is invoked\nThen within "20 milliseconds" every "1 millisecond" status is "201"`
    const result = await runLines(lines, target)
    assert.match(faultsOf(result)[0] ?? '', /^not within 20 milliseconds, in \d+ requests?: status is 200, not 201$/)
    assert.deepEqual(result.steps.at(-1)?.failure?.values, { expected: 201, found: 200 })
  })
  test('waits for a server that is not there', async () => {
    const server = await toldServer()
    await server[Symbol.asyncDispose]()
    const lines = `Given address "${server.url}"\nThen within "20 milliseconds" every "1 millisecond" status is "200"`
    assert.match(
      faultsOf(await runLines(lines, target))[0] ?? '',
      /^not within 20 milliseconds, in \d+ requests?: GET .* was refused: /,
    )
  })
  test('does not go on when the step itself is wrong', async () => {
    const [fault] = faultsOf(await runLines('Then within "1 hour" nobody knows this', target))
    assert.equal(fault, `No step has the phrase 'nobody knows this': see 'trestle test --steps'`)
  })
})

const items = (list: unknown): string =>
  `Given REST method "POST"\nAnd URL path "/post"\nAnd request is "${JSON.stringify({ items: list })}"\nWhen the URL is invoked\n`

suite('loops', () => {
  test('check each item, and tell of each that is wrong', async () => {
    const lines = `${items([{ n: 1 }, { n: 'a' }, {}])}Then each item of "/json/items" path "/n" is any integer`
    const [fault = ''] = faultsOf(await runLines(lines, target))
    const [second = '', third = '', ...others] = fault.split('\n')
    assert.match(second, /^item 1 of "\/json\/items": path "\/n" /)
    assert.match(third, /^item 2 of "\/json\/items": path "\/n" does not exist/)
    assert.deepEqual(others, [])
  })
  test('check items that are no objects', async () => {
    const lines = `${items(['a', 'b'])}Then each item of "/json/items" path "" is one of "a, b"\nAnd each item of "$.json.items[*]" path "$" is any string`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
  })
  test('make several checks, of a table too', async () => {
    const lines = `${items([{ n: 1 }, { n: 2 }])}Then each item of "/json/items"
      | path "/n" is any integer |
      | path "/n" is "1"         |`
    const [fault = ''] = faultsOf(await runLines(lines, target))
    assert.match(fault, /^item 1 of "\/json\/items": path "\/n" is /)
  })
  test('fail on an empty list, and on what is none', async () => {
    const lines = `${items([])}Then each item of "/json/items" path "/n" is "1"\nAnd each item of "/url" path "/n" is "1"`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [
      'path "/json/items" is an empty list, so that no item could be checked',
      'path "/url" is the text "http://localhost:17010/post", not a list',
    ])
  })
  test('leave the response as it was', async () => {
    const lines = `${items([1])}Then each item of "/json/items" path "" is an integer "1"\nAnd path "/json/items/0" is an integer "1"`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
  })
  test('do steps for each item of a list that is stored, written down, or in the response', async () => {
    await using server = await toldServer()
    const send = `\n"""\nGiven URL path "/#{id}-#{index}"\nWhen the URL is invoked\n"""\n`
    const lines = `${items([7, 8])}Then I store "/json/items" from response under "ids"
      Given for each "id" of "/json/items"
      """
      Given URL path "${server.url}/#{id}"
      When the URL is invoked
      """
      Given address "${server.url}"
      And for each "id" of "#ids"${send}And for each "id" of "a, b"${send}`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ['/7', '/8', '/7-0', '/8-1', '/a-0', '/b-1'],
    )
  })
  test('say at which item a step failed', async () => {
    const lines =
      'Given for each "code" of "200, 404"\n"""\nGiven URL path "/status/#{code}"\nWhen the URL is invoked\nThen status is "200"\n"""'
    assert.deepEqual(faultsOf(await runLines(lines, target)), [
      'with item 1 ("404"), "status is "200"": status is 404, not 200',
    ])
  })
})

suite('the steps of another scenario', () => {
  const library =
    'Feature: library\n  Scenario: login\n    Given URL path "/status/#{code}"\n    When the URL is invoked\n    Then status is "200"\n'
  test('are done with values of a table', async () => {
    const lines = 'Given the steps of "login" with:\n| code | 200 |\nThen status is "200"'
    assert.deepEqual(faultsOf(await runLines(lines, target, { library })), [])
  })
  test('say which of them failed', async () => {
    const lines = 'Given I store "500" under "code"\nAnd the steps of "login"'
    assert.deepEqual(faultsOf(await runLines(lines, target, { library })), [
      'in the steps of "login", "status is "200"": status is 500, not 200',
    ])
  })
  test('have a name of their own', async () => {
    const twice = `${library}  Scenario: login\n    Given URL path "/"\n`
    assert.deepEqual(faultsOf(await runLines('Given the steps of "login"', target, { library: twice })), [
      'Several scenarios have the name "login" (features/library.feature:2, features/library.feature:6): rename one of them',
    ])
  })
})

test('responses that are kept are checked beside the last one', async () => {
  const lines = `Given URL path "/status/201"\nWhen the URL is invoked\nThen I keep the response as "first"
    Given URL path "/get"\nWhen the URL is invoked
    Then in response "first" status is "200"\nAnd status is "200"`
  assert.deepEqual(faultsOf(await runLines(lines, target)), ['status is 201, not 200'])
})

test('values are stored from all parts of a response', async () => {
  const lines = `Given URL path "/response-headers?X-One=abc&Set-Cookie=a%3Db"
    When the URL is invoked
    Then I store header "X-One" from response under "header"
    And I store cookie "a" from response under "cookie"
    And I store the status under "status"
    And I store the response under "all"
    And I store the text of the response under "text"
    And I store the match of "X-O(\\w+)" under "match"
    And I store "/X-One" from response under "value", default "none"
    And I store "/X-Two" from response under "default", default "none"
    And variable "#header" is a string "abc"
    And variable "#cookie" is a string "b"
    And variable "#status" is an integer "200"
    And variable "#all/X-One" is a string "abc"
    And variable "#match" is a string "ne"
    And variable "#value" is a string "abc"
    And variable "#default" is a string "none"
    And I store "/X-Two" from response under "missing"`
  const [fault = '', ...others] = faultsOf(await runLines(lines, target))
  assert.match(fault, /^path "\/X-Two" does not exist: /)
  assert.deepEqual(others, [])
})

test('what is logged shows the request, the response and what is stored', async () => {
  const lines =
    'Given I store "Ann" under "name"\nAnd URL path "/get"\nAnd header "X-A" "b"\nWhen the URL is invoked\nThen context is logged'
  const { steps } = await runLines(lines, target)
  assert.deepEqual(steps.at(-1)?.notes, [
    'request: GET http://localhost:17010/get',
    '  X-A: b',
    'response: 200 from http://localhost:17010/get',
    '#name: Ann',
  ])
})
