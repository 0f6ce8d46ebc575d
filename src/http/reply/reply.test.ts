import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createKernel } from '../../kernel/kernel.ts'
import { Media, media } from '../../kernel/media.ts'
import { Problem, problem } from '../../kernel/problem.ts'
import { service } from '../../kernel/service.ts'
import { errorReplier } from '../errors/error-reply.ts'
import { type Content, Exchange } from '../exchange.ts'
import type { RestDefaults } from '../rest-channel.ts'
import { replier } from './reply.ts'

/** An exchange that keeps what is sent. */
class KeptExchange extends Exchange {
  readonly sent: { status: number; headers: string[]; body: Content }[] = []
  readonly headers = {}
  readonly remoteAddress = undefined
  readonly bodyLength = 0
  readonly gone = false

  constructor() {
    super('GET', '/x', 'the-cid', () => 'other')
  }

  async readBody(): Promise<Uint8Array> {
    return Buffer.alloc(0)
  }

  async *streamBody(): AsyncGenerator<Uint8Array> {}

  onAbort(): void {}

  onFinish(): void {}

  send(status: number, headers: string[], body: Content): void {
    this.sent.push({ status, headers, body })
  }
}

const at = new Date('2026-01-02T03:04:05.678Z')
const kernel = createKernel({
  services: [service({ name: 's', handle: () => {} })],
  clock: { now: () => at, elapsed: () => 0 },
})

/** What is sent for an output: `200 Content-Type: …` line by line, then the body. */
function reply(
  output: unknown,
  options: RestDefaults = {},
  prepare: (exchange: Exchange) => void = () => {},
): string[] {
  const exchange = new KeptExchange()
  const entry = kernel.find('s')
  assert.ok(entry)
  prepare(exchange)
  replier(options)(exchange, kernel.begin(entry, exchange), output)
  return linesOf(exchange)
}

