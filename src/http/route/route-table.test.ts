import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { StartupError } from '../../kernel/startup-error.ts'
import { any, del, get, head, options, patch, post, put, query, type RestChannel } from '../rest-channel.ts'
import { type RouteTable, routeTable } from './route-table.ts'

/** A table in which each channel is the target of itself, and invokes a service named after its position. */
function tableOf(...channels: readonly RestChannel[]): RouteTable<string> {
  return routeTable(channels.map((channel, at) => ({ channel, service: `s${at}`, target: channel.address })))
}

function reasonsFor(...channels: readonly RestChannel[]): readonly string[] {
  try {
    tableOf(...channels)
  } catch (error) {
    if (error instanceof StartupError) return error.reasons
    throw error
  }
  return []
}

const targetOf = (table: RouteTable<string>, method: string, path: string): string | undefined =>
  table.find(method, path)?.target

test('two channels that the API description could not tell apart are refused, and another name mends it', () => {
  assert.deepEqual(reasonsFor(get('/files/{path}'), get('/files/{path*}')), [
    'GET /files/{path*} (s1) and GET /files/{path} (s0) look the same in the API description: rename the parameter of one',
  ])
  assert.equal(reasonsFor(any('/files/{path}'), get('/files/{path*}')).length, 1)
  assert.deepEqual(reasonsFor(get('/files/{path}'), put('/files/{path*}')), [])
  assert.deepEqual(reasonsFor(get('/files/{name}'), get('/files/{path*}')), [])
})

suite('the routes of an app', () => {
  test('are looked up by method: a literal of one method does not hide a parameter of another', () => {
    const table = tableOf(get('/users/me'), del('/users/{id}'))
    assert.equal(targetOf(table, 'DELETE', '/users/me'), 'DELETE /users/{id}')
    assert.equal(targetOf(table, 'GET', '/users/me'), 'GET /users/me')
    assert.equal(targetOf(table, 'GET', '/users/5'), undefined)
  })
  test('prefer the channel that names the method to one that takes them all, in any order', () => {
    for (const channels of [
      [any('/run'), post('/run')],
      [post('/run'), any('/run')],
    ]) {
      const table = tableOf(...channels)
      assert.equal(targetOf(table, 'POST', '/run'), 'POST /run')
      assert.equal(targetOf(table, 'PUT', '/run'), 'ANY /run')
    }
  })
  test('prefer a literal for any method to a parameter for one', () => {
    const table = tableOf(get('/users/{id}'), any('/users/me'))
    assert.equal(targetOf(table, 'GET', '/users/me'), 'ANY /users/me')
    assert.equal(targetOf(table, 'GET', '/users/5'), 'GET /users/{id}')
    assert.equal(targetOf(table, 'POST', '/users/5'), undefined)
  })
  test('take GET, POST, PUT, PATCH, DELETE and QUERY for a channel of any method', () => {
    const table = tableOf(any('/run'))
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY']) {
      assert.equal(targetOf(table, method, '/run'), 'ANY /run', method)
    }
    for (const method of ['OPTIONS', 'TRACE', 'CONNECT'])
      assert.equal(targetOf(table, method, '/run'), undefined, method)
  })
  test('answer HEAD as they answer GET', () => {
    const table = tableOf(get('/users/me'), get('/users/{id}'))
    assert.equal(targetOf(table, 'HEAD', '/users/me'), 'GET /users/me')
    assert.equal(targetOf(table, 'HEAD', '/users/5'), 'GET /users/{id}')
  })
  test('prefer a channel for HEAD to one for GET, and that to one for any method', () => {
    for (const channels of [
      [head('/x'), get('/x'), any('/x')],
      [any('/x'), get('/x'), head('/x')],
    ]) {
      assert.equal(targetOf(tableOf(...channels), 'HEAD', '/x'), 'HEAD /x')
    }
    assert.equal(targetOf(tableOf(any('/x'), get('/x'), head('/y')), 'HEAD', '/x'), 'GET /x')
  })
  test('prefer a literal for GET to a parameter for HEAD', () => {
    const table = tableOf(head('/users/{id}'), get('/users/me'), get('/users/{id}'))
    assert.equal(targetOf(table, 'HEAD', '/users/me'), 'GET /users/me')
    assert.equal(targetOf(table, 'HEAD', '/users/5'), 'HEAD /users/{id}')
  })
})

