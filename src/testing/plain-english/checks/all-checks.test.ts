import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { runSteps } from '../../../../test/testing/run-steps.ts'
import { allChecks } from './all-checks.ts'

interface Case {
  /** A value of which the check is true with these words. */
  readonly right: readonly [value: unknown, ...words: string[]]
  /** A value of which it is not. */
  readonly wrong: readonly [value: unknown, ...words: string[]]
  /** What is said then, behind the name of the value. */
  readonly says: string
}

const uuid = '6f1c0f0e-6f8c-4a1a-9c87-0d2f4d3b8f11'

/** By the phrase that the reference shows. */
const cases: Readonly<Record<string, Case>> = {
  'is {value}': {
    right: ['John Doe', 'John Doe'],
    wrong: ['Jane Roe', 'John Doe'],
    says: 'is "Jane Roe", not "John Doe"',
  },
  'is not {value}': { right: ['a', 'b'], wrong: ['a', 'a'], says: 'is "a", which it must not be' },
  'is not a string {text}': { right: [30, '30'], wrong: ['30', '30'], says: 'is the text "30", which it must not be' },
  'is a string {text}': { right: ['30', '30'], wrong: [30, '30'], says: 'is the number 30, not the text "30"' },
  'is {value} \\(with literal_eval\\)': {
    right: [{ a: [1, true, null] }, "{'a': [1, True, None]}"],
    wrong: ['0', '0'],
    says: 'is "0", not 0',
  },
  'is JSON {name}': {
    right: [{ a: 1, b: [2] }, '{"b": [2], "a": 1}'],
    wrong: [[1, 2], '[2, 1]'],
    says: 'is [1,2], not [2,1]',
  },
  'is one of {value}': { right: ['b', 'a, b'], wrong: ['c', 'a, "b, d"'], says: 'is "c", not one of "a", "b, d"' },
  'is not one of {value}': { right: ['c', 'a, b'], wrong: [1, 'a, 1'], says: 'is 1, which it must not be' },
  'is True': { right: [true], wrong: [1], says: 'is the number 1, not true' },
  'is False': { right: [false], wrong: ['false'], says: 'is the text "false", not false' },
  'is null': { right: [null], wrong: [''], says: 'is the text "", not null' },
  'is not null': { right: [''], wrong: [null], says: 'is null' },
  'is empty': { right: [[]], wrong: [0], says: 'is 0, not empty' },
  'is not empty': { right: [0], wrong: [''], says: 'is empty: it is ""' },
  'is any string': { right: ['x'], wrong: [1], says: 'is the number 1, not a string' },
  'is any integer': { right: [1], wrong: [true], says: 'is the boolean true, not an integer' },
  'is any float': { right: [1], wrong: ['1.5'], says: 'is the text "1.5", not a float' },
  'is any bool': { right: [false], wrong: [0], says: 'is the number 0, not a bool' },
  'is any list': { right: [[]], wrong: [{}], says: 'is the object {}, not a list' },
  'is any dict': { right: [{}], wrong: [[]], says: 'is the list [], not a dict' },
  'is a uuid': { right: [uuid], wrong: ['x'], says: 'is the text "x", not a uuid' },
  'is any UUID4': {
    right: [uuid],
    wrong: ['6f1c0f0e-6f8c-1a1a-9c87-0d2f4d3b8f11'],
    says: 'is the text "6f1c0f0e-6f8c-1a1a-9c87-0d2f4d3b8f11", not a UUID4',
  },
  'is a date-time': {
    right: ['2026-01-31T09:30:00Z'],
    wrong: ['2026-01-31'],
    says: 'is the text "2026-01-31", not a date-time',
  },
  'is a date': { right: ['2024-02-29'], wrong: ['2026-02-29'], says: 'is the text "2026-02-29", not a date' },
  'is an e-mail address': { right: ['a@b.de'], wrong: ['a.b.de'], says: 'is the text "a.b.de", not an e-mail address' },
  'is a URL': { right: ['https://a.de/b'], wrong: ['/b'], says: 'is the text "/b", not a URL' },
  'is a date {text}': {
    right: ['31/01/2026', 'DD/MM/YYYY'],
    wrong: ['2026-01-31', 'DD/MM/YYYY'],
    says: 'is the text "2026-01-31", not a date as DD/MM/YYYY',
  },
  'is an empty list': { right: [[]], wrong: [''], says: 'is the text "", not an empty list' },
  'is not an empty list': { right: [[1]], wrong: ['x'], says: 'is the text "x", not a list' },
  'is an empty dict': { right: [{}], wrong: [[]], says: 'is the list [], not an empty object' },
  'is a BASE32 Crockford, checksum {text}': {
    right: ['16JD', 'true'],
    wrong: ['16JE', 'true'],
    says: `is "16JE", which is no Base32 of Crockford: it has the checksum 'E' instead of 'D'`,
  },
  'is an integer {value}': { right: [30, '30'], wrong: ['30', '30'], says: 'is the text "30", not the integer 30' },
  'is a float {value}': { right: [7, '7.0'], wrong: [7.1, '7'], says: 'is the number 7.1, not the number 7' },
  'is greater than {value}': {
    right: [7, '6'],
    wrong: [6, '6'],
    says: 'is the number 6, not a number that is greater than 6',
  },
  'is at least {value}': { right: [6, '6'], wrong: [5, '6'], says: 'is the number 5, not a number that is at least 6' },
  'is less than {value}': {
    right: [5, '6'],
    wrong: ['5', '6'],
    says: 'is the text "5", not a number that is less than 6',
  },
  'is at most {value}': { right: [6, '6'], wrong: [7, '6'], says: 'is the number 7, not a number that is at most 6' },
  'is between {value} and {value}': {
    right: [6, '6', '7'],
    wrong: [8, '6', '7.5'],
    says: 'is the number 8, not a number between 6 and 7.5',
  },
  'is after {text}': {
    right: ['2026-01-01T12:00:00+01:00', '2026-01-01T10:59:59Z'],
    wrong: ['2026-01-01', '2026-01-01'],
    says: 'is the text "2026-01-01", not a moment that is after 2026-01-01',
  },
  'is before {text}': {
    right: ['2026-01-01', '2026-01-02'],
    wrong: ['soon', '2026-01-01'],
    says: 'is the text "soon", not a moment that is before 2026-01-01',
  },
  'starts with {text}': { right: ['abc', 'ab'], wrong: ['abc', 'b'], says: 'is "abc", which does not start with "b"' },
  'does not start with {text}': { right: ['abc', 'b'], wrong: ['abc', 'a'], says: 'is "abc", which starts with "a"' },
  'starts with any of {value}': {
    right: ['abc', 'x, a'],
    wrong: ['abc', 'x, y'],
    says: 'is "abc", which starts with none of "x", "y"',
  },
  'ends with {text}': { right: ['abc', 'bc'], wrong: ['abc', 'b'], says: 'is "abc", which does not end with "b"' },
  'does not end with {text}': { right: ['abc', 'b'], wrong: ['abc', 'c'], says: 'is "abc", which ends with "c"' },
  'matches the pattern {name}': {
    right: ['$5', '^\\$\\d{1,3}$'],
    wrong: ['A', '^\\d$'],
    says: 'is "A", which does not match the pattern /^\\d$/u',
  },
  'does not match the pattern {name}': {
    right: ['A', '\\d'],
    wrong: ['1', '\\d'],
    says: 'is "1", which matches the pattern /\\d/u',
  },
  'is a list {value}': {
    right: [['a', 1, true, 'b, c'], 'a, 1, true, "b, c"'],
    wrong: [['a', 'b'], 'a'],
    says: 'is ["a","b"], not the list "a"',
  },
  'contains {value}': {
    right: [['a', { b: 1 }], '{"b": 1}'],
    wrong: ['abc', 'x'],
    says: 'is "abc", which does not contain "x"',
  },
  'does not contain {value}': {
    right: [{ a: 1 }, 'b'],
    wrong: [{ a: 1 }, 'a'],
    says: 'is {"a":1}, which contains "a"',
  },
  'has {value} items': { right: [[1, 2], '2'], wrong: [[1], '2'], says: 'has 1 item, not 2' },
  'has at least {value} items': { right: [[1, 2], '1'], wrong: [[], '1'], says: 'has 0 items, not at least 1' },
  'has at most {value} items': { right: [[1, 2], '2'], wrong: [[1, 2, 3], '2'], says: 'has 3 items, not at most 2' },
  'has the length {value}': {
    right: ['h🙂', '2'],
    wrong: ['abc', '2'],
    says: 'is "abc", which has 3 characters, not a text of 2',
  },
  'has no duplicates': { right: [[1, '1', {}]], wrong: [[{ a: 1 }, 2, { a: 1 }]], says: 'has {"a":1} more than once' },
  'is sorted ascending': {
    right: [[1, 2, 2, 10]],
    wrong: [[10, 2]],
    says: 'is not sorted ascending: 10 comes before 2',
  },
  'is sorted descending': { right: [['b', 'a']], wrong: [['a', 1]], says: 'has "a" beside 1, which have no order' },
  'is sorted ascending by {text}': {
    right: [[{ id: 1 }, { id: 2 }], 'id'],
    wrong: [[{ id: 2 }, { id: 1 }], '/id'],
    says: 'is not sorted ascending: 2 comes before 1',
  },
  'is sorted descending by {text}': {
    right: [[{ id: 2 }, { id: 1 }], '/id'],
    wrong: [[{ id: 1 }, { id: 2 }], '/id'],
    says: 'is not sorted descending: 1 comes before 2',
  },
}