function linesOf({ sent }: KeptExchange): string[] {
  assert.equal(sent.length, 1)
  const [first] = sent
  assert.ok(first)
  const { status, headers, body } = first
  const lines = headers.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${headers[index + 1]}`] : []))
  return [String(status), ...lines, ...(body === undefined ? [] : [Buffer.from(body as string).toString('utf8')])]
}

const cid = 'X-Correlation-ID: the-cid'

suite('a success', () => {
  test('is JSON with its length in bytes', () => {
    assert.deepEqual(reply({ a: 'ü' }), [
      '200',
      'Content-Type: application/json',
      'Content-Length: 10',
      cid,
      '{"a":"ü"}',
    ])
  })
  test('is null where it is null, and 204 without a length where it is nothing', () => {
    assert.deepEqual(reply(null), ['200', 'Content-Type: application/json', 'Content-Length: 4', cid, 'null'])
    assert.deepEqual(reply(undefined), ['204', cid])
  })
  test('is sent as it is where it is finished', () => {
    const html = media('<p>ü</p>', 'text/html; charset=utf-8')
    assert.deepEqual(reply(html), [
      '200',
      'Content-Type: text/html; charset=utf-8',
      'Content-Length: 9',
      cid,
      '<p>ü</p>',
    ])
    const bytes = new Media(Uint8Array.of(65, 66), 'application/octet-stream')
    assert.deepEqual(reply(bytes, { envelope: 'meta' }).slice(1, 3), [
      'Content-Type: application/octet-stream',
      'Content-Length: 2',
    ])
  })
  test('is wrapped where the channel says so', () => {
    const meta = '{"cid":"the-cid","is_ok":true,"timestamp":"2026-01-02T03:04:05.678Z"}'
    assert.equal(reply({ a: 1 }, { envelope: 'meta' }).at(-1), `{"meta":${meta},"data":{"a":1}}`)
    assert.equal(reply(null, { envelope: 'meta' }).at(-1), `{"meta":${meta},"data":null}`)
    assert.equal(reply(undefined, { envelope: 'meta' }).at(-1), `{"meta":${meta}}`)
    assert.equal(reply(undefined, { envelope: 'meta' })[0], '200')
  })
  test('that JSON cannot carry is an error, and nothing is sent', () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    for (const output of [circle, { big: 1n }]) assert.throws(() => reply(output), TypeError)
  })
})

suite('the status of a success', () => {
  test('is what the channel declares', () => {
    assert.equal(reply({}, { status: 201 })[0], '201')
    assert.deepEqual(reply(undefined, { status: 202 }), ['202', cid, 'Content-Length: 0'])
  })
  test('is what the call sets, before what the channel declares', () => {
    const set = (exchange: Exchange): void => {
      exchange.status = 202
    }
    assert.equal(reply({}, { status: 201 }, set)[0], '202')
    assert.equal(reply(undefined, {}, set)[0], '202')
    assert.equal(reply(media('', 'text/plain'), { status: 201 }, set)[0], '202')
  })
  for (const status of [99, 100, 101, 199, 600, 1000, 200.5, -1, Number.NaN]) {
    test(`cannot be ${status}`, () => {
      const set = (exchange: Exchange): void => {
        exchange.status = status
      }
      assert.throws(() => reply({}, {}, set), RangeError)
    })
  }
  for (const status of [204, 304]) {
    test(`of ${status} leaves no body, type or length`, () => {
      for (const output of [{ a: 1 }, null, undefined, media('x', 'text/plain')]) {
        assert.deepEqual(reply(output, { status }), [String(status), cid])
      }
      assert.deepEqual(reply({ a: 1 }, { status, envelope: 'meta' }), [String(status), cid])
    })
  }
  test('of 205 leaves an empty body', () => {
    assert.deepEqual(reply({ a: 1 }, { status: 205 }), ['205', cid, 'Content-Length: 0'])
  })
})

suite('the headers of a success', () => {
  test('are those of the channel, then those of the call', () => {
    const lines = reply(1, { headers: { 'Cache-Control': 'no-store', 'X-A': 'channel' } }, (exchange) => {
      exchange.setHeader('X-B', 'call')
    })
    assert.deepEqual(lines.slice(4, -1), ['Cache-Control: no-store', 'X-A: channel', 'X-B: call'])
  })
  test('replace each other by name, whatever its case', () => {
    const lines = reply(1, { headers: { 'content-type': 'application/hal+json', 'X-A': 'channel' } }, (exchange) => {
      exchange.setHeader('x-a', 'call')
      exchange.setHeader('X-A', 'last')
    })
    assert.deepEqual(lines.slice(1, -1), ['Content-Type: application/hal+json', 'Content-Length: 1', cid, 'X-A: last'])
  })
  test('hold every cookie', () => {
    const lines = reply(1, { headers: { 'Set-Cookie': 'a=1' } }, (exchange) => {
      exchange.setHeader('Set-Cookie', 'b=2')
      exchange.setHeader('set-cookie', 'c=3')
    })
    assert.deepEqual(lines.slice(4, -1), ['Set-Cookie: a=1', 'Set-Cookie: b=2', 'set-cookie: c=3'])
  })
  test('are there also without a body', () => {
    const lines = reply(undefined, { headers: { 'X-A': '1' } }, (exchange) => exchange.setHeader('Location', '/x/1'))
    assert.deepEqual(lines, ['204', cid, 'X-A: 1', 'Location: /x/1'])
  })
  const refused: Readonly<Record<string, readonly [name: string, value: string]>> = {
    'a name that is none': ['X Y', '1'],
    'an empty name': ['', '1'],
    'a line break in a value': ['X-A', 'a\r\nX-B: b'],
    'a character that no header can carry': ['X-A', '€'],
    'the length': ['Content-Length', '5'],
    'the transfer encoding': ['transfer-encoding', 'chunked'],
    'the connection': ['Connection', 'close'],
    trailers: ['Trailer', 'X'],
  }
  for (const [what, [name, value]] of Object.entries(refused)) {
    test(`cannot be ${what}`, () => assert.throws(() => new KeptExchange().setHeader(name, value), TypeError))
  }
})

suite('a problem', () => {
  const sent = (reason: Problem, development = false): string[] => {
    const exchange = new KeptExchange()
    exchange.status = 201
    exchange.setHeader('ETag', '"1"')
    errorReplier({}, { development })(exchange, reason)
    return linesOf(exchange)
  }

  test('is problem JSON with its status and the cid', () => {
    const body =
      '{"type":"/docs/errors/conflict","title":"Conflict","status":409,"detail":"Täken","code":"conflict","cid":"the-cid"}'
    assert.deepEqual(sent(problem('conflict', 'Täken')), [
      '409',
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      cid,
      body,
    ])
  })
  test('has the headers that it brings', () => {
    const reason = problem('too_many_requests', undefined, {
      headers: { 'Retry-After': '3', 'x-correlation-id': 'own' },
    })
    assert.deepEqual(sent(reason).slice(3, -1), ['X-Correlation-ID: own', 'Retry-After: 3'])
  })
  test('cannot be sent with a status that is no error, or with headers that are none', () => {
    for (const status of [200, 204, 399, 600, 0, 400.5]) {
      assert.throws(() => sent(new Problem({ code: 'own', status, title: 'Own' })), RangeError)
    }
    for (const headers of [{ 'X Y': '1' }, { 'X-A': 'a\nb' }, { 'Content-Length': '3' }]) {
      assert.throws(() => sent(problem('conflict', 'Taken', { headers })), TypeError)
    }
  })
})
