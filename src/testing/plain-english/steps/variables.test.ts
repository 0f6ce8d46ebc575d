import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { runSteps } from '../../../../test/testing/run-steps.ts'

suite('variables', () => {
  test('keep the types of JSON', async () => {
    const { faults } = await runSteps([
      'Given I store "{"lines": [{"sku": "A-1", "count": 2}]}" as JSON under "order"',
      'Given I store "[#{order.lines.0.count}, "#{order.lines.0.sku}"]" as JSON under "list"',
      'Then variable "#order.lines.0.count" is an integer "2"',
      'Then variable "order/lines" has "1" item',
      'Then variable "#list" is JSON "[2, "A-1"]"',
      'Then variable "#{order.lines.0.sku}!" is "A-1!"',
    ])
    assert.deepEqual(faults, [])
  })
  test('are stored from a table and a doc string', async () => {
    const { faults } = await runSteps(
      [
        'Given I store these values',
        '| a | x |',
        '| b | @user |',
        'Given I store this JSON under "c"',
        '"""',
        '{"a": "#{a}"}',
        '"""',
      ].concat([
        'Then variable "#b" is an integer "3"',
        'Then variable "#c" is JSON "{"a": "x"}"',
        'Then variable "$TOWN" is "Bonn"',
      ]),
      { settings: { user: 3 }, environment: { TOWN: 'Bonn' } },
    )
    assert.deepEqual(faults, [])
  })
  test('count items of the response', async () => {
    const { faults } = await runSteps(
      [
        'When the URL is invoked',
        'Then I store the number of items of path "/list" under "count"',
        'Then variable "#count" is an integer "2"',
        'Then I store the number of items of path "$.list[*].a" under "all"',
        'Then variable "#all" is an integer "1"',
        'Then I store the number of items of path "/n" under "none"',
      ],
      { reply: '{"list": [{"a": 1}, 2], "n": 1}' },
    )
    assert.deepEqual(faults, ['path "/n" is no list, so that it has no items'])
  })
  test('are added and subtracted', async () => {
    const { faults } = await runSteps([
      'Given I store "0.1" plus "0.2" under "sum"',
      'Then variable "#sum" is a float "0.3"',
      'Given I store "#sum" minus "1" under "rest"',
      'Then variable "#rest" is a float "-0.7"',
      'Given I store "a" plus "1" under "x"',
    ])
    assert.deepEqual(faults, ['"a" in the step is no number: write one, as in "7" or "7.5"'])
  })
  test('that are not there are named', async () => {
    const check = async (line: string): Promise<readonly string[]> =>
      (await runSteps(['Given I store "1" as JSON under "order"', line])).faults
    const otherwise = 'or write \\#ordr if the text itself is meant'
    const message = `Nothing is stored under 'ordr': write #order if that is meant, store it in a step before, ${otherwise}`
    assert.deepEqual(await check('Then variable "#ordr" is "1"'), [message])
    assert.deepEqual(await check('Then variable "ordr" is "1"'), [message])
    assert.deepEqual(await check('Then variable "no name" is "1"'), [
      'There is no variable "no name": write "#name" for what a step has stored',
    ])
  })
})
