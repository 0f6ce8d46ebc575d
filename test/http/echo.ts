import { z } from 'zod'
import { get, post } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'

const Text = z.object({ text: z.string() })

/** A service at GET /echo/{text} and POST /echo that returns what it is given. */
export const echo = service({
  name: 'echo',
  input: Text,
  output: Text,
  on: [get('/echo/{text}'), post('/echo')],
  handle: ({ input }) => input,
})

/** A service at GET and POST /plain without input. */
export const plain = service({
  name: 'plain',
  output: z.string(),
  on: [get('/plain'), post('/plain')],
  handle: () => 'plain',
})

/** The head of a POST /echo whose body comes in chunks. */
export const chunked =
  'POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'

/** The header of a JSON body. */
export const json = { 'Content-Type': 'application/json' }

/** In bytes. */
export const megabyte: number = 1024 * 1024
