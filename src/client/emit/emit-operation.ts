import { bodyKind, preferred, repliedType } from './body-kind.ts'
import { comment } from './comment.ts'
import type { EmittedOperation, EmittedReply } from './emitted-api.ts'
import type { Names } from './names.ts'
import { type RequestPart, requestParts } from './request-parts.ts'
import type { TypeWriter } from './schema-type.ts'
import { memberKey, pascalCase, quoted } from './words.ts'

/** An operation as text of the emitted file. */
export interface EmittedFunction {
  /** The types that are its own. */
  readonly types: string
  /** The function, as a member of the object of all of them. */
  readonly member: string
}

/** Writes the types and the function of an operation. */
export function emitOperation(
  writer: TypeWriter,
  operation: EmittedOperation,
  name: string,
  names: Names,
): EmittedFunction {
  const title = pascalCase(name)
  const parts = requestParts(writer, operation)
  const optionsName = parts.length === 0 ? 'CallOptions' : names.take(`${title}Options`, 'Model')
  const repliesName = names.take(`${title}Replies`, 'Model')
  const replies = operation.replies.map((each) => replyMember(writer, each))
  const lines = parts.map(({ name, type, required }) => `  ${name}${required ? '' : '?'}: ${type}\n`)
  const isNeeded = parts.some(({ required }) => required)
  return {
    types: [
      ...(parts.length === 0
        ? []
        : [`/** What ${name} takes. */\nexport interface ${optionsName} extends CallOptions {\n${lines.join('')}}\n`]),
      `/** What comes back from ${name}, by status. */\nexport interface ${repliesName} {\n${replies.join('')}}\n`,
    ].join('\n'),
    member:
      head(operation) +
      member(`${memberKey(name)}: (options${isNeeded ? '' : '?'}: ${optionsName}) =>`, call(writer, operation, parts)),
  }
}

/** A member of the object, on one line where it fits. */
function member(start: string, call: string): string {
  const line = `  ${start} ${call},\n`
  return line.length <= 120 && !line.trim().includes('\n') ? line : `  ${start}\n    ${call},\n`
}

function replyMember(writer: TypeWriter, reply: EmittedReply): string {
  const key = /^\d+$/.test(reply.status) ? reply.status : memberKey(reply.status)
  return `${comment({ lines: [reply.description] }, '  ')}  ${key}: ${repliedType(writer, reply, '  ')}\n`
}

function head({ method, path, summary, description, deprecated }: EmittedOperation): string {
  const about = [summary, ...(description === summary ? [] : [description])].filter((each) => each !== undefined)
  return comment({ lines: [...about.flatMap((each) => [each, '']), `\`${method} ${path}\``], deprecated }, '  ')
}

const verbs: ReadonlySet<string> = new Set(['GET', 'HEAD', 'QUERY', 'POST', 'PUT', 'PATCH', 'DELETE'])

function call(writer: TypeWriter, operation: EmittedOperation, parts: readonly RequestPart[]): string {
  const { method, path } = operation
  const given = successType(writer, operation)
  const type = given === undefined ? '' : `<${given}>`
  const changed = parts.flatMap(({ sent }) => sent ?? [])
  const inner = ['...options', ...changed]
  const isShort = inner.join(', ').length + path.length < 60
  const spread = isShort ? `{ ${inner.join(', ')} }` : `{\n${inner.map((each) => `      ${each},\n`).join('')}    }`
  const options = changed.length === 0 ? 'options' : spread
  if (verbs.has(method)) return `session.${method.toLowerCase()}${type}(${quoted(path)}, ${options})`
  return `session.request${type}(${quoted(method)}, ${quoted(path)}, ${options})`
}

/** The type of what `json()` or `items()` of a reply gives; nothing where neither is the way to read it. */
function successType(writer: TypeWriter, { method, replies }: EmittedOperation): string | undefined {
  if (method === 'HEAD') return undefined
  const successes = replies.filter(({ status }) => status.startsWith('2'))
  const isElse = replies.some(({ status }) => status.startsWith('3'))
  const all = successes.length > 0 || isElse ? successes : replies.filter(({ status }) => status === 'default')
  const types = all.flatMap((reply) => {
    const content = preferred(reply.contents)
    if (content === undefined) return ['undefined']
    const type = repliedType(writer, reply, '    ')
    const kind = bodyKind(content.type)
    if (kind === 'lines') return [type.replace(/^AsyncIterable<(.*)>$/s, '$1')]
    return kind === 'json' ? [type] : []
  })
  const distinct = [...new Set(types)]
  return distinct.length === 0 ? undefined : distinct.includes('unknown') ? 'unknown' : distinct.join(' | ')
}
