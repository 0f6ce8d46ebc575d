import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pathAndQuery } from './request-target.ts'

suite('a request target', () => {
  const rows: readonly (readonly [behaviour: string, target: string, meant: string])[] = [
    ['is path and query as they are', '/users/5?a=1', '/users/5?a=1'],
    ['loses scheme and authority', 'http://example.com/users?a=1', '/users?a=1'],
    ['loses port and credentials', 'https://me:secret@example.com:8443/users', '/users'],
    ['has the path / where an absolute URL has none', 'http://example.com', '/'],
    ['has the path / before the query of an absolute URL', 'http://example.com?a=1', '/?a=1'],
    ['keeps a URL inside a query', '/go?to=http://example.com/x', '/go?to=http://example.com/x'],
    ['keeps two slashes in front', '//example.com/users', '//example.com/users'],
    ['may be an asterisk', '*', '*'],
  ]
  for (const [behaviour, target, meant] of rows) test(behaviour, () => assert.equal(pathAndQuery(target), meant))
})
