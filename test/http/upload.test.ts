import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { file, files } from '../../src/http/forms/models.ts'
import { post, type RestDefaults } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { formBody, multipart, type SentPart } from './form-body.ts'
import { ask, jsonOf, RawConnection, type RawReply, requestText } from './raw-connection.ts'
import { type Served, serve } from './served.ts'

/** A folder of its own, and the temporary files in it. */
async function folder(): Promise<AsyncDisposable & { readonly path: string; readonly left: () => Promise<string[]> }> {
  const path = await mkdtemp(join(tmpdir(), 'upload-test-'))
  return {
    path,
    left: async () => {
      const own = await readdir(path)
      return (await Promise.all(own.map((each) => readdir(join(path, each))))).flat()
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  }
}

const album = service({
  name: 'album',
  input: z.object({
    title: z.string(),
    year: z.int().optional(),
    tags: z.array(z.string()).optional(),
    info: z.object({ by: z.string() }).optional(),
    cover: file({ maxBytes: 200_000, types: ['image/*'] }).optional(),
    pages: files({ max: 3 }),
  }),
  output: z.unknown(),
  on: post('/albums'),
  handle: async ({ input: { cover, pages, ...rest } }) => ({
    ...rest,
    ...(cover !== undefined && {
      cover: {
        name: cover.name,
        type: cover.type,
        size: cover.size,
        kept: cover.path === undefined ? 'in memory' : 'in a file',
        first: (await cover.bytes())[0],
        length: (await cover.bytes()).length,
      },
    }),
    pages: await Promise.all(pages.map(async (page) => [page.name, await page.text()])),
  }),
})

async function send(served: Served, parts: readonly SentPart[]): Promise<RawReply> {
  return await ask(served.port, 'POST /albums', multipart, formBody(parts))
}

const title = { name: 'title', content: 'Sea' }

suite('a form with files', () => {
  test('comes as typed texts and files', async () => {
    await using served = await serve([album])
    const reply = await send(served, [
      title,
      { name: 'year', content: '1999' },
      { name: 'tags', content: 'a' },
      { name: 'tags', content: 'b' },
      { name: 'info', content: '{"by":"Ada"}', type: 'application/json', fileName: 'blob' },
      { name: 'cover', content: 'pixels', fileName: '../ü.png', type: 'image/png' },
      { name: 'pages', content: 'one', fileName: '1.txt' },
      { name: 'pages', content: '', fileName: '2.txt' },
    ])
    assert.equal(reply.status, 200, reply.body.toString())
    assert.deepEqual(jsonOf(reply), {
      title: 'Sea',
      year: 1999,
      tags: ['a', 'b'],
      info: { by: 'Ada' },
      cover: { name: 'ü.png', type: 'image/png', size: 6, kept: 'in memory', first: 112, length: 6 },
      pages: [
        ['1.txt', 'one'],
        ['2.txt', ''],
      ],
    })
  })

  test('keeps large files on disk until the reply has left', async () => {
    await using temporary = await folder()
    await using served = await serve([album], { uploads: { folder: temporary.path } })
    const reply = await send(served, [
      title,
      { name: 'cover', content: Buffer.alloc(150_000, 7), fileName: 'c.png', type: 'image/png' },
    ])
    assert.deepEqual(jsonOf(reply).cover, {
      name: 'c.png',
      type: 'image/png',
      size: 150_000,
      kept: 'in a file',
      first: 7,
      length: 150_000,
    })
    await served.server.stop({ deadline: 1000 })
    await served.settled()
    assert.deepEqual(await temporary.left(), [])
  })

  test('is the same through app.fetch', async () => {
    await using temporary = await folder()
    await using served = await serve([album], { uploads: { folder: temporary.path } })
    const body = new FormData()
    body.set('title', 'Sea')
    body.set('cover', new File([new Uint8Array(100_000)], 'c.png', { type: 'image/png' }))
    const reply = await served.fetch(new Request('http://localhost/albums', { method: 'POST', body }))
    assert.equal(reply.status, 200)
    const { cover } = (await reply.json()) as { readonly cover: { readonly kept: string } }
    assert.equal(cover.kept, 'in a file')
    await served.settled()
    assert.deepEqual(await temporary.left(), [])
  })

  test('has no value for what nobody has filled in', async () => {
    await using served = await serve([album])
    const reply = await send(served, [
      title,
      { name: 'year', content: '' },
      { name: 'cover', content: '', fileName: '', type: 'application/octet-stream' },
      { name: 'pages', content: '', fileName: '', type: 'application/octet-stream' },
    ])
    assert.deepEqual(jsonOf(reply), { title: 'Sea', pages: [] })
  })

  test('may come without any part', async () => {
    await using served = await serve([album])
    const reply = await send(served, [])
    assert.equal(reply.status, 422)
    assert.deepEqual(jsonOf(reply).errors, [{ in: 'body', path: '/title', code: 'missing', message: 'is required' }])
  })

  test('is refused with every finding at once', async () => {
    await using served = await serve([album])
    const reply = await send(served, [
      { name: 'year', content: 'x' },
      { name: 'cover', content: 'text', fileName: 'c.txt', type: 'text/plain' },
    ])
    assert.equal(reply.status, 422)
    assert.deepEqual(jsonOf(reply).errors, [
      { in: 'body', path: '/year', code: 'invalid_type', message: 'must be an integer' },
      { in: 'body', path: '/title', code: 'missing', message: 'is required' },
      { in: 'body', path: '/cover', code: 'invalid', message: 'must be of the type image/*' },
    ])
  })

  const repeated: Record<string, [name: string, count: number, finding: Record<string, string>]> = {
    'a second file where there is one': ['cover', 2, { code: 'repeated', message: 'must be given once' }],
    'too many files of a list': ['pages', 4, { code: 'too_big', message: 'must have at most 3 items' }],
  }
  for (const [what, [name, count, finding]] of Object.entries(repeated)) {
    test(`is refused with ${what}`, async () => {
      await using served = await serve([album])
      const one = { name, content: 'x', fileName: 'x.png', type: 'image/png' }
      const reply = await send(served, [title, ...Array.from({ length: count }, () => one)])
      assert.equal(reply.status, 422)
      assert.deepEqual(jsonOf(reply).errors, [{ in: 'body', path: `/${name}`, ...finding }])
    })
  }

  test('drops files that the model does not declare, unless it refuses them', async () => {
    const parts = [title, { name: 'other', content: 'x', fileName: 'x.txt' }]
    await using lax = await serve([album])
    assert.equal((await send(lax, parts)).status, 200)
    await using strict = await serve([album], { unknown: 'strict' })
    const reply = await send(strict, parts)
    assert.equal(reply.status, 422)
    assert.deepEqual(jsonOf(reply).errors, [
      { in: 'body', path: '/other', code: 'unrecognized_key', message: 'is not known here' },
    ])
  })

  test('has lists of files under their name, and with brackets behind it', async () => {
    await using served = await serve([album])
    const page = (name: string, content: string): SentPart => ({ name, content, fileName: `${content}.txt` })
    const reply = await send(served, [title, page('pages[]', 'one'), page('pages', 'two')])
    const pages = [
      ['one.txt', 'one'],
      ['two.txt', 'two'],
    ]
    assert.deepEqual(jsonOf(reply), { title: 'Sea', pages })
    const full = ['one', 'two', 'three', 'four'].map((content) => page('pages[]', content))
    assert.equal((await send(served, [title, ...full])).status, 422)
  })

  test('has texts in the charsets that there are', async () => {
    await using served = await serve([album])
    const titled = async (charset: string, content: Uint8Array): ReturnType<typeof ask> =>
      send(served, [{ name: 'title', content, type: `text/plain; charset=${charset}` }])
    assert.equal((await titled('ISO-8859-1', new Uint8Array([0xe9, 0x74, 0xe9]))).status, 200)
    for (const unknown of ['constructor', '__proto__', 'x-none']) {
      const reply = await titled(unknown, new Uint8Array([65]))
      assert.equal(reply.status, 415)
      assert.equal(jsonOf(reply).detail, `The text 'title' is ${unknown}, which is not known; send UTF-8`)
    }
  })

  test('is no JSON', async () => {
    await using served = await serve([album])
    const reply = await ask(served.port, 'POST /albums', { 'Content-Type': 'application/json' }, '{"title":"Sea"}')
    assert.equal(reply.status, 415)
    assert.equal(jsonOf(reply).detail, 'The body is application/json; send multipart/form-data')
  })

  const malformed: Record<string, [type: string, body: string]> = {
    'no boundary': ['multipart/form-data', '--X--'],
    'an empty boundary': ['multipart/form-data; boundary=""', '--X--'],
    'no end': ['multipart/form-data; boundary=X', '--X\r\nContent-Disposition: form-data; name="title"\r\n\r\nSea'],
    'a part that names nothing': ['multipart/form-data; boundary=X', '--X\r\n\r\nSea\r\n--X--'],
    'a text that is no UTF-8': [
      'multipart/form-data; boundary=X',
      '--X\r\nContent-Disposition: form-data; name="title"\r\n\r\n\xff\r\n--X--',
    ],
  }
  for (const [what, [type, body]] of Object.entries(malformed)) {
    test(`is malformed with ${what}`, async () => {
      await using served = await serve([album])
      const reply = await ask(served.port, 'POST /albums', { 'Content-Type': type }, Buffer.from(body, 'latin1'))
      assert.equal(reply.status, 400, reply.body.toString())
      assert.equal(jsonOf(reply).code, 'malformed_body')
      assert.deepEqual(served.errors(), [])
    })
  }
})

suite('limits of a form', () => {
  const big = (name: string, size: number): SentPart => ({
    name,
    content: Buffer.alloc(size, 120),
    fileName: 'x',
    type: 'image/png',
  })
  const limits: Record<string, [settings: RestDefaults, parts: readonly SentPart[], detail: string]> = {
    'a file beyond its model': [{}, [big('cover', 200_001)], "The file 'cover' may measure 200000 bytes"],
    'a file beyond the setting': [
      { uploads: { fileLimit: 1000 } },
      [big('pages', 1001)],
      "The file 'pages' may measure 1000 bytes",
    ],
    'a file that nobody asked for': [
      { uploads: { fileLimit: 1000 } },
      [big('other', 1001)],
      "The file 'other' may measure 1000 bytes",
    ],
    'a text beyond the setting': [
      { uploads: { fieldLimit: 10 } },
      [{ name: 'title', content: 'x'.repeat(11) }],
      "The text 'title' may measure 10 bytes",
    ],
    'too large texts beside its files': [
      { bodyLimit: 1000, uploads: { fields: 9 } },
      [title, ...Array.from({ length: 8 }, () => ({ name: 'tags', content: 'x'.repeat(200) }))],
      'The texts of the form may measure 1000 bytes',
    ],
    'too many texts': [{ uploads: { fields: 2 } }, [title, title, title], 'The form may hold 2 texts'],
    'too many files': [{ uploads: { files: 1 } }, [big('pages', 1), big('pages', 1)], 'The form may hold 1 file'],
    'too much of all': [
      { uploads: { requestLimit: 300 } },
      [title, big('pages', 200)],
      'The body may measure 300 bytes',
    ],
    'a part with too long a header': [
      {},
      [{ name: 'a'.repeat(17_000), content: '' }],
      'The headers of a part may measure 16384 bytes',
    ],
  }
  for (const [what, [settings, parts, detail]] of Object.entries(limits)) {
    test(`refuse ${what}`, async () => {
      await using temporary = await folder()
      const uploads = { ...settings.uploads, folder: temporary.path }
      await using served = await serve([album], { ...settings, uploads })
      for (const chunked of [false, true]) {
        const body = formBody(parts)
        await using connection = await RawConnection.open(served.port)
        connection.send(
          chunked
            ? requestText('POST /albums', { ...multipart, 'Transfer-Encoding': 'chunked' })
            : requestText('POST /albums', multipart, body),
        )
        if (chunked) connection.send(`${body.length.toString(16)}\r\n`, body, '\r\n0\r\n\r\n')
        const reply = await connection.reply()
        assert.equal(reply.status, 413, reply.body.toString())
        assert.equal(jsonOf(reply).code, 'body_too_large')
        assert.equal(jsonOf(reply).detail, detail)
      }
      await served.settled()
      assert.deepEqual(await temporary.left(), [])
    })
  }

  test('leave the connection as it was', async () => {
    await using served = await serve([album])
    await using connection = await RawConnection.open(served.port)
    connection.send(
      requestText('POST /albums', multipart, formBody([title, big('cover', 400_000)])),
      requestText('POST /albums', multipart, formBody([title])),
    )
    assert.equal((await connection.reply()).status, 413)
    assert.equal((await connection.reply()).status, 200)
  })

  test('of an app are completed by those of a channel', async () => {
    const small = service({
      name: 'small',
      input: z.object({ one: file(), two: file().optional() }),
      on: post('/albums', { uploads: { fileLimit: 10 } }),
      handle: () => {},
    })
    await using served = await serve([small], { uploads: { fileLimit: 1000, files: 1 } })
    const large = await send(served, [big('one', 11)])
    assert.equal(jsonOf(large).detail, "The file 'one' may measure 10 bytes")
    const many = await send(served, [big('one', 1), big('two', 1)])
    assert.equal(jsonOf(many).detail, 'The form may hold 1 file')
  })

  test('do not include bodyLimit, which holds for all but the files', async () => {
    await using served = await serve([album], { bodyLimit: 1000 })
    assert.equal((await send(served, [title, big('cover', 150_000)])).status, 200)
  })
})

suite('an uploaded file', () => {
  for (const size of [10, 100_000]) {
    test(`of ${size} bytes can be moved away, and stays`, async () => {
      await using temporary = await folder()
      await using home = await folder()
      const keep = service({
        name: 'keep',
        input: z.object({ photo: file() }),
        output: z.unknown(),
        on: post('/albums'),
        handle: async ({ input: { photo } }) => {
          await photo.moveTo(join(home.path, photo.name))
          return photo.path ?? null
        },
      })
      await using served = await serve([keep], { uploads: { folder: temporary.path } })
      const content = Buffer.alloc(size, 65)
      const reply = await send(served, [{ name: 'photo', content, fileName: 'p.bin' }])
      assert.equal(reply.body.toString(), 'null')
      await served.settled()
      assert.deepEqual(await temporary.left(), [])
      assert.deepEqual(await readFile(join(home.path, 'p.bin')), content)
    })
  }

  test('is there for the work behind the reply', async () => {
    await using temporary = await folder()
    const sizes: number[] = []
    const later = service({
      name: 'later',
      input: z.object({ photo: file() }),
      on: post('/albums'),
      handle: ({ input: { photo }, afterReply }) =>
        afterReply(async () => void sizes.push((await photo.bytes()).length)),
    })
    await using served = await serve([later], { uploads: { folder: temporary.path } })
    const reply = await send(served, [{ name: 'photo', content: Buffer.alloc(100_000), fileName: 'p.bin' }])
    assert.equal(reply.status, 204)
    await served.settled()
    assert.deepEqual(sizes, [100_000])
    assert.deepEqual(await temporary.left(), [])
  })

  test('is removed when the service fails', async () => {
    await using temporary = await folder()
    const failing = service({
      name: 'failing',
      input: z.object({ photo: file() }),
      on: post('/albums'),
      handle: () => {
        throw new Error('broken')
      },
    })
    await using served = await serve([failing], { uploads: { folder: temporary.path } })
    const reply = await send(served, [{ name: 'photo', content: Buffer.alloc(100_000), fileName: 'p.bin' }])
    assert.equal(reply.status, 500)
    await served.settled()
    assert.deepEqual(await temporary.left(), [])
  })

  test('is removed when the input is refused', async () => {
    await using temporary = await folder()
    await using served = await serve([album], { uploads: { folder: temporary.path } })
    const cover = { name: 'cover', content: Buffer.alloc(100_000), fileName: 'p.png', type: 'image/png' }
    assert.equal((await send(served, [cover])).status, 422)
    await served.settled()
    assert.deepEqual(await temporary.left(), [])
  })
})
