import type { ReadApi, ReadReply } from '../../openapi/read/read-api.ts'
import { bodyFaults } from './body-check.ts'
import type { Checking } from './checking.ts'
import { documentedReply } from './documented-reply.ts'
import { operationFinder } from './find-operation.ts'
import { headerValue } from './header-value.ts'
import type { ReplyToCheck } from './reply-to-check.ts'
import { schemaCheck } from './schema-check.ts'

/** Something in a reply that the document does not have so. */
export interface ReplyFault {
  /** What it is about: the status, the media type of the body or that there is one, a header, or what is in the body. */
  readonly kind: 'status' | 'type' | 'header' | 'body'
  /** A sentence. */
  readonly message: string
}

/** Says what is wrong with a reply; nothing when the document has it so. */
export type ReplyCheck = (reply: ReplyToCheck) => readonly ReplyFault[]

/** How strict a check is. */
export interface ReplyCheckSettings {
  /**
   * Whether the document is one of Trestle: its shared reply `Refusal` stands only for what a server refuses before it
   * asks which operation is called.
   */
  readonly ownDocument?: boolean
}

/** Makes a check of replies by an API description; schemas are compiled when a reply first needs them. */
export function replyCheck(api: ReadApi, { ownDocument = false }: ReplyCheckSettings = {}): ReplyCheck {
  const find = operationFinder(api)
  const checking: Checking = { check: schemaCheck(api.schemas), schemas: api.schemas, ownDocument }
  return (reply) => {
    const { method, status } = reply
    const found = find(method, reply.path)
    // OpenAPI has no word for a parameter that takes in slashes, which paths of Trestle may end with.
    const { path, operation } = ownDocument && found.path === undefined ? find(method, reply.path, true) : found
    if (found.path === undefined && isRefusedAnywhere(reply)) return []
    if (operation === undefined) return of('status', undocumented(api, reply, path))
    const documented = documentedReply(operation, status)
    const name = `${operation.method} ${operation.path}`
    if (documented === undefined) {
      const known = operation.replies.map((each) => each.status).join(', ') || 'none'
      return of('status', [`The status ${status} is not documented for ${name}, which has ${known}`])
    }
    const isRefusal = ownDocument && documented.status === 'default' && documented.shared?.startsWith('Refusal')
    if (isRefusal && !refusals.has(status)) {
      return of('status', [`The status ${status} is not documented for ${name}: only refusals of the server are`])
    }
    const { kind, faults } = bodyFaults(documented, reply, checking)
    const ofBody = faults.map((fault) => `The body of the ${status} ${fault}`)
    return [...of('header', headerFaults(documented, reply, checking)), ...of(kind, ofBody)]
  }
}

function of(kind: ReplyFault['kind'], messages: readonly string[]): readonly ReplyFault[] {
  return messages.map((message) => ({ kind, message }))
}

/** What a server may refuse for any operation, before it knows which. */
const refusals: ReadonlySet<number> = new Set([400, 408, 414, 421, 431, 501, 503])

/** Whether a server may say so where the document has nothing. */
function isRefusedAnywhere({ status }: Pick<ReplyToCheck, 'status'>): boolean {
  return [400, 404, 405, 501].includes(status)
}

/** What answers where the document has nothing: a refusal, and the OPTIONS that servers answer by themselves. */
function undocumented(
  api: ReadApi,
  { method, path, status }: ReplyToCheck,
  template: string | undefined,
): readonly string[] {
  const upper = method.toUpperCase()
  if (isRefusedAnywhere({ status }) || (upper === 'OPTIONS' && status >= 200 && status < 300)) return []
  // OpenAPI has a word for QUERY only since 3.2.
  if (upper === 'QUERY' && /^3\.[01]/.test(api.openapi)) return []
  const missing = template === undefined ? `no path for ${path}` : `no ${upper} for ${template}`
  return [`The API description has ${missing}, but the reply is ${status}`]
}

function headerFaults(
  { headers }: ReadReply,
  { status, headers: received }: ReplyToCheck,
  { check, schemas }: Checking,
): readonly string[] {
  return headers.flatMap((header) => {
    const { name, required, schema } = header
    const text = received.get(name)
    if (text === null) return required ? [`The ${status} has no header ${name}, which is documented as required`] : []
    const value = headerValue(header, text, schemas, check)
    const faults = 'why' in value ? [value.why] : check(schema, value.value)
    return faults.map((fault) => {
      return `The header ${name} of the ${status} is wrong: ${fault.replace(/^at the root: /, '')}`
    })
  })
}
