import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parsePath, pathFault } from './path-pattern.ts'

suite('a path template is refused with a sentence of its own when it', () => {
  const faults: Readonly<Record<string, readonly [path: string, sentence: string]>> = {
    'is empty': ['', "does not start with '/': put one in front"],
    'has no slash in front': ['users', "does not start with '/': put one in front"],
    'holds a query': [
      '/users?q={q}',
      "holds '?' or '#': a path ends before them, and query parameters are members of the input",
    ],
    'holds a fragment': [
      '/users#top',
      "holds '?' or '#': a path ends before them, and query parameters are members of the input",
    ],
    'closes what is not open': ['/users/id}', "has a '}' that no '{' opens: remove it or open it"],
    'closes before it opens': ['/a}/{b}', "has a '}' that no '{' opens: remove it or open it"],
    'ends inside a parameter': ['/users/{id', "has an unclosed parameter '{id': close it with '}'"],
    'leaves a parameter open over a slash': ['/users/{id/x}', "has an unclosed parameter '{id': close it with '}'"],
    'nests parameters': ['/users/{a{b}}', "has an unclosed parameter '{a': close it with '}'"],
    'has a parameter without a name': [
      '/users/{}',
      "has an empty parameter '{}': give it the name of a member of the input",
    ],
    'has a parameter with a blank': [
      '/users/{a b}',
      "has a parameter '{a b}' with a bad name: use letters, digits, '_' and '-'",
    ],
    'has a parameter that starts with a digit': [
      '/users/{1a}',
      "has a parameter '{1a}' with a bad name: use letters, digits, '_' and '-'",
    ],
    'repeats a parameter': ['/users/{id}/of/{id}', "repeats the parameter '{id}': name each only once"],
    'repeats a parameter in one segment': ['/users/{id}-{id}', "repeats the parameter '{id}': name each only once"],
    'spans segments beside other text': [
      '/files/{path*}.json',
      "mixes '{path*}', which spans segments, with other text in one: put a '/' on each side of it",
    ],
    'spans segments twice': ['/{a*}/to/{b*}', "has a second parameter that spans segments, '{b*}': leave one"],
    'repeats a parameter that spans': ['/{id}/of/{id*}', "repeats the parameter '{id}': name each only once"],
    'spans without a name': ['/files/{*}', "has an empty parameter '{}': give it the name of a member of the input"],
    'has adjacent parameters': ['/users/{a}{b}', "has adjacent parameters after '{a}': put a separator between them"],
  }
  for (const [what, [path, sentence]] of Object.entries(faults)) {
    test(what, () => assert.equal(pathFault(path), sentence))
  }
})

suite('a path template', () => {
  const wellFormed = [
    '/',
    '/users',
    '/users/',
    '/users/{id}',
    '/{a}/{b}',
    '/files/{name}.json',
    '/files/{path*}',
    '/files/{path*}/meta/{id}',
    '/{from}-{to}',
    '/ü/{x_1}',
  ]
  for (const path of wellFormed) test(`may be ${path}`, () => assert.equal(pathFault(path), undefined))

  test('is taken apart into segments of texts and parameters', () => {
    assert.deepEqual(parsePath('/files/{name}.{kind}/raw').segments, [
      [{ text: 'files' }],
      [{ param: 'name' }, { text: '.' }, { param: 'kind' }],
      [{ text: 'raw' }],
    ])
  })
  test('names its parameters in order', () => {
    assert.deepEqual(parsePath('/{b}/{a}-{c}').params, ['b', 'a', 'c'])
  })
  test('has the shape of every template that matches the same paths', () => {
    assert.equal(parsePath('/users/{id}').shape, parsePath('/users/{name}').shape)
    assert.equal(parsePath('/a%20b').shape, parsePath('/a b').shape)
    assert.equal(parsePath('/%C3%BC').shape, parsePath('/ü').shape)
  })
  test('has a shape of its own when an encoded character makes it match other paths', () => {
    assert.notEqual(parsePath('/a%2Fb').shape, parsePath('/a/b').shape)
    assert.notEqual(parsePath('/%7B%7D').shape, parsePath('/{id}').shape)
    assert.notEqual(parsePath('/%252F').shape, parsePath('/%2F').shape)
  })
  test('means a percent sign that encodes nothing as itself', () => {
    assert.deepEqual(parsePath('/100%').segments, [[{ text: '100%' }]])
  })
})
