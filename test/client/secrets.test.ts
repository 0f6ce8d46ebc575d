import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { apiKey, basic, bearer, client, cookieJar, type Transport } from 'trestle/client'
import { plainServer } from './sending.ts'

/** Answers with the headers that it was sent, and its own address. */
const echo: Transport = ({ url, headers }) => Response.json({ ...Object.fromEntries(headers), url })

const home = 'https://api.example'
const stranger = 'https://stranger.example'

type Sent = Readonly<Record<string, string | undefined>>

suite('credentials of a client', () => {
  const headers = { Authorization: 'Bearer secret', Cookie: 'sid=secret', 'X-Own': 'own' }

  test('that are headers go to the origin of its base URL alone', async () => {
    const api = client(home, { headers, fetch: echo })
    const own = await api.get<Sent>('/').json()
    assert.deepEqual([own.authorization, own.cookie], ['Bearer secret', 'sid=secret'])
    for (const address of [stranger, 'http://api.example', 'https://api.example:444', 'https://x.api.example']) {
      const sent = await api.get<Sent>(address).json()
      assert.deepEqual([sent.authorization, sent.cookie, sent['x-own']], [undefined, undefined, 'own'], address)
    }
  })
  test('of one call go where the call goes', async () => {
    const sent = await client(home, { fetch: echo })
      .get<Sent>(stranger, { headers, cookies: { own: '1' } })
      .json()
    assert.deepEqual([sent.authorization, sent.cookie], ['Bearer secret', 'own=1'])
  })
  test('in its base URL are sent with every call and page, and are in no address', async () => {
    const seen: (string | null)[] = []
    const api = client('https://ada:p%40ss@api.example/v1', {
      fetch: ({ url, headers: got }) => {
        seen.push(got.get('authorization'))
        return Response.json([1], { headers: url.includes('page') ? {} : { Link: '</v1/list?page=2>; rel=next' } })
      },
    })
    assert.equal(api.url('/list').href, 'https://api.example/v1/list')
    const urls = (await Array.fromAsync(api.pages('/list'))).map(({ url }) => url.href)
    assert.deepEqual(urls, ['https://api.example/v1/list', 'https://api.example/v1/list?page=2'])
    assert.deepEqual(seen, Array(2).fill(`Basic ${btoa('ada:p@ss')}`))
    assert.equal((await api.extend({ baseUrl: '/more' }).get('/')).url, 'https://api.example/v1/more/')
    assert.equal(seen[2], seen[0])
  })
  test('in an address may be a password alone, or broken', async () => {
    const sent = async (url: string): Promise<string | undefined> =>
      (await client(undefined, { fetch: echo }).get<Sent>(url).json()).authorization
    assert.equal(await sent('https://:secret@api.example'), `Basic ${btoa(':secret')}`)
    assert.equal(await sent('https://ada@api.example'), `Basic ${btoa('ada:')}`)
    assert.equal(await sent('https://ada:%zz@api.example'), `Basic ${btoa('ada:%zz')}`)
  })
  test('stay at home when a page is somewhere else', async () => {
    const seen: Sent[] = []
    const fetch: Transport = ({ url, headers: got }) => {
      seen.push({ ...Object.fromEntries(got), url })
      return Response.json([1])
    }
    const api = client(home, { fetch, auth: basic('of', 'session') })
    const next = ({ url }: { url: URL }) => (url.origin === stranger ? undefined : `${stranger}/list`)
    const options = { next, headers: { Authorization: 'Own' }, cookies: { own: '1' } }
    await Array.fromAsync(api.items('/list', options))
    await Array.fromAsync(api.items('/list', { next, auth: bearer('own') }))
    await Array.fromAsync(api.items('/list', { next }))
    await Array.fromAsync(client(undefined, { fetch, headers }).items(`${home}/list`, { next }))
    assert.deepEqual(
      seen.map(({ url, authorization, cookie }) => [url, authorization, cookie]),
      [
        [`${home}/list`, 'Own', 'own=1'],
        [`${stranger}/list`, undefined, undefined],
        [`${home}/list`, 'Bearer own', undefined],
        [`${stranger}/list`, undefined, undefined],
        [`${home}/list`, `Basic ${btoa('of:session')}`, undefined],
        [`${stranger}/list`, undefined, undefined],
        [`${home}/list`, 'Bearer secret', 'sid=secret'],
        [`${stranger}/list`, undefined, undefined],
      ],
    )
  })
})

