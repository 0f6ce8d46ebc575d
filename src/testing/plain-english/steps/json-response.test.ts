import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { checkReply, runSteps } from '../../../../test/testing/run-steps.ts'

const reply = {
  data: { name: 'Jane Roe', id: 7 },
  items: [
    { id: 1, price: 5 },
    { id: 2, price: 15 },
  ],
}

/** Runs checks that pass, and checks that fail with these messages. */
async function expectChecks(
  value: unknown,
  right: readonly string[],
  wrong: Readonly<Record<string, string>>,
): Promise<void> {
  assert.deepEqual(await checkReply(value, right), [])
  assert.deepEqual(await checkReply(value, Object.keys(wrong)), Object.values(wrong))
}

suite('a path of the response', () => {
  test('exists or not, in all spellings', async () => {
    await expectChecks(
      reply,
      [
        'path "/data/name" exists',
        'JSON Pointer "" exists',
        'path "/data/x" does not exist',
        `path "/data/x" doesn't exist`,
        'JSON Pointer "/data/x" does not exist',
        `JSON Pointer "/data/x" doesn't exist`,
      ],
      {
        'path "/data/nme" exists': 'path "/data/nme" does not exist: "/data" has name, id; is "name" meant?',
        'JSON Pointer "/data/id" does not exist': 'path "/data/id" exists: it is 7',
      },
    )
  })
  test('that is missing fails every check', async () => {
    const message = 'path "/data/nme" does not exist: "/data" has name, id; is "name" meant?'
    const checks = [
      'is "a"',
      'is not "a"',
      'is not empty',
      'is empty',
      'is null',
      'is not one of "a"',
      'does not contain "a"',
    ]
    const faults = await checkReply(
      reply,
      checks.map((each) => `path "/data/nme" ${each}`),
    )
    assert.deepEqual(
      faults,
      checks.map(() => message),
    )
  })
  test('may be a JSONPath', async () => {
    await expectChecks(
      reply,
      [
        'path "$.items[?@.price > 10].id" is an integer "2"',
        'path "$.items[*].id" is a list "1, 2"',
        'path "$.items[?@.price > 99]" is an empty list',
        'path "$.items[?@.price > 10]" has "1" item',
        'path "$..price" is sorted ascending',
      ],
      { 'path "$.items[*].id" is "1"': 'path "$.items[*].id" is [1,2], not "1"' },
    )
  })
  test('compares with what was stored, by its type', async () => {
    const { faults } = await runSteps(
      [
        'Given I store "7" as JSON under "id"',
        'Given I store this JSON under "item"',
        '"""',
        '{"price": 5, "id": 1}',
        '"""',
        'When the URL is invoked',
        'Then path "/data/id" is "#id"',
        'Then path "/items/0" is "#item"',
        'Then path "/items/#{id}/id" does not exist',
        'Then path "/data/name" is "#id"',
      ],
      { reply: JSON.stringify(reply) },
    )
    assert.deepEqual(faults, ['path "/data/name" is "Jane Roe", not 7'])
  })
  test('shows a difference of whole values', async () => {
    const { steps } = await runSteps(
      ['When the URL is invoked', 'Then path "/data" is JSON "{"name": "<any string>", "id": 8}"'],
      {
        reply: JSON.stringify(reply),
      },
    )
    const values = { expected: { name: 'Jane Roe', id: 8 }, found: reply.data }
    assert.deepEqual(steps.at(-1)?.failure?.values, values)
  })
  test('is held against JSON of a doc string', async () => {
    const below = (json: string): string => ['', '"""', json, '"""'].join('\n    ')
    await expectChecks(
      reply,
      [
        `path "/data" is JSON${below('{"id": "<any integer>", "name": "Jane Roe"}')}`,
        `path "/data" contains the members${below('{"id": 7}')}`,
        `path "/items" contains the members${below('[{"id": 2}]')}`,
        `path "/data" matches the schema${below('{"type": "object", "required": ["name"]}')}`,
      ],
      {
        [`path "/data" is JSON${below('{"id": 7}')}`]: 'path "/data" is {"name":"Jane Roe","id":7}, not {"id":7}',
        [`path "/data" contains the members${below('{"id": 8}')}`]:
          'path "/data" is {"name":"Jane Roe","id":7}, which lacks some of {"id":8}',
        [`path "/data" matches the schema${below('{"properties": {"id": {"type": "string"}}}')}`]:
          'path "/data" does not match the schema: /id: must be a string',
        'path "/data" contains the members': 'The step needs a doc string below it, between two lines of """',
      },
    )
  })
  test('of what is no JSON says so', async () => {
    assert.deepEqual(await checkReply('<html>', ['path "/a" is "b"']), [
      'The response is no JSON: it starts with "<html>"',
    ])
  })
})