suite('the methods that a path allows', () => {
  test('are sorted, with HEAD where GET is, and OPTIONS', () => {
    const table = tableOf(put('/x'), get('/x'), del('/x'), post('/y'))
    assert.deepEqual(table.allowed('/x'), ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PUT'])
    assert.deepEqual(table.allowed('/y'), ['OPTIONS', 'POST'])
  })
  test('are those of every template that matches', () => {
    const table = tableOf(get('/users/me'), del('/users/{id}'), patch('/{kind}/{id}'))
    assert.deepEqual(table.allowed('/users/me'), ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH'])
    assert.deepEqual(table.allowed('/users/5/'), ['DELETE', 'OPTIONS', 'PATCH'])
    assert.deepEqual(table.allowed('/cars/5'), ['OPTIONS', 'PATCH'])
  })
  test('are named once, also where HEAD and OPTIONS have channels of their own', () => {
    const table = tableOf(get('/x'), head('/x'), options('/x'), any('/x'))
    assert.deepEqual(table.allowed('/x'), ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY'])
  })
  test('are none where nothing is served', () => {
    assert.deepEqual(tableOf(get('/x')).allowed('/y'), [])
    assert.deepEqual(tableOf().allowed('/'), [])
  })
  test('of the server as a whole are those of all its channels', () => {
    assert.deepEqual(tableOf(get('/x'), query('/y')).allowed('*'), ['GET', 'HEAD', 'OPTIONS', 'QUERY'])
    assert.deepEqual(tableOf().allowed('*'), ['OPTIONS'])
  })
})

suite('an app does not start when', () => {
  test('a channel is declared twice', () => {
    assert.deepEqual(reasonsFor(get('/x'), get('/x')), ['GET /x is declared twice, by s0 and by s1: remove one'])
  })
  test('a channel has the shape of another', () => {
    assert.deepEqual(reasonsFor(get('/users/{id}'), get('/users/{name}')), [
      'GET /users/{name} (s1) can never be reached, GET /users/{id} (s0) has the same shape: change or remove one',
    ])
  })
  test('two channels differ in a trailing slash alone', () => {
    assert.deepEqual(reasonsFor(get('/users'), get('/users/')), [
      'GET /users/ (s1) can never be reached, GET /users (s0) has the same shape: change or remove one',
    ])
  })
  test('two channels differ in percent-encoding alone', () => {
    assert.deepEqual(reasonsFor(get('/a b'), get('/a%20b')), [
      'GET /a%20b (s1) can never be reached, GET /a b (s0) has the same shape: change or remove one',
    ])
  })
  test('two channels take any method, which is said once', () => {
    assert.deepEqual(reasonsFor(any('/run'), any('/run')), ['ANY /run is declared twice, by s0 and by s1: remove one'])
  })
  test('a path is malformed', () => {
    assert.deepEqual(reasonsFor(get('users')), ["the path of GET users (s0) does not start with '/': put one in front"])
  })
  test('several things are wrong, which are all said at once', () => {
    assert.equal(reasonsFor(get('users'), get('/{}'), get('/x'), get('/x')).length, 3)
  })
})

test('an app starts with templates that match one path, but have different shapes or methods', () => {
  const channels = [get('/x/{a}'), post('/x/{b}'), get('/x/me'), get('/x/{a}.json'), get('/{x}/{a}'), get('/x%2F{a}')]
  assert.deepEqual(reasonsFor(...channels), [])
})
