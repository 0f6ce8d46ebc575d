import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import * as employee from '../../examples/employee/services/employee.ts'
import { any, get, post } from '../../src/http/rest-channel.ts'
import { media } from '../../src/kernel/media.ts'
import { problem } from '../../src/kernel/problem.ts'
import { service } from '../../src/kernel/service.ts'
import { serveEmployees } from './employee-app.ts'
import { ask, type RawReply } from './raw-connection.ts'

const extra = {
  cookies: service({
    on: post('/cookies'),
    handle: ({ http }) => {
      if (http === undefined) return
      http.status = 202
      for (const cookie of ['a=1', 'b=2']) http.setHeader('Set-Cookie', cookie)
    },
  }),
  bytes: service({ on: get('/bytes'), handle: () => media(Uint8Array.of(0, 255, 10), 'image/x-own') }),
  none: service({ output: z.string(), on: get('/none', { status: 304 }), handle: () => 'x' }),
  empty: service({ on: get('/empty', { status: 205 }), handle: () => {} }),
  fails: service({
    on: get('/fails'),
    handle: () => {
      throw new Error('secret')
    },
  }),
  late: service({
    on: get('/late'),
    handle: async () => {
      throw problem('too_many_requests', 'Wait', { headers: { 'Retry-After': '3' } })
    },
  }),
  sent: service({
    input: z.object({ id: z.string() }),
    output: z.unknown(),
    on: any('/sent/{id}'),
    handle: ({ input, http }) => ({
      id: input.id,
      method: http?.method,
      url: http?.url,
      path: http?.path,
      query: http?.query,
      own: http?.headers['x-own'],
      cookies: { ...http?.cookies },
    }),
  }),
}

const json = { 'Content-Type': 'application/json' }
const rows: readonly (readonly [line: string, headers?: Record<string, string>, body?: string])[] = [
  ['GET /api/employee/get/123'],
  ['HEAD /api/employee/get/123'],
  ['OPTIONS /api/employee/get/123'],
  ['GET /api/employee/get/123/'],
  ['GET /api/employee/get/999'],
  ['GET /api/employee/get/abc'],
  ['GET /api/employee/get/%zz'],
  ['GET /api/employee/get/%00'],
  ['PUT /api/employee/get/123', json, '{}'],
  ['GET /unknown?x=1'],
  ['POST /api/employee/create', json, '{"name":"Ä","department":"HR"}'],
  ['POST /api/employee/create', json, '{"name":5}'],
  ['POST /api/employee/create', json, '{'],
  ['POST /api/employee/create', json, '[]'],
  ['POST /api/employee/create', json, ''],
  ['POST /api/employee/create', { 'Content-Type': 'text/plain' }, ''],
  ['POST /api/employee/create'],
  ['POST /api/employee/create', { 'Content-Type': 'text/plain' }, '{}'],
  ['POST /api/employee/create', { ...json, 'Content-Encoding': 'br' }, '{}'],
  ['POST /api/employee/create', json, `"${'x'.repeat(2_000_000)}"`],
  ['POST /api/employee/create', { 'Content-Type': 'text/plain' }, 'x'.repeat(2_000_000)],
  ['PATCH /api/employee/update/123?department=IT', json, '{"name":"B"}'],
  ['DELETE /api/employee/delete/123'],
  ['GET /api/employee/get/123'],
  ['POST /cookies'],
  ['GET /bytes'],
  ['HEAD /bytes'],
  ['GET /none'],
  ['GET /empty'],
  ['GET /fails'],
  ['GET /late'],
  ['GET /health'],
  ['GET /docs/errors/not_found'],
  ['GET /sent/a%2Fb?x=%20&y=+', { 'X-Own': 'a', Cookie: 'a=%C3%BC; b="c"' }],
  ['QUERY /sent/1'],
]

/** Headers by name in lower case, without those that the connection or the clock gives. */
function comparable(fields: Iterable<readonly [string, string]>): string[] {
  const own = [...fields].map(([name, value]) => `${name.toLowerCase()}: ${value}`)
  return own.filter((each) => !/^(?:date|connection|keep-alive): /.test(each)).sort()
}

suite('app.fetch answers as the socket does:', () => {
  const options = {
    services: { employee, extra },
    clock: { now: () => new Date(0), elapsed: () => 0 },
    headers: { 'X-Content-Type-Options': 'nosniff' },
  }
  test('to every request, byte by byte', async () => {
    // Two apps, for some requests change what the next ones find.
    await using overSocket = await serveEmployees(options)
    await using overFetch = await serveEmployees(options)
    for (const [at, [line, given, body]] of rows.entries()) {
      const headers = { ...given, 'X-Correlation-ID': `cid-${at}` }
      const reply: RawReply = await ask(overSocket.port, line, headers, body)
      const [method = '', target = ''] = line.split(' ')
      const request = new Request(`http://test${target}`, { method, headers, ...(body !== undefined && { body }) })
      const response = await overFetch.app.fetch(request)
      assert.equal(response.status, reply.status, line)
      assert.deepEqual(comparable(response.headers), comparable(reply.fields), line)
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), reply.body, line)
    }
    const linesOf = (log: typeof overSocket.log): string[] => log.map(({ level, message }) => `${level} ${message}`)
    assert.deepEqual(linesOf(overFetch.log), linesOf(overSocket.log))
  })
})
