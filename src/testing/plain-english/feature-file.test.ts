import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readFeature } from './feature-file.ts'

const text = (...lines: readonly string[]): string => lines.join('\n')

suite('a feature file', () => {
  test('may begin with a byte order mark, and have line ends of Windows', () => {
    const { faults, scenarios, description } = readFeature(
      'a.feature',
      '\uFEFFFeature: A\r\n  told\r\n\r\n  Scenario: one\r\n    Given x\r\n      """\r\n      a\r\n      b\r\n      """\r\n',
    )
    assert.deepEqual(faults, [])
    assert.equal(description, 'told')
    assert.equal(scenarios[0]?.steps[0]?.docString?.content, 'a\nb')
  })

  test('has rules with backgrounds and tags, and tells the rule of a scenario', () => {
    const { scenarios } = readFeature(
      'a.feature',
      text(
        '@f',
        'Feature: A',
        'Background:',
        '  Given first',
        'Example: outside',
        '  When it runs',
        '@r',
        'Rule: R',
        '  Background:',
        '    Given second',
        '  @s',
        '  Scenario: inside',
        '    * it runs',
      ),
    )
    assert.deepEqual(
      scenarios.map(({ name, rule, tags, steps }) => [
        name,
        rule,
        tags,
        steps.map((step) => `${step.keyword} ${step.text}`),
      ]),
      [
        ['outside', undefined, ['@f'], ['Given first', 'When it runs']],
        ['inside', 'R', ['@f', '@r', '@s'], ['Given first', 'Given second', '* it runs']],
      ],
    )
  })

  test('fills in the rows of outlines everywhere, values with signs of patterns too', () => {
    const { scenarios } = readFeature(
      'a.feature',
      text(
        'Feature: A',
        'Scenario: buy <what>',
        '  Given "<what>" for <price>',
        '    """<kind>',
        '    {"a": "<what>"}',
        '    """',
        '  And a table',
        '    | <what> | x \\| y |',
        '  @big',
        '  Examples:',
        '    | what  | price | kind |',
        '    | a$&b  | $1    | json |',
      ),
    )
    const [scenario] = scenarios
    assert.equal(scenario?.name, 'buy a$&b')
    assert.equal(scenario?.id, 'a.feature:12')
    assert.deepEqual(scenario?.tags, ['@big'])
    assert.equal(scenario?.steps[0]?.text, '"a$&b" for $1')
    assert.deepEqual(scenario?.steps[0]?.docString, { content: '{"a": "a$&b"}', mediaType: 'json' })
    assert.deepEqual(scenario?.steps[1]?.table, [['a$&b', 'x | y']])
  })

  test('may give a step both a text and a table, speak other languages, and be written in Markdown', () => {
    const both = readFeature('a.feature', 'Feature: A\nScenario: b\n Given x\n """\n t\n """\n | c |')
    assert.deepEqual(both.faults, [])
    assert.deepEqual(
      [both.scenarios[0]?.steps[0]?.docString?.content, both.scenarios[0]?.steps[0]?.table],
      ['t', [['c']]],
    )

    const french = readFeature('a.feature', '#  language : fr\nFonctionnalité: A\nScénario: b\n  Étant donné que x\n')
    assert.deepEqual([french.language, french.scenarios[0]?.steps[0]?.text], ['fr', 'x'])

    const markdown = readFeature('a.feature.md', '# Feature: A\n\nTold.\n\n## Scenario: b\n\n* Given x\n')
    assert.deepEqual(
      markdown.scenarios.map(({ name, steps }) => [name, steps[0]?.text]),
      [['b', 'x']],
    )
  })

  test('with mistakes has no scenarios, and all mistakes with their places', () => {
    const { faults, scenarios } = readFeature(
      'a.feature',
      text('Feature: A', '@a b', 'Scenario: b', '  Given x', '  nonsense', 'Scenario: c', '  Given y', '   wrong'),
    )
    assert.deepEqual(scenarios, [])
    assert.deepEqual(
      faults.map(({ line, column }) => [line, column]),
      [
        [2, 1],
        [5, 3],
        [8, 4],
      ],
    )
    assert.match(faults[0]?.message ?? '', /^A tag may not contain whitespace/)
    assert.match(
      readFeature('a.feature', 'Feature: A\nScenario: b\n Given x\n """\n a').faults[0]?.message ?? '',
      /^The file ends too early: here belongs /,
    )
    assert.match(
      readFeature('a.feature', '# language: xx\nFeature: A').faults[0]?.message ?? '',
      /Language not supported: xx/,
    )
  })

  test('may hold nothing', () => {
    for (const nothing of ['', '\n\n', '# only a comment', 'Feature: A']) {
      const { faults, scenarios } = readFeature('a.feature', nothing)
      assert.deepEqual([faults, scenarios], [[], []])
    }
  })
})

