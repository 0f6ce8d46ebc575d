import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { runSteps, type Surroundings } from '../../../../test/testing/run-steps.ts'

/** The JSON that is sent after these steps. */
async function sent(steps: readonly string[], surroundings: Surroundings = {}): Promise<unknown> {
  const run = await runSteps(['Given REST method "POST"', ...steps, 'When the URL is invoked'], surroundings)
  assert.deepEqual(run.faults, [])
  return run.sentJson
}

async function faults(...steps: readonly string[]): Promise<readonly string[]> {
  return (await runSteps(steps)).faults
}

const exact: Readonly<Record<string, unknown>> = {
  'is "30"': '30',
  'is "#stored"': { a: [1] },
  'is "no #{stored.a.0}"': 'no 1',
  'is "{\'a\': (1, None)}" (with literal_eval)': { a: [1, null] },
  'is JSON "{"a": [true]}"': { a: [true] },
  'is JSON "#stored"': { a: [1] },
  'is an integer "30"': 30,
  'is a float "7.50"': 7.5,
  'is a number "7"': 7,
  'is a list "a, 1, "b, c""': ['a', '1', 'b, c'],
  'is one of ",a,"': 'a',
  'is True': true,
  'is False': false,
  'is true': true,
  'is false': false,
  'is null': null,
  'is None': null,
  'is an empty list': [],
  'is an empty dict': {},
  'is an empty object': {},
  'is UTC now "default"': '2026-01-31T12:00:00',
  'is UTC now "YYYY-MM-DD[T]HH:mm:ss.SSSZZ"': '2026-01-31T12:00:00.000+00:00',
  'is UTC now "default" minus one hour': '2026-01-31T11:00:00',
  'is UTC now "default" minus "1 day and 2 hours"': '2026-01-30T10:00:00',
  'is UTC now "default" plus "1 month"': '2026-02-28T12:00:00',
  'is now "X"': '1769860800',
  'is now "X" plus "1 minute"': '1769860860',
  'is now "X" minus "1 minute"': '1769860740',
}

const random: Readonly<Record<string, RegExp>> = {
  'is a UUID': /^"[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}"$/,
  'is a UUID4': /^"[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}"$/,
  'is a random UUID': /^"[\da-f-]{36}"$/,
  'is a random string': /^"a[\da-f]{32}"$/,
  'is a random integer': /^\d{1,2}$/,
  'is a random float': /^\d{1,2}\.\d+$/,
  'is a random date "YYYY-MM-DD"': /^"(19|20)\d\d-\d\d-\d\d"$/,
  'is a random date after "2026-01-01" "YYYY-MM-DD"': /^"(202[6-9]|20[3-9]\d|2[12]\d\d)-\d\d-\d\d"$/,
  'is a random date before "2026-01-01" "YYYY-MM-DD"': /^"(1[789]\d\d|20[01]\d|202[0-5])-\d\d-\d\d"$/,
  'is a random date between "2026-03-01" and "2026-03-02" "YYYY-MM-DD"': /^"2026-03-0[12]"$/,
  'is a random date between "2026-03-02" and "2026-03-01" "YYYY-MM-DD"': /^"2026-03-0[12]"$/,
}

suite('a path in the request', () => {
  const store = 'Given I store "{"a": [1]}" as JSON under "stored"'
  for (const name of ['path', 'JSON Pointer']) {
    for (const [words, value] of Object.entries(exact)) {
      test(`${name} ${words}`, async () => {
        assert.deepEqual(await sent([store, `Given ${name} "/a/b" in request ${words}`]), { a: { b: value } })
      })
    }
    for (const [words, pattern] of Object.entries(random)) {
      test(`${name} ${words}`, async () => {
        assert.match(JSON.stringify(await sent([`Given ${name} "" in request ${words}`])), pattern)
      })
    }
    test(`${name} is removed`, async () => {
      const steps = ['Given request is "{"a": 1, "b": 2}"', `Given ${name} "/a" in request is removed`]
      assert.deepEqual(await sent(steps), { b: 2 })
    })
  }
  test('by JSONPath, in all places', async () => {
    const steps = ['Given request is "[{"p": 1}, {"p": 2}]"', 'Given path "$[*].p" in request is an integer "0"']
    assert.deepEqual(await sent(steps), [{ p: 0 }, { p: 0 }])
  })
  test('has a table of values', async () => {
    const table = [
      '| path | value |',
      '| /name | John |',
      '| age | 30 |',
      '| /text | "30" |',
      '| /tags/0 | #name |',
      '| /no | null |',
    ]
    const steps = ['Given I store "7" as JSON under "name"', 'Given the JSON request has', ...table]
    assert.deepEqual(await sent(steps), { name: 'John', age: 30, text: '30', tags: [7], no: null })
  })
  test('takes a named date format', async () => {
    const steps = ['Given date format "day" "D.M.YYYY"', 'Given path "/day" in request is UTC now "day"']
    assert.deepEqual(await sent(steps), { day: '31.1.2026' })
  })
  test('is random in the same way with the same seed', async () => {
    const steps = ['Given random values come from seed "1"', 'Given path "/a" in request is a random string']
    assert.deepEqual(await sent(steps), await sent(steps))
    const environment = { TRESTLE_SEED: '1' }
    assert.deepEqual(await sent(steps.slice(1), { environment }), await sent(steps.slice(1), { environment }))
  })
})

suite('a path in the request cannot be set', () => {
  const messages: readonly (readonly [steps: readonly string[], message: string])[] = [
    [['Given path "/a" in request is an integer "x"'], '"x" in the step is no number: write one, as in "7" or "7.5"'],
    [['Given path "/a" in request is an integer "1.5"'], `1.5 is no integer: write 'is a float "1.5"'`],
    [['Given path "/a" in request is one of ","'], 'There is nothing to choose from: give at least one item'],
    [['Given path "a" in request is "x"'], `The path "a" begins with neither '/' nor '$': write "/a" if that is meant`],
    [
      ['Given path "/a" in request is now "dflt"'],
      `No date format has the name "dflt": name it with 'date format "dflt" "YYYY-MM-DD"'`,
    ],
    [
      ['Given path "/a" in request is now "defualt"'],
      `No date format has the name "defualt": write "default" if that is meant, or name it with 'date format "defualt" "YYYY-MM-DD"'`,
    ],
    [
      ['Given format "XML"', 'Given path "/a" in request is "x"'],
      `The request is XML, and only JSON has paths: write 'format "JSON"'`,
    ],
    [['Given the JSON request has'], 'The step needs a table below it, each row a path and a value'],
    [
      ['Given path "/a" in request is removed'],
      'path "/a" does not exist: the whole is nothing, which has no members, so that it cannot be removed',
    ],
  ]
  for (const [steps, message] of messages) {
    test(steps.at(-1) ?? '', async () => assert.deepEqual(await faults(...steps), [message]))
  }
})
