import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { faultsOf, httpbinTarget, runLines, runText } from './feature-runner.ts'
import { toldServer } from './told-server.ts'

const target = await httpbinTarget()
after(() => target[Symbol.asyncDispose]())

suite('redirects', () => {
  test('become GET as the Fetch standard says', async () => {
    await using server = await toldServer(({ path }, response) => {
      const [, status = ''] = /^\/(\d+)/.exec(path) ?? []
      if (status === '') return void response.end()
      response.writeHead(Number(status), { Location: '/end' }).end()
    })
    const lines = [`Given address "${server.url}"`, 'And REST method "POST"', 'And request is "{}"']
    for (const status of ['301', '302', '303', '307', '308'])
      lines.push(`Given URL path "/${status}"`, 'When the URL is invoked')
    await runLines(lines.join('\n'), target)
    const ends = server.requests.filter(({ path }) => path === '/end')
    assert.deepEqual(
      ends.map(({ method, body, headers }) => [method, body, headers['content-type']]),
      [
        ['GET', '', undefined],
        ['GET', '', undefined],
        ['GET', '', undefined],
        ['POST', '{}', 'application/json'],
        ['POST', '{}', 'application/json'],
      ],
    )
  })
  test('take no credentials to another origin', async () => {
    await using other = await toldServer()
    await using server = await toldServer(({ path }, response) => {
      response.writeHead(307, { Location: path.startsWith('/out') ? `${other.url}/` : '/out' }).end()
    })
    const lines = `Given address "${server.url}"
      And bearer token "token-of-ann"
      And API key "key-of-ann" in header "X-Key"
      And API key "key-of-ann" in query "key"
      And API key "key-of-ann" in cookie "key"
      And header "X-Other" "kept"
      When the URL is invoked
      Then status is "200"`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
    assert.deepEqual(
      server.requests.map(({ headers }) => [headers.authorization, headers['x-key'], headers.cookie]),
      [
        ['Bearer token-of-ann', 'key-of-ann', 'key=key-of-ann'],
        ['Bearer token-of-ann', 'key-of-ann', 'key=key-of-ann'],
      ],
    )
    const [request] = other.requests
    assert.deepEqual(
      [request?.path, request?.headers.authorization, request?.headers['x-key'], request?.headers.cookie],
      ['/', undefined, undefined, undefined],
    )
    assert.equal(request?.headers['x-other'], 'kept')
  })
  test('take credentials and cookies to the API under test, by whichever of its addresses', async () => {
    await using server = await toldServer(({ path }, response) => {
      const headers = { Location: 'http://localhost:17010/end', 'Set-Cookie': 'session=abc; Path=/' }
      response.writeHead(path === '/end' ? 200 : 302, path === '/end' ? {} : headers).end()
    })
    const isMeant = ({ origin }: URL): boolean => ['http://localhost:17010', server.url].includes(origin)
    const served = { name: server.url, address: server.url, isMeant, send: fetch, api: undefined }
    const lines = `Given address "http://localhost:17010"\nAnd bearer token "token-of-ann"\nWhen the URL is invoked
      Then the final URL is "http://localhost:17010/end"\nAnd the final URL is "/end"`
    assert.deepEqual(faultsOf(await runLines(lines, served)), [])
    const [, last] = server.requests
    assert.deepEqual(
      [last?.path, last?.headers.authorization, last?.headers.cookie],
      ['/end', 'Bearer token-of-ann', 'session=abc'],
    )
  })
  test('end after 20', async () => {
    await using server = await toldServer((_, response) => void response.writeHead(302, { Location: '/again' }).end())
    const lines = `Given address "${server.url}"\nWhen the URL is invoked`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [
      `GET ${server.url}/ was redirected more than 20 times, at last to ${server.url}/again`,
    ])
    assert.equal(server.requests.length, 21)
  })
  test('that lead nowhere are the response', async () => {
    await using server = await toldServer(
      (_, response) => void response.writeHead(302, { Location: 'mailto:a@b' }).end(),
    )
    const lines = `Given address "${server.url}"\nWhen the URL is invoked\nThen status is "302"`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
  })
})

suite('cookies', () => {
  test('go back where they came from, in later scenarios of the feature too', async () => {
    await using other = await toldServer()
    await using server = await toldServer((_, response, count) => {
      if (count > 1) return void response.end()
      const lines = [
        'a=1; Path=/',
        'b=2; Path=/deep',
        'c=3; Path=/; Max-Age=0',
        'd=4; Path=/; Secure',
        'e=5; Domain=example.com',
      ]
      response.setHeader('Set-Cookie', lines).end()
    })
    const source = `Feature: cookies
      Scenario: login
        Given address "${server.url}"
        When the URL is invoked
        Given URL path "/deep/er"
        And cookie "mine" "x"
        When the URL is invoked
      Scenario: after it
        When the URL is invoked
        Given URL path "${other.url.replace('127.0.0.1', 'localhost')}/"
        When the URL is invoked
      Scenario: without
        Given cookies are cleaned up
        When the URL is invoked`
    await runText(source, target)
    const sent = server.requests.map(({ headers }) => headers.cookie)
    assert.deepEqual(sent, [undefined, 'mine=x; b=2; a=1; d=4', 'mine=x; a=1; d=4', undefined])
    assert.equal(other.requests[0]?.headers.cookie, 'mine=x')
  })
  test('of redirects are kept too', async () => {
    const lines =
      'Given URL path "/cookies/set/a/b"\nWhen the URL is invoked\nThen path "/cookies/a" is "b"\nAnd cookie "a" is "b"'
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
  })
})