suite('examples from a file', () => {
  const outline = (file: string): string =>
    text('Feature: A', 'Scenario: <name>', '  Given "<name>" in "<address.city>"', `  Examples: from "${file}"`)
  const read = (content: string) => (): string => content

  test('are rows of CSV, with quotes, semicolons and a byte order mark', () => {
    const comma = readFeature(
      'a.feature',
      outline('u.csv'),
      read('\uFEFFname,address.city\n"Ada, first",London\n\nBob,"a ""b"""\n'),
    )
    assert.deepEqual(comma.faults, [])
    assert.deepEqual(
      comma.scenarios.map(({ id, line, steps }) => [id, line, steps[0]?.text]),
      [
        ['a.feature:4', 4, '"Ada, first" in "London"'],
        ['a.feature:4#2', 4, '"Bob" in "a "b""'],
      ],
    )
    const semicolon = readFeature('a.feature', outline('u.csv'), read('name;address.city\nAda;York, UK\n'))
    assert.equal(semicolon.scenarios[0]?.steps[0]?.text, '"Ada" in "York, UK"')
    assert.equal(readFeature('a.feature', outline('u.tsv'), read('name\taddress.city\na\tb')).scenarios.length, 1)
  })

  test('are objects of JSON, with inner members by dots, and in rules and with tags too', () => {
    const rows = [{ name: 'Ada', address: { city: 'London' } }, { name: null, address: { city: 7 } }, { name: 'x' }]
    const source = text(
      'Feature: A',
      'Rule: R',
      'Scenario Outline: o',
      '  Given "<name>" "<address.city>" <address>',
      '@t',
      'Examples: people from "u.json"',
    )
    const { scenarios } = readFeature('a.feature', source, read(JSON.stringify(rows)))
    assert.deepEqual(
      scenarios.map(({ steps }) => steps[0]?.text),
      ['"Ada" "London" {"city":"London"}', '"null" "7" {"city":7}', '"x" "" '],
    )
    assert.deepEqual(scenarios[0]?.tags, ['@t'])
  })

  test('that cannot be read are a fault at the place that names them', () => {
    const faultsOf = (file: string, content: string): readonly unknown[] => {
      const { faults, scenarios } = readFeature('a.feature', outline(file), read(content))
      assert.deepEqual(scenarios, [])
      return faults.map(({ line, column, message }) => `${line}:${column} ${message}`)
    }
    assert.match(
      String(faultsOf('u.csv', 'name,address.city\nonly one')),
      /^4:3 The examples of "u\.csv" cannot be read: .*Invalid Record Length/,
    )
    assert.match(String(faultsOf('u.csv', '')), /it is empty: its first line names the columns$/)
    assert.match(String(faultsOf('u.csv', 'name,address.city\n')), /it has no rows$/)
    assert.match(String(faultsOf('u.json', '{')), /"u\.json" cannot be read: .*JSON/)
    assert.match(String(faultsOf('u.json', '[1]')), /it is no list of objects$/)
    assert.match(String(faultsOf('u.xls', '')), /its name ends in none of \.csv, \.tsv and \.json$/)
  })
})
