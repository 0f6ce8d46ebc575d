import { get, service } from 'trestle'
import { z } from 'zod'
import { Told } from '../models.ts'
import { request } from '../request.ts'

const caching = service.with({ use: { request }, tags: ['Caching'] })

export const etag = caching({
  summary: 'Answer with an entity tag, which conditions are checked against',
  input: z.object({ tag: z.string().regex(/^[\x21\x23-\x7e]+$/) }),
  output: Told,
  on: get('/etag/{tag}', { etag: true }),
  handle: ({ input, request }) => {
    request.http.setHeader('ETag', `"${input.tag}"`)
    return request
  },
})

export const cache = caching({
  summary: 'Answer 304 to every conditional request',
  output: Told,
  on: get('/cache', { etag: true }),
  handle: ({ request, cid, time }) => {
    const { http, headers } = request
    if (headers['If-None-Match'] !== undefined || headers['If-Modified-Since'] !== undefined) http.status = 304
    http.setHeader('ETag', `"${cid}"`)
    http.setHeader('Last-Modified', time.now().toUTCString())
    return request
  },
})

export const cacheFor = caching({
  summary: 'Answer with something that may be kept for so many seconds',
  input: z.object({ seconds: z.int().nonnegative() }),
  output: Told,
  on: get('/cache/{seconds}'),
  handle: ({ input, request }) => {
    request.http.setHeader('Cache-Control', `public, max-age=${input.seconds}`)
    return request
  },
})
