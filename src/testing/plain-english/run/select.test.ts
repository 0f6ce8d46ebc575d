import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readFeature } from '../feature-file.ts'
import { scenariosAt } from './at-line.ts'
import { nameFilter } from './name-filter.ts'
import { RunFault } from './run-fault.ts'
import { choose } from './select.ts'
import { tagFilter } from './tags.ts'

const feature = readFeature(
  'a.feature',
  [
    'Feature: A', // 1
    '  Background:',
    '    Given x',
    '  @one', // 4
    '  Scenario: first',
    '    Given a',
    '',
    '  Scenario: each <n>', // 8
    '    Given <n>',
    '    Examples: small',
    '      | n |',
    '      | 1 |', // 12
    '      | 2 |',
    '    @big',
    '    Examples: big',
    '      | n |', // 16
    '      | 9 |',
    '  Rule: R',
    '    Scenario: in rule',
    '      Given b', // 20
    '    Scenario: in rule too',
    '      Given c',
  ].join('\n'),
)

suite('a line of a feature file', () => {
  const at = (line: number): readonly string[] => scenariosAt(feature, line).map(({ name }) => name)
  const all = ['first', 'each 1', 'each 2', 'each 9', 'in rule', 'in rule too']

  for (const [line, names] of [
    [1, all],
    [3, all],
    [4, ['first']],
    [7, ['first']],
    [8, ['each 1', 'each 2', 'each 9']],
    [11, ['each 1', 'each 2']],
    [13, ['each 2']],
    [14, ['each 9']],
    [18, ['in rule', 'in rule too']],
    [20, ['in rule']],
    [99, ['in rule too']],
  ] as const) {
    test(`${line} means ${names.length === all.length ? 'all' : names.join(' and ')}`, () => {
      assert.deepEqual(at(line), names)
    })
  }

  test('means all rows of a data file where it is named', () => {
    const source = 'Feature: A\nScenario: s\n Given <a>\n Examples: from "a.csv"'
    assert.equal(
      scenariosAt(
        readFeature('a.feature', source, () => 'a\n1\n2'),
        4,
      ).length,
      2,
    )
  })
})

suite('the choice of scenarios', () => {
  const names = (tags: readonly string[], names: readonly string[] = []): readonly string[] =>
    choose([feature], [feature], { tags: tagFilter(tags), name: nameFilter(names), lines: new Map() })
      .features.flatMap((each) => each.scenarios)
      .map(({ name }) => name)

  test('is by tags, all of which have to hold, and by names, one of which has to', () => {
    assert.deepEqual(names(['@one or @big']), ['first', 'each 9'])
    assert.deepEqual(names(['@one or @big', 'not @one']), ['each 9'])
    assert.deepEqual(names([], ['FIRST', '/^each [2-9]$/']), ['first', 'each 2', 'each 9'])
    assert.deepEqual(names(['@big'], ['first']), [])
  })

  test('refuses tag expressions and patterns that are none, with one that is right', () => {
    assert.throws(
      () => tagFilter(['@a and']),
      (error) => error instanceof RunFault && error.usage && /write it as '@smoke/.test(error.message),
    )
    assert.throws(() => nameFilter(['/(/']), /\/\(\/ is no pattern/)
  })

  test('brings along earlier scenarios whose stored values are used, and what those use', () => {
    const story = readFeature(
      'a.feature',
      [
        'Feature: A',
        'Scenario: log in',
        '  Then I store "/token" from response under "token"',
        'Scenario: create',
        '  Given header "Authorization" "Bearer #{token}"',
        '  Then I store "/id" from response under "id"',
        'Scenario: unrelated',
        '  Given "id" is here',
        'Scenario: own',
        '  Given I store "x" under "id"',
        '  And "#id" is used',
        'Scenario: read',
        '  Given URL path "/things/#{id.value}"',
        'Scenario: create another',
        '  Then I store "/id" from response under "id"',
        'Scenario: table',
        '  Given I store these values',
        '    | user | Ada |',
        'Scenario: encoded',
        '  Given I encode "x" using Base64 under "basic"',
        'Scenario: both',
        '  Given "#user" and "#{basic}"',
      ].join('\n'),
    )
    const chosen = (line: number): readonly string[] => {
      const lines = new Map([['a.feature', [line]]])
      const { features, because } = choose([story], [story], { tags: tagFilter([]), name: () => true, lines })
      return features.flatMap((each) => each.scenarios).map((each) => `${because.has(each) ? '+' : ''}${each.name}`)
    }
    // The nearest one before it that stores the name counts.
    assert.deepEqual(chosen(12), ['+own', 'read'])
    assert.deepEqual(chosen(9), ['own'])
    assert.deepEqual(chosen(4), ['+log in', 'create'])
    assert.deepEqual(chosen(7), ['unrelated'])
    assert.deepEqual(chosen(21), ['+table', '+encoded', 'both'])
  })
})