/** Need a doc string or a file, and are tested on their own. */
const others: ReadonlySet<string> = new Set([
  'is JSON',
  'contains the members',
  'matches the schema',
  'matches the schema {text}',
  'is JSON equal to that from {text}',
  'contains data from {text}',
])

suite('checks of a value', () => {
  test('have a right and a wrong case each', () => {
    const phrases = allChecks.map((each) => each.phrases[0] ?? '').filter((each) => !others.has(each))
    assert.deepEqual(phrases.toSorted(), Object.keys(cases).toSorted())
  })
  for (const { phrases } of allChecks) {
    const found = cases[phrases[0] ?? '']
    if (found === undefined) continue
    const { right, wrong, says } = found
    test(`${phrases.join(', ')}: true of ${JSON.stringify(right[0])}`, async () => {
      assert.deepEqual(await faultsOf(phrases, right), [])
    })
    test(`${phrases.join(', ')}: not true of ${JSON.stringify(wrong[0])}`, async () => {
      const expected = phrases.flatMap(() => [`path "/x" ${says}`, `path "/x" ${says}`, `variable "#x" ${says}`])
      assert.deepEqual(await faultsOf(phrases, wrong), expected)
    })
  }
})

/** What is wrong with a value in the response, by both names of paths, and with the same value when it was stored. */
async function faultsOf(phrases: readonly string[], [value, ...words]: Case['right']): Promise<readonly string[]> {
  const checks = phrases.flatMap((phrase) => {
    const given = [...words]
    const check = phrase.replaceAll('\\', '').replaceAll(/\{\w+\}/g, () => `"${given.shift()}"`)
    return ['path "/x"', 'JSON Pointer "/x"', 'variable "#x"'].map((name) => `Then ${name} ${check}`)
  })
  const store = ['Given I store this JSON under "x"', '"""', JSON.stringify(value), '"""']
  const { faults } = await runSteps([...store, 'When the URL is invoked', ...checks], {
    reply: JSON.stringify({ x: value }),
  })
  return faults
}
