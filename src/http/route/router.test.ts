import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isProblem } from '../../kernel/problem.ts'
import { parsePath } from './path-pattern.ts'
import { Router } from './router.ts'

/** A router whose targets are the templates themselves. */
function routerOf(...templates: readonly string[]): Router<string> {
  const router = new Router<string>()
  for (const template of templates) router.add(parsePath(template), template)
  return router
}

/** What a path leads to, with the values of the parameters: `/users/{id} 5`. */
function found(router: Router<string>, path: string): string | undefined {
  const match = router.find(path)
  return match && [match.target, ...match.params].join(' ')
}

suite('a path leads', () => {
  const routes = [
    '/',
    '/users',
    '/users/me',
    '/users/{id}',
    '/users/{id}/orders',
    '/users/me/settings',
    '/files/{name}.json',
    '/files/{name}.tar.gz',
    '/files/{name}.gz',
    '/files/{name}',
    '/files/readme.json',
    '/straße/{size}',
    '/a b',
  ]
  const rows: readonly (readonly [path: string, leads: string | undefined])[] = [
    ['/', '/'],
    ['/users', '/users'],
    ['/users/', '/users'],
    ['/users/me', '/users/me'],
    ['/users/me/', '/users/me'],
    ['/users/5', '/users/{id} 5'],
    ['/users/5/', '/users/{id} 5'],
    ['/users/5/orders', '/users/{id}/orders 5'],
    ['/users/me/orders', '/users/{id}/orders me'],
    ['/users/me/settings', '/users/me/settings'],
    ['/users/5/settings', undefined],
    ['/users/me/nothing', undefined],
    ['/users//', undefined],
    ['/users//orders', undefined],
    ['//users', undefined],
    ['/Users', undefined],
    ['/files/readme.json', '/files/readme.json'],
    ['/files/x.json', '/files/{name}.json x'],
    ['/files/x.tar.gz', '/files/{name}.tar.gz x'],
    ['/files/x.gz', '/files/{name}.gz x'],
    ['/files/.gz', '/files/{name} .gz'],
    ['/files/x.txt', '/files/{name} x.txt'],
    ['/stra%C3%9Fe/gro%C3%9F', '/straße/{size} groß'],
    ['/a%20b', '/a b'],
    ['/a+b', undefined],
    ['/users/%6De', '/users/me'],
    ['/users/a%2Fb', '/users/{id} a/b'],
    ['/users%2Fme', undefined],
    ['/users/a%252Fb', '/users/{id} a%2Fb'],
    ['/users/..', '/users/{id} ..'],
    ['*', undefined],
    ['', undefined],
  ]
  const router = routerOf(...routes)
  const reversed = routerOf(...routes.toReversed())
  for (const [path, leads] of rows) {
    test(`from ${path || 'nothing'} to ${leads ?? 'nothing'}`, () => assert.equal(found(router, path), leads))
    test(`from ${path || 'nothing'} to ${leads ?? 'nothing'}, whatever was added first`, () =>
      assert.equal(found(reversed, path), leads))
  }
})

suite('a parameter that spans segments', () => {
  const routes = [
    '/files/{path*}',
    '/files/{path*}/meta',
    '/files/{name}',
    '/files/list',
    '/files/{path*}/versions/{version}',
    '/{first}/{rest*}',
  ]
  const rows: readonly (readonly [path: string, leads: string | undefined])[] = [
    ['/files/list', '/files/list'],
    ['/files/a', '/files/{name} a'],
    ['/files/a/b', '/files/{path*} a/b'],
    ['/files/a/b/', '/files/{path*} a/b/'],
    ['/files/list/b', '/files/{path*} list/b'],
    ['/files/a/meta', '/files/{path*}/meta a'],
    ['/files/a/meta/', '/files/{path*}/meta a'],
    ['/files/meta/meta', '/files/{path*}/meta meta'],
    ['/files/a/meta/b/meta', '/files/{path*}/meta a/meta/b'],
    ['/files/a/meta/b', '/files/{path*} a/meta/b'],
    ['/files/a/b/versions/3', '/files/{path*}/versions/{version} a/b 3'],
    ['/files//a', '/files/{path*} /a'],
    ['/files/a//b', '/files/{path*} a//b'],
    ['/files/a%20b/c%2Fd%2fe', '/files/{path*} a b/c%2Fd%2Fe'],
    ['/files/a/b%252Fc', '/files/{path*} a/b%2Fc'],
    ['/files/a/...', '/files/{path*} a/...'],
    ['/x/y', '/{first}/{rest*} x y'],
    ['/files', undefined],
    ['/files/', undefined],
    ['/files//', undefined],
    ['/x', undefined],
  ]
  for (const router of [routerOf(...routes), routerOf(...routes.toReversed())]) {
    for (const [path, leads] of rows) {
      test(`leads from ${path} to ${leads ?? 'nothing'}`, () => assert.equal(found(router, path), leads))
    }
    for (const path of [
      '/files/a/..',
      '/files/../a/b',
      '/files/a/%2e%2E/b',
      '/files/a/.',
      '/files/a/%zz',
      '/files/a/b%00',
    ]) {
      test(`is refused with ${path}`, () => assert.throws(() => router.find(path), { code: 'malformed_url' }))
    }
  }
  test('is found in a path of many slashes without a step for each pair of them', () => {
    const router = routerOf('/{path*}/end')
    assert.equal(router.find(`/${'a/'.repeat(8000)}x`), undefined)
    assert.equal(router.find(`/${'a/'.repeat(8000)}end`)?.params[0]?.length, 15_999)
  })
})

