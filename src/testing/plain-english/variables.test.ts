import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { filledIn, filledInJson, type Variables } from './variables.ts'

const order = { lines: [{ sku: 'A-1' }, { sku: 'B/2' }], paid: true, note: null }
const variables: Variables = {
  environment: { HOME_TOWN: 'Bonn', lower: 'case', PATH: '/bin' },
  settings: { user: 'ann', retries: 3, nested: { a: { b: 1 } } },
  stored: new Map<string, unknown>([
    ['order', order],
    ['id', 7],
    ['name', 'Jo "X" Doe'],
    ['my name', 'spaced'],
    ['a.b', 'dotted'],
    ['1', 'one'],
  ]),
}

suite('a reference alone', () => {
  const values: Readonly<Record<string, unknown>> = {
    $HOME_TOWN: 'Bonn',
    $lower: 'case',
    '@user': 'ann',
    '@retries': 3,
    '@nested.a.b': 1,
    '#id': 7,
    '#order': order,
    '#order.lines.0.sku': 'A-1',
    '#order/lines/1/sku': 'B/2',
    '#order.note': null,
    '#a.b': 'dotted',
    '#my name': 'spaced',
    '#1': 'one',
  }
  for (const [text, value] of Object.entries(values)) {
    test(`${text} keeps the type of what it stands for`, () => assert.deepEqual(filledIn(text, variables), value))
  }
})

suite('references inside a text', () => {
  const texts: Readonly<Record<string, string>> = {
    'in ${HOME_TOWN}, @{user}': 'in Bonn, ann',
    '#{id}': '7',
    '/orders/#{order.lines.0.sku}/#{id}': '/orders/A-1/7',
    '#{order/lines}': '[{"sku":"A-1"},{"sku":"B/2"}]',
    '$${HOME_TOWN}': '$Bonn',
    '#{my name}': 'spaced',
    '#{missing:-none}': 'none',
    '#{id:-none}': '7',
    '${MISSING:-}x': 'x',
  }
  for (const [text, value] of Object.entries(texts)) {
    test(`${text} is ${value}`, () => assert.equal(filledIn(text, variables), value))
  }
})

suite('what only looks like a reference is text', () => {
  const texts = [
    '$100',
    '$',
    '@',
    '#',
    '#12',
    '#/pointer',
    '$ref',
    '$.items[0]',
    '$[0]',
    '$..a',
    'ann@example.com',
    '@ 5',
    '# a',
  ]
  for (const text of [
    ...texts,
    '',
    'a # b',
    '{$x}',
    `\${}`,
    '#{"a"}',
    '^\\d{3}$',
    'C:\\$x',
    '$.a[?@.b == 1]',
    '#{1}x',
  ]) {
    test(text || 'nothing', () => assert.equal(filledIn(text, variables), text === '#{1}x' ? 'onex' : text))
  }
})

suite('a backslash in front takes a reference as it is', () => {
  const texts: Readonly<Record<string, string>> = {
    '\\$HOME_TOWN': '$HOME_TOWN',
    '\\#fff': '#fff',
    'a \\${HOME_TOWN}': `a \${HOME_TOWN}`,
    '\\#{id} #{id}': '#{id} 7',
    '\\$\\d': '\\$\\d',
  }
  for (const [text, value] of Object.entries(texts)) {
    test(`${text} is ${value}`, () => assert.equal(filledIn(text, variables), value))
  }
})

suite('an unknown name fails', () => {
  const messages: Readonly<Record<string, string>> = {
    $HOME_TOWM:
      'The environment has no HOME_TOWM: write $HOME_TOWN if that is meant, set it, or write \\$HOME_TOWM if the text itself is meant',
    '@usr':
      "No variable 'usr' is given: write @user if that is meant, pass --var usr=<value>, or write \\@usr if the text itself is meant",
    '#fff': "Nothing is stored under 'fff': store it in a step before, or write \\#fff if the text itself is meant",
    'a #{somethingElse}':
      "Nothing is stored under 'somethingElse': store it in a step before, or write \\#{somethingElse} if the text itself is meant",
    '#order.line': "'#order' has no 'line': it has lines, paid, note",
    '#order.lines.2': "'#order/lines' has no '2': it has 2 items",
    '#order.lines.length': "'#order/lines' has no 'length': it has 2 items",
    '#order.paid.x': "'#order/paid' is true, which has no 'x'",
    '#order.constructor': "'#order' has no 'constructor': it has lines, paid, note",
  }
  for (const [text, message] of Object.entries(messages)) {
    test(text, () => assert.throws(() => filledIn(text, variables), { message }))
  }
})

suite('in a JSON document', () => {
  const texts: Readonly<Record<string, string>> = {
    '{"name": "#{name}"}': '{"name": "Jo \\"X\\" Doe"}',
    '{"id": #{id}, "lines": #{order.lines}}': '{"id": 7, "lines": [{"sku":"A-1"},{"sku":"B/2"}]}',
    '{"a \\" #{name}": 1}': '{"a \\" Jo \\"X\\" Doe": 1}',
    '{"ids": "#{order.lines}"}': '{"ids": "[{\\"sku\\":\\"A-1\\"},{\\"sku\\":\\"B/2\\"}]"}',
  }
  for (const [text, value] of Object.entries(texts)) {
    test(`${text} stays JSON`, () => {
      assert.equal(filledInJson(text, variables), value)
      assert.doesNotThrow(() => JSON.parse(value))
    })
  }
})