suite('errors tell no secret', () => {
  const nobody: Transport = () => Promise.reject(new TypeError('fetch failed'))

  test('neither a key in the query, nor credentials of the address', async () => {
    const keyed = client(home, { fetch: nobody, auth: apiKey('key', 'secret', { in: 'query' }) })
    await assert.rejects(keyed.get('/x?a=1'), {
      message: `GET ${home}/x?a=1 got no reply: fetch failed`,
      url: `${home}/x?a=1`,
    })
    await assert.rejects(client('https://ada:secret@api.example', { fetch: nobody }).get('/'), {
      message: `GET ${home}/ got no reply: fetch failed`,
    })
    const silent = client(home, {
      fetch: () => new Promise(() => {}),
      auth: apiKey('key', 'secret', { in: 'query' }),
      timeout: { headers: 1 },
    })
    await assert.rejects(silent.get('/'), { phase: 'headers', url: `${home}/` })
  })
  test('nor what a header holds that cannot be sent', async () => {
    for (const value of ['sec\nret', 'sec\r\nX-Other: ret', 'sec\0ret', 'secret €']) {
      for (const settings of [{ auth: bearer(value) }, { headers: { Authorization: value } }]) {
        await assert.rejects(client(home, { fetch: echo, ...settings }).get('/'), (error) => {
          assert.ok(error instanceof TypeError)
          assert.match(error.message, /^The header 'authorization' cannot be sent/i)
          assert.doesNotMatch(error.message, /sec/)
          return true
        })
      }
    }
    await assert.rejects(client(home, { fetch: echo }).get('/', { headers: { 'X Own': '1' } }), /header 'X Own' cannot/)
  })
})

suite('nothing is smuggled in', () => {
  test('by a cookie', async () => {
    for (const cookies of [
      { a: '1; admin=1' },
      { 'a=1; admin': '1' },
      { a: '1\r\nX-Other: 1' },
      { '': '1' },
      { a: '1,b=2' },
    ]) {
      await assert.rejects(client(home, { fetch: echo }).get('/', { cookies }), /^TypeError: The cookie '/)
      assert.throws(() => client(home, { cookies }), /^TypeError: The cookie '/)
      const [[name, value] = ['', '']] = Object.entries(cookies)
      assert.throws(() => apiKey(name, value, { in: 'cookie' }), /^TypeError: The cookie '/)
    }
  })
  test('by the names of files and fields', async () => {
    let body = ''
    await using server = await plainServer((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text
      })
      request.on('end', () => response.end())
    })
    const name = 'a"; name="b\r\nX-Other: 1\r\n\r\n'
    const type = 'text/plain\r\nX-Other: 1'
    await client(server.url).post('/', {
      form: { [name]: name },
      files: { [name]: { content: 'hello', filename: name, type } },
    })
    const heads = body.split('\r\n').filter((line) => /^[\w-]+:/.test(line))
    assert.deepEqual([...new Set(heads.map((line) => line.split(':')[0]))].sort(), [
      'Content-Disposition',
      'Content-Type',
      'X-Other',
    ])
    // The value of a field may have lines of any kind: only it has them, and not a head.
    assert.equal(body.split('X-Other: 1').length - body.split('%0D%0AX-Other: 1').length, 1)
    assert.match(body, /name="a%22; name=%22b%0D%0AX-Other: 1%0D%0A%0D%0A"; filename="a%22; name=%22b%0D%0A/)
  })
  test('by parameters, nor by names that every object has', async () => {
    const api = client(home, { fetch: echo })
    const id = '?admin=1#x/../y'
    assert.equal(api.url('/cars/{id}', { params: { id } }).href, `${home}/cars/%3Fadmin%3D1%23x%2F..%2Fy`)
    const polluted = JSON.parse('{ "__proto__": "1", "constructor": "2" }')
    assert.equal(api.url('/{__proto__}', { params: polluted }).href, `${home}/1?constructor=2`)
    assert.throws(() => api.url('/{constructor}'), /needs the parameter 'constructor'/)
    const sent = await api.get<Sent>('/', { headers: polluted }).json()
    assert.equal(Object.getOwnPropertyDescriptor(sent, '__proto__')?.value, '1')
    assert.equal('admin' in {}, false)
  })
  test('by a cookie that somebody else has set', () => {
    const jar = cookieJar()
    jar.set('https://shop.example/', 'sid=mine; Secure; Path=/')
    jar.set('http://shop.example/', 'sid=theirs; Path=/')
    jar.set('http://evil.shop.example/', 'sid=theirs; Path=/; Domain=shop.example')
    jar.set('http://shop.example/x/', 'sid=theirs; Path=/x')
    assert.equal(jar.header('https://shop.example/x/'), 'sid=mine')
    jar.set('https://shop.example/', 'sid=new; Path=/')
    assert.equal(jar.header('http://shop.example/'), 'sid=new')
  })
})
