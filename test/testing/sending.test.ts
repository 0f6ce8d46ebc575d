import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { faultsOf, httpbinTarget, runLines, runText } from './feature-runner.ts'
import { toldServer } from './told-server.ts'

const target = await httpbinTarget((request) => {
  const { pathname } = new URL(request.url)
  if (pathname === '/latin1')
    return new Response(Buffer.from('gr\xfcn', 'latin1'), {
      headers: { 'Content-Type': 'text/plain; charset=ISO-8859-1' },
    })
  if (pathname === '/picture')
    return new Response(Buffer.from([0x89, 0x50, 0, 1]), { headers: { 'Content-Type': 'image/png' } })
  if (pathname === '/never') return new Promise<never>(() => {})
  return undefined
})
after(() => target[Symbol.asyncDispose]())

suite('what is sent', () => {
  test('says who it is and what it takes, and no more', async () => {
    await using server = await toldServer()
    await runLines(`Given address "${server.url}"\nAnd query string "a=1"\nWhen the URL is invoked`, target)
    const [request] = server.requests
    assert.equal(request?.path, '/?a=1')
    assert.match(String(request?.headers['user-agent']), /^trestle-test\/\d+\.\d+\.\d+$/)
    assert.equal(request?.headers.accept, '*/*')
    assert.equal(request?.headers['content-type'], undefined)
    assert.equal(request?.headers.cookie, undefined)
  })
  test('accepts the format that is asked for', async () => {
    await using server = await toldServer()
    const invoked = 'When the URL is invoked'
    await runLines(
      `Given address "${server.url}"\nAnd format "JSON"\n${invoked}\nGiven response format "XML"\n${invoked}`,
      target,
    )
    const accepted = server.requests.map(({ headers }) => headers.accept)
    assert.deepEqual(accepted, ['application/json, */*;q=0.5', 'application/xml, text/xml;q=0.9, */*;q=0.5'])
  })
  test('has a body of the format', async () => {
    await using server = await toldServer()
    const formats = ['JSON', 'XML', 'RAW', 'FORM']
    const sent = formats.map(
      (format) =>
        `Given format "${format}"\nAnd request is "${format === 'JSON' ? '[1]' : '<a/>'}"\nWhen the URL is invoked`,
    )
    await runLines(`Given address "${server.url}"\nAnd REST method "put"\n${sent.join('\n')}`, target)
    assert.deepEqual(
      server.requests.map(({ method, headers, body }) => [method, headers['content-type'], body]),
      [
        ['PUT', 'application/json', '[1]'],
        ['PUT', 'application/xml', '<a/>'],
        ['PUT', undefined, '<a/>'],
        ['PUT', 'application/x-www-form-urlencoded', '<a/>'],
      ],
    )
  })
  test('joins address, path and query with one slash and one question mark', async () => {
    await using server = await toldServer()
    const lines = [`Given address "${server.url}/base/"`, 'When the URL is invoked']
    for (const path of ['a b', '/c', '/d?x=1', '/#e']) lines.push(`Given URL path "${path}"`, 'When the URL is invoked')
    lines.push(
      'Given URL path "/f?x=1"',
      'And query string "?y=2"',
      'And query parameter "z" is "&"',
      'When the URL is invoked',
    )
    assert.deepEqual(faultsOf(await runLines(lines.join('\n'), target)), [])
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ['/base/', '/base/a%20b', '/base/c', '/base/d?x=1', '/base/%23e', '/base/f?x=1&y=2&z=%26'],
    )
  })
  test('has the name and the password of the address as credentials', async () => {
    await using server = await toldServer()
    await runLines(`Given address "${server.url.replace('//', '//ann:a%40b@')}"\nWhen the URL is invoked`, target)
    assert.equal(server.requests[0]?.headers.authorization, `Basic ${btoa('ann:a@b')}`)
  })
  test('may be GET with a body, in this process and over a socket', async () => {
    await using server = await toldServer()
    const lines = 'Given request is "{"a": 1}"\nAnd URL path "/anything"\nWhen the URL is invoked'
    const result = await runLines(
      `${lines}\nThen path "/method" is "GET"\nAnd path "/json/a" is an integer "1"`,
      target,
    )
    assert.deepEqual(faultsOf(result), [])
    await runLines(`Given address "${server.url}"\n${lines}`, target)
    assert.deepEqual(
      server.requests.map(({ method, path, body }) => [method, path, body]),
      [['GET', '/anything', '{"a":1}']],
    )
  })
  test('may be TRACE, which no browser sends', async () => {
    await using server = await toldServer()
    const lines = `Given address "${server.url}"\nAnd REST method "TRACE"\nWhen the URL is invoked\nThen status is "200"`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
    assert.equal(server.requests[0]?.method, 'TRACE')
  })
  test('has the stored values in the places where they are written, with their types', async () => {
    const lines = `Given REST method "POST"
      And URL path "/post"
      And I store "say "hi"" under "text"
      And request is "{"id": 7, "tags": ["a"]}"
      When the URL is invoked
      Then I store "/json" from response under "thing"
      Given request is "#thing"
      When the URL is invoked
      Then path "/json/tags/0" is "a"
      Given request is "{"deep": {"thing": #{thing}}, "text": "I #{text}"}"
      When the URL is invoked
      Then path "/json/deep/thing/id" is an integer "7"
      And path "/json/text" is "I say "hi""`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
  })
  test('is multipart when there are files, whatever the format and the headers say', async () => {
    const lines = `Given REST method "POST"
      And URL path "/post"
      And format "JSON"
      And header "Content-Type" "multipart/form-data"
      And form field "a" is "1"
      And form field "a" is "2"
      And request file "note" is "note.txt"
      When the URL is invoked
      Then path "/form/a" is JSON "["1", "2"]"
      And path "/files/note" starts with "Remember"`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
  })
  test('keeps headers and address for the next scenario, but not method, path and body', async () => {
    await using server = await toldServer()
    const source = `Feature: shared
      Scenario: first
        Given address "${server.url}"
        And REST method "POST"
        And URL path "/first"
        And header "X-Kept" "yes"
        And request is "{}"
        When the URL is invoked
      Scenario: second
        When the URL is invoked
      Scenario: third
        Given context is cleaned up
        And address "${server.url}"
        When the URL is invoked`
    await runText(source, target)
    assert.deepEqual(
      server.requests.map(({ method, path, headers, body }) => [method, path, headers['x-kept'], body]),
      [
        ['POST', '/first', 'yes', '{}'],
        ['GET', '/', 'yes', ''],
        ['GET', '/', undefined, ''],
      ],
    )
  })
})

