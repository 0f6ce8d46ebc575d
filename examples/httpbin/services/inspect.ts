import { any, bytes, del, get, patch, post, put, service } from 'trestle'
import { z } from 'zod'
import { withContent } from '../content.ts'
import { Told, ToldWhole } from '../models.ts'
import { request } from '../request.ts'

const inspection = service.with({ use: { request }, tags: ['Inspection'] })
const Body = z.object({ body: bytes() })
const ToldAnything = ToldWhole.extend({ method: z.string() }).meta({ id: 'AnyRequest' })

export const getRequest = inspection({
  summary: 'Tell a request back',
  output: Told,
  on: get('/get'),
  handle: ({ request }) => request,
})

export const sendRequest = inspection({
  summary: 'Tell a request with a body back',
  input: Body,
  output: ToldWhole,
  on: [post('/post'), put('/put'), patch('/patch'), del('/delete')],
  handle: ({ input, request }) => withContent(request, input.body),
})

export const anything = inspection({
  summary: 'Tell a request of any method back',
  input: Body,
  output: ToldAnything,
  on: any('/anything'),
  handle: ({ input, request }) => withContent(request, input.body),
})

export const anythingBelow = inspection({
  summary: 'Tell a request of any method and path back',
  input: Body.extend({ path: z.string() }),
  output: ToldAnything,
  on: any('/anything/{path*}'),
  handle: ({ input, request }) => withContent(request, input.body),
})

export const headers = inspection({
  summary: 'Tell the headers back',
  output: Told.pick({ headers: true }),
  on: get('/headers'),
  handle: ({ request }) => request,
})

export const ip = inspection({
  summary: 'Tell the address of the client',
  output: Told.pick({ origin: true }),
  on: get('/ip'),
  handle: ({ request }) => request,
})

export const userAgent = inspection({
  summary: 'Tell the name of the client',
  output: z.object({ 'user-agent': z.string().nullable() }),
  on: get('/user-agent'),
  handle: ({ request }) => ({ 'user-agent': request.headers['User-Agent'] ?? null }),
})
