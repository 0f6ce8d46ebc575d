import type { Reply } from '../reply.ts'
import { jsonOrNothing } from './same.ts'

/** The data of a reply, for who asks for JSON in it: read as JSON, where it can be, whatever the format says. */
export function replyJson(reply: Reply): unknown {
  const { data } = reply
  return typeof data === 'string' ? (jsonOrNothing(reply.text) ?? data) : data
}