suite('what comes back', () => {
  test('is read in its charset', async () => {
    assert.deepEqual(
      faultsOf(
        await runLines(
          'Given responses are not checked against the API description\nAnd URL path "/latin1"\nWhen the URL is invoked\nThen the response matches "^grün$"',
          target,
        ),
      ),
      [],
    )
  })
  test('is decoded, in whatever coding it was sent', async () => {
    for (const [path, word] of [
      ['/gzip', 'gzipped'],
      ['/deflate', 'deflated'],
      ['/brotli', 'brotli'],
    ]) {
      const lines = `Given URL path "${path}"\nWhen the URL is invoked\nThen path "/${word}" is True`
      assert.deepEqual(faultsOf(await runLines(lines, target)), [])
    }
  })
  test('is shown as a note where it is no text', async () => {
    const { exchange } = await runLines('Given URL path "/picture"\nWhen the URL is invoked', target)
    assert.equal(exchange?.body, '[4 bytes of image/png]')
  })
  test('may be 10 MB', async () => {
    await using server = await toldServer((_, response) => {
      response.setHeader('Content-Type', 'application/json').end(`["${'a'.repeat(10_000_000)}"]`)
    })
    const lines = `Given address "${server.url}"\nWhen the URL is invoked\nThen the response is larger than "10 MB"\nAnd path "/0" starts with "aaa"`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [])
  })
  test('is noted with its request, each redirect too', async () => {
    const { steps } = await runLines(
      'Given URL path "/redirect/2"\nAnd header "X-A" "b"\nWhen the URL is invoked',
      target,
    )
    const exchanges = steps.flatMap((each) => each.exchanges)
    assert.deepEqual(
      exchanges.map(({ method, url, status }) => `${method} ${url} ${status}`),
      [
        'GET http://localhost:17010/redirect/2 302',
        'GET http://localhost:17010/relative-redirect/1 302',
        'GET http://localhost:17010/get 200',
      ],
    )
    assert.deepEqual(
      exchanges[0]?.requestHeaders.map(([name]) => name),
      ['X-A', 'User-Agent', 'Accept'],
    )
    assert.match(exchanges[0]?.cid ?? '', /./)
  })
})

suite('what does not come back', () => {
  test('because nothing listens', async () => {
    const server = await toldServer()
    await server[Symbol.asyncDispose]()
    const lines = `Given address "${server.url}"\nWhen the URL is invoked\nThen status is "200"`
    const result = await runLines(lines, target)
    assert.deepEqual(faultsOf(result), [
      `GET ${server.url}/ was refused: nothing listens there (is the server running?)`,
    ])
    assert.equal(result.steps.at(-1)?.status, 'skipped')
    assert.equal(result.exchange?.status, undefined)
    assert.equal(result.exchange?.url, `${server.url}/`)
  })
  test('because the server hangs up', async () => {
    await using server = await toldServer((_, response) => response.socket?.destroy())
    const lines = `Given address "${server.url}"\nWhen the URL is invoked`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [
      `GET ${server.url}/ was cut off: the server closed the connection before the response was whole`,
    ])
  })
  test('whole, because the server hangs up in the middle', async () => {
    await using server = await toldServer((_, response) => {
      response.setHeader('Content-Length', '100').write('abc', () => response.socket?.destroy())
    })
    const lines = `Given address "${server.url}"\nWhen the URL is invoked`
    assert.deepEqual(faultsOf(await runLines(lines, target)), [
      `GET ${server.url}/ was cut off: the server closed the connection before the response was whole`,
    ])
  })
  test('in time, over a socket and in this process', async () => {
    await using server = await toldServer(() => {})
    for (const url of [`${server.url}/never`, 'http://localhost:17010/never']) {
      const lines = `Given timeout "20 milliseconds"\nAnd URL path "${url}"\nWhen the URL is invoked`
      assert.deepEqual(faultsOf(await runLines(lines, target)), [`GET ${url} was not answered within 20 milliseconds`])
    }
  })
  test('as HTTP', async () => {
    await using server = await toldServer((_, response) => response.socket?.end('hello\r\n\r\n'))
    const [fault = ''] = faultsOf(await runLines(`Given address "${server.url}"\nWhen the URL is invoked`, target))
    assert.match(fault, /^GET http:\/\/127\.0\.0\.1:\d+\/ failed: /)
  })
})
