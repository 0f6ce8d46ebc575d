import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isProblem } from '../../kernel/problem.ts'
import { multipartParts } from './multipart.ts'

/** A part as it was read. */
interface Read {
  readonly name: string
  readonly fileName: string | undefined
  readonly type: string
  readonly content: string
}

async function* inChunks(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text, 'latin1')
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(text: string, { boundary = 'b', size = 1000 } = {}): Promise<Read[]> {
  const parts: Read[] = []
  for await (const { name, fileName, type, content } of multipartParts(inChunks(text, size), boundary)) {
    const chunks: Uint8Array[] = []
    for await (const chunk of content) chunks.push(chunk)
    parts.push({ name, fileName, type, content: Buffer.concat(chunks).toString('latin1') })
  }
  return parts
}

async function detailOf(text: string, boundary?: string): Promise<string> {
  const error = await read(text, boundary === undefined ? {} : { boundary }).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  assert.ok(isProblem(error), String(error))
  assert.equal(error.code, text.length > 17_000 ? 'body_too_large' : 'malformed_body')
  return error.detail ?? ''
}

const field = (name: string, content: string, boundary = 'b'): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`
const text = (name: string, content: string): Read => ({ name, fileName: undefined, type: 'text/plain', content })

suite('multipart', () => {
  test('reads parts in order, whatever the chunks they come in', async () => {
    const body = `${field('a', 'one')}${field('b', 'two\r\n--c\r\n-')}${field('c', '')}--b--\r\n`
    const wanted = [text('a', 'one'), text('b', 'two\r\n--c\r\n-'), text('c', '')]
    for (let size = 1; size <= body.length; size++) assert.deepEqual(await read(body, { size }), wanted, `${size}`)
  })

  test('skips what stands in front of the first boundary and behind the last one', async () => {
    const body = `This is a form\r\n${field('a', '1')}--b--\r\nMore\r\n${field('x', '2')}`
    for (const size of [1, 7, 1000]) assert.deepEqual(await read(body, { size }), [text('a', '1')])
  })

  test('takes no parts at all', async () => {
    assert.deepEqual(await read('--b--\r\n'), [])
    assert.deepEqual(await read('--b--'), [])
    assert.deepEqual(await read('\r\n--b--'), [])
  })

  test('takes blanks behind a boundary', async () => {
    const body = `${field('a', '1').replace('--b', '--b \t')}${field('c', '2')}--b-- \r\n`
    assert.deepEqual(await read(body), [text('a', '1'), text('c', '2')])
  })

  for (const boundary of ['-'.repeat(60), "'()+_,-./:=? x", 'a'.repeat(70), '--', 'b-', '\r'.replace('\r', '=')]) {
    test(`takes the boundary ${boundary}`, async () => {
      const body = `${field('a', `x\r\n--${boundary.slice(0, -1)}`, boundary)}${field('c', '-', boundary)}--${boundary}--`
      for (const size of [1, 3, 1000]) {
        assert.deepEqual(await read(body, { boundary, size }), [
          text('a', `x\r\n--${boundary.slice(0, -1)}`),
          text('c', '-'),
        ])
      }
    })
  }

  test('keeps line ends of the content as they are', async () => {
    for (const content of ['\r\n', '\n', '\r', '\r\n\r\n', '\r\n-', '\r\r\n', '\0']) {
      assert.deepEqual(await read(`${field('a', content)}--b--`), [text('a', content)])
    }
  })

  test('goes on with the next part when nobody has read one', async () => {
    const names: string[] = []
    for await (const { name } of multipartParts(inChunks(`${field('a', '1')}${field('c', '2')}--b--`, 5), 'b')) {
      names.push(name)
    }
    assert.deepEqual(names, ['a', 'c'])
  })

  test('reads no further than it has to', async () => {
    let asked = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n')
      for (;;) {
        asked++
        yield Buffer.alloc(1000)
      }
    }
    for await (const { content } of multipartParts(endless(), 'b')) {
      for await (const _ of content) {
        if (asked === 3) break
      }
      break
    }
    assert.equal(asked, 3)
  })

  const malformed: Record<string, [body: string, why: RegExp]> = {
    nothing: ['', /ends too early$/],
    'no boundary': ['a=1&b=2', /ends too early$/],
    'another boundary': [`${field('a', '1', 'c')}--c--`, /ends too early$/],
    'an end inside of the content': ['--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1', /ends too early$/],
    'an end inside of the header': ['--b\r\nContent-Disposition: form-da', /ends too early$/],
    'no last boundary': [field('a', '1'), /ends too early$/],
    'an end inside of the last boundary': [`${field('a', '1')}--b-`, /ends too early$/],
    'a boundary that goes on': [`${field('a', '1')}--bc\r\n\r\n--b--`, /on a line of its own$/],
    'no header': ['--b\r\n\r\ntext\r\n--b--', /it has no Content-Disposition$/],
    'bare line feeds': ['--b\nContent-Disposition: form-data; name="a"\n\n1\n--b--', /./],
    'a header that does not end': [
      `--b\r\nX: ${'x'.repeat(17_000)}`,
      /^The headers of a part may measure 16384 bytes$/,
    ],
  }
  for (const [what, [body, why]] of Object.entries(malformed)) {
    test(`refuses ${what}`, async () => assert.match(await detailOf(body), why))
  }

  test('reads what the parser of the web reads from random forms', async () => {
    let seed = 7
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return Math.floor((seed / 2147483648) * below)
    }
    const alphabet = ['\r', '\n', '-', 'b', '\r\n', '--', '\r\n--', 'x']
    for (let run = 0; run < 300; run++) {
      const form = new FormData()
      for (let count = random(4); count >= 0; count--) {
        const content = Array.from({ length: random(12) }, () => alphabet[random(alphabet.length)] ?? '').join('')
        form.append(`f${random(3)}`, new File([content], `n${random(9)}.txt`, { type: 'text/plain' }))
      }
      const request = new Request('http://localhost/', { method: 'POST', body: form })
      const boundary = request.headers.get('content-type')?.split('boundary=')[1] ?? ''
      const body = Buffer.from(await request.arrayBuffer()).toString('latin1')
      const wanted: Read[] = []
      for (const [name, value] of form) {
        if (value instanceof File)
          wanted.push({ name, fileName: value.name, type: value.type, content: await value.text() })
      }
      assert.deepEqual(await read(body, { boundary, size: 1 + random(140) }), wanted)
    }
  })
})
