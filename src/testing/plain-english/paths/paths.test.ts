import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { without, withValue } from './change.ts'
import { find, itemsAt, valueAt } from './find.ts'

const document = {
  data: { name: 'Jane Roe', department: null, 'a/b': 1, 'm~n': 2, '': 3, 'e f': [] },
  items: [
    { id: 1, price: 5 },
    { id: 2, price: 15, tags: ['x', 'y'] },
  ],
  '0': 'zero',
}

suite('a path leads to', () => {
  const values: Readonly<Record<string, unknown>> = {
    '': document,
    '/data/name': 'Jane Roe',
    '/data/department': null,
    '/data/a~1b': 1,
    '/data/m~0n': 2,
    '/data/': 3,
    '/items/1/id': 2,
    '/0': 'zero',
    $: document,
    '$.data.name': 'Jane Roe',
    "$['data']['a/b']": 1,
    '$.items[0].id': 1,
    '$.items[-1].id': 2,
    '$.items[*].id': [1, 2],
    '$.items[?@.price > 10].id': 2,
    '$..tags': ['x', 'y'],
  }
  for (const [path, value] of Object.entries(values)) {
    test(`${path || 'nothing'}`, () => assert.deepEqual(valueAt(document, path), value))
  }
  test('a list of one where it may lead to several', () => {
    assert.deepEqual(itemsAt(document, '$.items[?@.price > 10].id'), [2])
    assert.deepEqual(itemsAt(document, '$.items[?@.price > 99].id'), [])
    assert.deepEqual(itemsAt(document, '$..tags'), ['x', 'y'])
    assert.deepEqual(find(document, '$.items[*]').places, [
      ['items', 0],
      ['items', 1],
    ])
  })
})

suite('a large document', () => {
  test('may have any number of matches', () => {
    const list = Array.from({ length: 200_000 }, (_, id) => ({ id }))
    assert.equal(find({ list }, '$.list[*].id').values.length, 200_000)
  })
})

suite('a path that leads nowhere says', () => {
  const messages: Readonly<Record<string, string>> = {
    '/data/nmae': 'path "/data/nmae" does not exist: "/data" has name, department, a/b, m~n, "", e f; is "name" meant?',
    '/dta/name': 'path "/dta/name" does not exist: the whole has 0, data, items; is "data" meant?',
    '/items/2': 'path "/items/2" does not exist: "/items" is a list of 2 items',
    '/items/01': 'path "/items/01" does not exist: "/items" is a list of 2 items',
    '/items/-': 'path "/items/-" does not exist: "/items" is a list of 2 items',
    '/items/length': 'path "/items/length" does not exist: "/items" is a list of 2 items',
    '/data/name/x': 'path "/data/name/x" does not exist: "/data/name" is "Jane Roe", which has no members',
    '/data/department/x': 'path "/data/department/x" does not exist: "/data/department" is null, which has no members',
    '/constructor': 'path "/constructor" does not exist: the whole has 0, data, items',
    '$.data.nmae':
      'path "$.data.nmae" does not exist: "/data" has name, department, a/b, m~n, "", e f; is "name" meant?',
    '$.items[?@.id == 9]': 'path "$.items[?@.id == 9]" does not exist: nothing matches it',
  }
  for (const [path, message] of Object.entries(messages)) {
    test(path, () => assert.throws(() => valueAt(document, path), { name: 'Expectation', message }))
  }
})

suite('a path that cannot be read says', () => {
  const messages: Readonly<Record<string, RegExp>> = {
    'data.items[0].id':
      /^The path "data.items\[0\].id" begins with neither '\/' nor '\$': write "\/data\/items\/0\/id" if that/,
    '/a~2': /^The path "\/a~2" has a '~' alone: write ~0 for '~' and ~1 for '\/'$/,
    '$.a[': /^The path "\$.a\[" is no JSONPath: /,
    '$.a[?x]': /^The path "\$.a\[\?x\]" is no JSONPath: /,
  }
  for (const [path, message] of Object.entries(messages)) {
    test(path, () => assert.throws(() => valueAt(document, path), { message }))
  }
})

suite('a value is set', () => {
  const changes: readonly (readonly [before: unknown, path: string, after: unknown])[] = [
    [undefined, '', 'v'],
    [undefined, '/a/b', { a: { b: 'v' } }],
    [undefined, '/a/0/b', { a: [{ b: 'v' }] }],
    [undefined, '/-', ['v']],
    [undefined, '$.a.b', { a: { b: 'v' } }],
    [{ a: 1, b: 2 }, '/a', { a: 'v', b: 2 }],
    [{ a: null }, '/a/b', { a: { b: 'v' } }],
    [[1, 2], '/1', [1, 'v']],
    [[1, 2], '/2', [1, 2, 'v']],
    [[1, 2], '/-', [1, 2, 'v']],
    [{ list: [{ p: 1 }, { p: 2 }] }, '$.list[*].p', { list: [{ p: 'v' }, { p: 'v' }] }],
    [{}, '/__proto__', JSON.parse('{"__proto__": "v"}')],
  ]
  for (const [before, path, after] of changes) {
    test(`at '${path}' of ${JSON.stringify(before) ?? 'nothing'}`, () => {
      const copy = structuredClone(before)
      assert.deepEqual(withValue(before, path, 'v'), after)
      assert.deepEqual(before, copy)
    })
  }
  const faults: readonly (readonly [before: unknown, path: string, message: string])[] = [
    [{ a: 'x' }, '/a/b', 'path "/a" is "x", which takes no "b"'],
    [{ a: [1] }, '/a/2', 'path "/a" is a list of 1, which has no place "2": use 0 to 1, or "-" for the end'],
    [[], '/x', 'the whole is a list of 0, which has no place "x": use 0, or "-" for the end'],
    [{ a: [] }, '$.a[*]', 'path "$.a[*]" does not exist: nothing matches it, so that it cannot be set'],
  ]
  for (const [before, path, message] of faults) {
    test(`not at '${path}' of ${JSON.stringify(before)}`, () =>
      assert.throws(() => withValue(before, path, 'v'), { message }))
  }
})

suite('a value is removed', () => {
  const changes: readonly (readonly [before: unknown, path: string, after: unknown])[] = [
    [{ a: 1, b: { c: 2 } }, '/b/c', { a: 1, b: {} }],
    [[1, 2, 3], '/1', [1, 3]],
    [[1, 2, 3], '$[?@ > 1]', [1]],
    [{ a: [{ b: 1 }, { b: 2, c: 3 }] }, '$.a[*].b', { a: [{}, { c: 3 }] }],
  ]
  for (const [before, path, after] of changes) {
    test(`at '${path}'`, () => assert.deepEqual(without(before, path), after))
  }
  test('only where there is one', () => {
    const message = 'path "/b" does not exist: the whole has a, so that it cannot be removed'
    assert.throws(() => without({ a: 1 }, '/b'), { message })
  })
})
