import { isObject } from '../../openapi/schema-parts.ts'
import { undeclaredMembers } from '../cases/undeclared.ts'
import { type Check, isSuccess, jsonOf } from './check.ts'
import { documentedContent } from './documented.ts'

/** Checks of one reply by itself. */
export const replyChecks: readonly Check[] = [
  {
    name: 'server_error',
    means: 'No reply has a status of 5xx, but for a 501 or 503 that is documented, and each comes in time.',
    why: 'The server failed on what a client can send: at best a poor answer, at worst a way to stop it.',
    standard: 'RFC 9110 section 15.6',
    find: ({ operation, reply }) => {
      if (reply.status === 0) return `${reply.body}; see what the request waits for`
      if (reply.status < 500) return undefined
      const isSaid =
        [501, 503].includes(reply.status) && operation.replies.some(({ status }) => status === String(reply.status))
      return isSaid
        ? undefined
        : `answered ${reply.status}; see the log for what failed, and answer a bad request with 4xx`
    },
  },
  {
    name: 'undeclared_member',
    means: 'A reply has no member that its schema does not name.',
    why: 'What is sent by accident may be a secret, and clients come to rely on it.',
    standard: 'OWASP API3:2023, Broken Object Property Level Authorization',
    find: (seen, { api, own }) => {
      if (!own || !isSuccess(seen)) return undefined
      const content = documentedContent(seen)
      const body = jsonOf(seen)
      if (content?.schema === undefined || body === undefined) return undefined
      const extra = undeclaredMembers(content.schema, body, api.schemas)
      if (extra.length === 0) return undefined
      const message = `sent ${extra.slice(0, 5).join(', ')}, which the schema of the reply does not name; leave it out, or declare it`
      return { message, members: extra }
    },
  },
  {
    name: 'problem_shape',
    means:
      'An error of type application/problem+json has members as RFC 9457 says, and its status is that of the reply.',
    why: 'Clients read errors by machine, and cannot read these.',
    standard: 'RFC 9457 section 3',
    find: (seen) => {
      const { reply } = seen
      if (
        !(reply.headers['content-type'] ?? '').startsWith('application/problem+json') ||
        seen.request.method === 'HEAD'
      )
        return undefined
      const body = jsonOf(seen)
      if (!isObject(body)) return 'sent a problem that is no JSON object'
      if ('status' in body && body.status !== reply.status)
        return `sent the status ${String(body.status)} inside a problem of status ${reply.status}`
      const wrong = ['type', 'title', 'detail', 'instance'].find(
        (name) => name in body && typeof body[name] !== 'string',
      )
      return wrong === undefined ? undefined : `sent a problem whose ${wrong} is no text`
    },
  },
  {
    name: 'cid_present',
    means: 'Every reply of an app of Trestle has the header X-Correlation-ID.',
    why: 'Nobody finds the lines of the log that belong to the call.',
    standard: 'Trestle',
    find: ({ operation, reply }, { own }) => {
      const isSaid = operation.replies.some(({ headers }) =>
        headers.some(({ name }) => name.toLowerCase() === 'x-correlation-id'),
      )
      return own && isSaid && reply.status !== 0 && !reply.headers['x-correlation-id']
        ? 'sent no X-Correlation-ID'
        : undefined
    },
  },
]
