import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { filled, pathMatcher, plainPath } from './purge-path.ts'

suite('a path', () => {
  const rows: readonly (readonly [path: string, plain: string])[] = [
    ['/', '/'],
    ['/cars/', '/cars'],
    ['/c%61rs/a+b', '/cars/a%2Bb'],
    ['/a%2fb', '/a%2Fb'],
    ['/ü', '/%C3%BC'],
    ['/a*', '/a%2A'],
    ['/a%zz', '/a%zz'],
  ]
  for (const [path, plain] of rows) {
    test(`${path} is ${plain} in plain spelling`, () => {
      assert.equal(plainPath(path), plain)
      assert.equal(plainPath(plain), plain)
    })
  }
})

suite('a path pattern', () => {
  const rows: readonly (readonly [pattern: string, path: string, matches: boolean])[] = [
    ['/cars', '/cars', true],
    ['/cars', '/cars/', true],
    ['/cars', '/cars/1', false],
    ['/cars/{id}', '/cars/1', true],
    ['/cars/{id}', '/cars/a%2Fb', true],
    ['/cars/{id}', '/cars/1/doors', false],
    ['/cars/{id}', '/cars', false],
    ['/cars/{id}/doors/', '/cars/1/doors', true],
    ['/cars/*', '/cars/1/doors', true],
    ['/cars/*', '/cars', false],
    ['/cars*', '/cars', true],
    ['*', '/anything', true],
    ['/a.b', '/aXb', false],
    ['/a.b/{id}', '/aXb/1', false],
    ['/(x)/*', '/(x)/1', true],
    ['/Größe/*', '/Gr%C3%B6%C3%9Fe/1', true],
  ]
  for (const [pattern, path, matches] of rows) {
    test(`${pattern} ${matches ? 'stands' : 'does not stand'} for ${path}`, () => {
      assert.equal(pathMatcher(pattern)(plainPath(path)), matches)
    })
  }
  test('takes parameters of a call, which are no patterns themselves', () => {
    const params = new Map([['id', '*/{x}']])
    const pattern = filled('/cars/{id}/{other}', params)
    assert.equal(pattern, '/cars/%2A%2F%7Bx%7D/{other}')
    assert.equal(pathMatcher(pattern)(plainPath('/cars/%2A%2F%7Bx%7D/1')), true)
    assert.equal(pathMatcher(pattern)(plainPath('/cars/1/1')), false)
  })
})
