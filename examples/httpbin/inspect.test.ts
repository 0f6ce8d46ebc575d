import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { serveExample } from '../../test/examples/served-example.ts'
import { ask, askJson, headerOf, jsonOf, type RawReply } from '../../test/http/raw-connection.ts'

const json = 'application/json'

function assertJson(reply: RawReply, body: unknown): void {
  assert.deepEqual([reply.statusLine, headerOf(reply, 'Content-Type')], ['HTTP/1.1 200 OK', json])
  assert.deepEqual(jsonOf(reply), body)
}

suite('a request is told back', () => {
  test('with its query, its headers, its address and who sent it', async () => {
    await using bin = await serveExample('httpbin')
    const headers = { Host: 'bin.example:81', 'x-one-two': 'a', ETAG: 'b' }
    const reply = await ask(bin.port, 'GET /get?a=1&b=x%20y&a=2&c', headers)
    assertJson(reply, {
      args: { a: ['1', '2'], b: 'x y', c: '' },
      headers: { Etag: 'b', Host: 'bin.example:81', 'X-One-Two': 'a' },
      origin: '127.0.0.1',
      url: 'http://bin.example:81/get?a=1&b=x%20y&a=2&c',
    })
    assert.ok(reply.body.toString().endsWith('c"}\n'))
  })
  test('by its single parts', async () => {
    await using bin = await serveExample('httpbin')
    const named = { 'user-agent': 'tester/1' }
    assertJson(await ask(bin.port, 'GET /headers', named), { headers: { Host: 'test', 'User-Agent': 'tester/1' } })
    assertJson(await ask(bin.port, 'GET /ip'), { origin: '127.0.0.1' })
    assertJson(await ask(bin.port, 'GET /user-agent', named), { 'user-agent': 'tester/1' })
    assertJson(await ask(bin.port, 'GET /user-agent'), { 'user-agent': null })
  })
  test('whatever it accepts', async () => {
    await using bin = await serveExample('httpbin')
    assert.equal((await ask(bin.port, 'GET /get', { Accept: 'image/png' })).status, 200)
  })
  test('to pages of any origin', async () => {
    await using bin = await serveExample('httpbin')
    const reply = await ask(bin.port, 'GET /get', { Origin: 'https://page.example' })
    assert.equal(headerOf(reply, 'Access-Control-Allow-Origin'), '*')
  })
  test('without any port', async () => {
    await using bin = await serveExample('httpbin')
    const reply = await bin.app.fetch(new Request('https://bin.example/post?a=1', { method: 'POST', body: '[1]' }))
    const { args, json: sent, origin, url } = JSON.parse(await reply.text())
    const expected = [{ a: '1' }, [1], '', 'https://bin.example/post?a=1']
    assert.deepEqual([args, sent, origin, url], expected)
  })
  test('only where there is one', async () => {
    await using bin = await serveExample('httpbin')
    await assert.rejects(bin.app.invoke('inspect.get-request'), { code: 'bad_request' })
  })
})