suite('a router', () => {
  test('tries the next best segment when the best leads nowhere, and forgets what it took on the way', () => {
    const router = routerOf('/x/{a}-{b}/p', '/x/{a}/q', '/{any}/{thing}/{r}')
    assert.equal(found(router, '/x/1-2/p'), '/x/{a}-{b}/p 1 2')
    assert.equal(found(router, '/x/1-2/q'), '/x/{a}/q 1-2')
    assert.equal(found(router, '/x/1-2/r'), '/{any}/{thing}/{r} x 1-2 r')
  })
  test('answers a template that ends with a slash with and without it', () => {
    const router = routerOf('/users/', '/users/{id}/')
    assert.equal(found(router, '/users'), '/users/')
    assert.equal(found(router, '/users/'), '/users/')
    assert.equal(found(router, '/users/5'), '/users/{id}/ 5')
  })
  test('matches a segment with an encoded slash only where the template has one', () => {
    const router = routerOf('/a%2Fb', '/c/d')
    assert.equal(found(router, '/a%2Fb'), '/a%2Fb')
    assert.equal(found(router, '/a/b'), undefined)
    assert.equal(found(router, '/c%2Fd'), undefined)
  })
  test('matches an encoded percent sign only where it is encoded', () => {
    const router = routerOf('/100%25', '/{rest}')
    assert.equal(found(router, '/100%25'), '/100%25')
    assert.throws(() => router.find('/100%'), { code: 'malformed_url' })
  })
  test('matches encoded braces as text', () => {
    const router = routerOf('/x%7B%7Dy', '/x{p}y')
    assert.equal(found(router, '/x%7B%7Dy'), '/x%7B%7Dy')
    assert.equal(found(router, '/xzy'), '/x{p}y z')
  })
  test('refuses a broken encoding in a segment that it has to read', () => {
    const router = routerOf('/users/{id}')
    for (const path of ['/users/%', '/users/%zz', '/users/%FF', '/users/a%00']) {
      assert.throws(
        () => router.find(path),
        (error) => isProblem(error) && error.status === 400,
        path,
      )
    }
  })
  test('refuses a broken encoding in a segment that no template gets to', () => {
    assert.throws(() => routerOf('/users').find('/none/%zz'), { code: 'malformed_url' })
    assert.equal(routerOf('/users').find('/none/%20'), undefined)
  })
  test('replaces the target of a template that is added again', () => {
    const router = new Router<string>()
    for (const target of ['first', 'second']) {
      router.add(parsePath('/fixed'), target)
      router.add(parsePath('/with/{param}'), target)
    }
    assert.equal(router.find('/fixed')?.target, 'second')
    assert.equal(router.find('/fixed/')?.target, 'second')
    assert.equal(router.find('/with/1')?.target, 'second')
  })
  test('finds each of 10,000 routes, and nothing beside them', () => {
    const router = new Router<number>()
    for (let at = 0; at < 2500; at++) {
      router.add(parsePath(`/group${at % 50}/item${at}`), at)
      router.add(parsePath(`/group${at % 50}/item${at}/{id}`), at + 2500)
      router.add(parsePath(`/group${at % 50}/{id}/item${at}`), at + 5000)
      router.add(parsePath(`/{group}/item${at}/x/{id}.json`), at + 7500)
    }
    for (let at = 0; at < 2500; at++) {
      const group = `group${at % 50}`
      assert.deepEqual(router.find(`/${group}/item${at}`), { target: at, params: [] })
      assert.deepEqual(router.find(`/${group}/item${at}/7`), { target: at + 2500, params: ['7'] })
      assert.deepEqual(router.find(`/${group}/7/item${at}`), { target: at + 5000, params: ['7'] })
      assert.deepEqual(router.find(`/${group}/item${at}/x/7.json`), { target: at + 7500, params: [group, '7'] })
      assert.equal(router.find(`/${group}/item${at}/x/7.xml`), undefined)
      assert.equal(router.find(`/${group}/none${at}`), undefined)
    }
  })
})