suite('items of a list', () => {
  test('are checked in the words of any other check', async () => {
    await expectChecks(
      { list: [1, 2, 3], texts: ['a1', 'b'] },
      [
        'every item of path "/list" is any integer',
        'every item of path "/list" is between "1" and "3"',
        'some item of path "/list" is an integer "2"',
        'no item of path "/texts" starts with "c"',
        'every item of path "$.list[?@ > 1]" is at least "2"',
      ],
      {
        'every item of path "/list" is less than "3"':
          'item 2 of path "/list" is the number 3, not a number that is less than 3',
        'some item of path "/texts" is "c"': 'none of the 2 items of path "/texts" is "c"',
        'no item of path "/texts" ends with "1"': 'item 0 of path "/texts" ends with "1", as none must',
        'every item of path "/list/0" is any integer': 'path "/list/0" is the number 1, not a list',
        'every item of path "/list" is lovely':
          "No check of an item reads 'is lovely': write what stands behind a path, such as 'is any integer'",
      },
    )
  })
  test('of what was stored too', async () => {
    const { faults } = await runSteps([
      'Given I store "["a", "b"]" as JSON under "list"',
      'Then every item of variable "#list" is any string',
      'Then some item of variable "list" is "b"',
      'Then no item of variable "#list" is "b"',
    ])
    assert.deepEqual(faults, ['item 1 of variable "#list" is "b", as none must'])
  })
})

suite('a whole response', () => {
  test('exists, or does not', async () => {
    assert.deepEqual(await checkReply({ a: null }, ['JSON response exists']), [])
    for (const empty of ['', '{}', '[]', 'null']) {
      assert.deepEqual(await checkReply(empty, ['JSON response does not exist', `JSON response doesn't exist`]), [])
    }
    assert.deepEqual(await checkReply('[]', ['JSON response exists']), ['the response is [], which is empty'])
    assert.deepEqual(await checkReply('', ['JSON response exists']), ['the response is empty'])
    assert.deepEqual(await checkReply('0', ['JSON response does not exist']), ['the response is "0", not empty'])
  })
  test('equals JSON, whatever the order of its members', async () => {
    await expectChecks(
      { a: 1, b: ['x'] },
      [
        'JSON response is equal to "{"b": ["x"], "a": 1}"',
        'response is equal to "{"b": ["x"], "a": 1.0}"',
        'the response is equal to\n    """\n    {"a": "<any integer>", "b": "<any list>"}\n    """',
        'JSON response contains\n    """\n    {"b": ["x"]}\n    """',
        'JSON response is equal to, ignoring "/a, $.b[*]"\n    """\n    {"b": []}\n    """',
      ],
      {
        'JSON response is equal to "{"a": "1", "b": ["x"]}"':
          'the response is {"a":1,"b":["x"]}, not {"a":"1","b":["x"]}',
        'response is equal to "{"a": 1}"': 'the response is {"a":1,"b":["x"]}, not {"a":1}',
        'response is equal to "abc"': 'the response is "{\\"a\\":1,\\"b\\":[\\"x\\"]}", not "abc"',
        'JSON response contains\n    """\n    {"c": 1}\n    """':
          'the response is {"a":1,"b":["x"]}, which lacks some of {"c":1}',
        'JSON response is equal to "{"': `The JSON of this step cannot be read: Expected property name or '}' in JSON at position 1 (line 1 column 2); write it as in {"name": "Ann", "age": 30}`,
      },
    )
  })
  test('equals text where it is none', async () => {
    assert.deepEqual(await checkReply('pong', ['response is equal to "pong"', 'response is equal to "ping"']), [
      'the response is "pong", not "ping"',
    ])
  })
})

suite('files', () => {
  test('are looked for in the folder of responses and beside the feature', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trestle-'))
    await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
    await mkdir(join(folder, 'json/response'), { recursive: true })
    await mkdir(join(folder, 'json/schema'), { recursive: true })
    await writeFile(join(folder, 'json/response/data.json'), '\uFEFF{"name": "Jane Roe", "id": 7}')
    await writeFile(join(folder, 'item.json'), '{"id": 2, "price": 15}')
    await writeFile(join(folder, 'json/schema/id.json'), '{"properties": {"id": {"type": "integer"}}}')
    const right = [
      'path "/data" is JSON equal to that from "data.json"',
      'JSON Pointer "/data" is JSON equal to that from "data"',
      'path "/items" contains data from "item.json"',
      'path "/data" matches the schema "id.json"',
    ]
    assert.deepEqual(await checkReply(reply, right, { folder }), [])
    assert.deepEqual(await checkReply(reply.data, ['response is equal to that from "data.json"'], { folder }), [])
    assert.deepEqual(
      await checkReply({ id: 7 }, ['response is equal to that from "data.json", ignoring "/name"'], { folder }),
      [],
    )
    const wrong = [
      'response is equal to that from "item.json"',
      'path "/items" contains data from "data.json"',
      'path "" is JSON equal to that from "x.json"',
    ]
    const messages = await checkReply({ id: 7, items: [] }, wrong, { folder })
    assert.deepEqual(messages, [
      'the response is {"id":7,"items":[]}, not {"id":2,"price":15}',
      `path "/items" is [], which does not contain the data of 'data.json'`,
      'There is no file "x.json" beside the feature: looked for json/response/x.json, x.json',
    ])
  })
})