suite('a body is told back', () => {
  const nothing = { args: {}, data: '', files: {}, form: {}, json: null, origin: '127.0.0.1' }
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const path = `/${method.toLowerCase()}`
    test(`of ${method}`, async () => {
      await using bin = await serveExample('httpbin')
      assertJson(await askJson(bin.port, `${method} ${path}`, { a: ['ü', null] }), {
        ...nothing,
        data: '{"a":["ü",null]}',
        headers: { 'Content-Length': '17', 'Content-Type': json, Host: 'test' },
        json: { a: ['ü', null] },
        url: `http://test${path}`,
      })
      assertJson(await ask(bin.port, `${method} ${path}`), {
        ...nothing,
        headers: { Host: 'test' },
        url: `http://test${path}`,
      })
      const get = await ask(bin.port, `GET ${path}`)
      assert.deepEqual([get.status, headerOf(get, 'Allow')], [405, `${[method, 'OPTIONS'].sort().join(', ')}`])
    })
  }

  /** What the body was taken for. */
  async function taken(type: string | undefined, body: string | Uint8Array): Promise<unknown> {
    await using bin = await serveExample('httpbin')
    const reply = await ask(bin.port, 'POST /post', type === undefined ? {} : { 'Content-Type': type }, body)
    assert.equal(reply.status, 200)
    const { data, files, form, json: parsed } = jsonOf(reply)
    return { data, files, form, json: parsed }
  }
  const form = 'application/x-www-form-urlencoded'
  const multipart = [
    '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n',
    '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nü\r\n',
    '--b\r\nContent-Disposition: form-data; name="t"; filename="t.txt"\r\nContent-Type: text/plain\r\n\r\nHi\r\n',
    '--b\r\nContent-Disposition: form-data; name="i"; filename="i.png"\r\nContent-Type: image/png\r\n\r\n',
  ].join('')
  const empty = { data: '', files: {}, form: {}, json: null }
  for (const [what, type, body, expected] of [
    ['as text', 'text/plain', 'Grüße', { ...empty, data: 'Grüße' }],
    ['as JSON without a type', undefined, '[1]', { ...empty, data: '[1]', json: [1] }],
    ['as text where it is broken JSON', json, '{"a":', { ...empty, data: '{"a":' }],
    [
      'as a URL where it is no text',
      'image/png',
      Uint8Array.of(0xff, 0),
      { ...empty, data: 'data:application/octet-stream;base64,/wA=' },
    ],
    ['as a form', form, 'a=1&b=x+y&a=%C3%BC&c=', { ...empty, form: { a: ['1', 'ü'], b: 'x y', c: '' } }],
    [
      'as a form with files',
      'multipart/form-data; boundary=b',
      Buffer.concat([Buffer.from(multipart), Buffer.of(0xff), Buffer.from('\r\n--b--\r\n')]),
      { ...empty, form: { a: ['1', 'ü'] }, files: { t: 'Hi', i: 'data:image/png;base64,/w==' } },
    ],
    ['as nothing where it is a broken form', 'multipart/form-data; boundary=b', '--x', empty],
    ['as nothing where its form has no boundary', 'multipart/form-data', 'a', empty],
  ] as const) {
    test(what, async () => assert.deepEqual(await taken(type, body), expected))
  }
  test('as text alone where it is nested deeply', async () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
    assert.deepEqual(await taken(json, nested(256)), { ...empty, data: nested(256), json: JSON.parse(nested(256)) })
    assert.deepEqual(await taken(json, nested(257)), { ...empty, data: nested(257) })
    assert.deepEqual(await taken(json, nested(500_000)), { ...empty, data: nested(500_000) })
  })
  test('up to a megabyte', async () => {
    await using bin = await serveExample('httpbin')
    const most = 1024 * 1024
    assert.equal((await ask(bin.port, 'POST /post', {}, 'x'.repeat(most))).status, 200)
    assert.equal((await ask(bin.port, 'POST /post', {}, 'x'.repeat(most + 1))).status, 413)
  })
})

suite('anything is told back', () => {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY']) {
    test(`of ${method}`, async () => {
      await using bin = await serveExample('httpbin')
      for (const path of ['/anything', '/anything/a/b%20c']) {
        const reply = await ask(bin.port, `${method} ${path}?q=1`, { 'Content-Type': 'text/plain' }, 'Hi')
        const told = jsonOf(reply)
        assert.deepEqual([told.method, told.url, told.data], [method, `http://test${path}?q=1`, 'Hi'])
        assert.deepEqual(Object.keys(told), [
          ...['args', 'data', 'files', 'form', 'headers', 'json', 'method', 'origin', 'url'],
        ])
      }
    })
  }
  test('without content for HEAD', async () => {
    await using bin = await serveExample('httpbin')
    for (const path of ['/anything', '/get', '/headers']) {
      const reply = await ask(bin.port, `HEAD ${path}`)
      assert.deepEqual([reply.status, headerOf(reply, 'Content-Type')], [200, json])
      assert.ok(Number(headerOf(reply, 'Content-Length')) > 0)
    }
  })
  test('but for what there are automatic answers to', async () => {
    await using bin = await serveExample('httpbin')
    const allow = async (line: string) => {
      const reply = await ask(bin.port, line)
      return [reply.status, headerOf(reply, 'Allow')]
    }
    const every = 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, QUERY'
    assert.deepEqual(await allow('OPTIONS /anything'), [204, every])
    assert.deepEqual(await allow('OPTIONS /get'), [204, 'GET, HEAD, OPTIONS'])
    assert.deepEqual(await allow('POST /get'), [405, 'GET, HEAD, OPTIONS'])
    assert.deepEqual(await allow('TRACE /anything'), [501, every])
    assert.deepEqual(await allow('GET /nothing'), [404, undefined])
  })
})
