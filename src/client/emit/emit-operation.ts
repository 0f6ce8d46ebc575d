import { comment } from './comment.ts'
import type { EmittedOperation, EmittedReply } from './emitted-api.ts'
import type { Names } from './names.ts'
import { pathTemplate } from './path-template.ts'
import { contentType, type GivenReply, givenReply } from './reply-type.ts'
import { replyWords } from './reply-words.ts'
import { type RequestPart, requestParts } from './request-parts.ts'
import type { TypeWriter } from './schema-type.ts'
import { typedLine } from './type-text.ts'
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
  const given = givenReply(writer, operation, repliesName)
  const taken = `options${isNeeded ? '' : '?'}: ${optionsName}`
  return {
    types: [
      ...(parts.length === 0
        ? []
        : [`/** What ${name} takes. */\nexport interface ${optionsName} extends CallOptions {\n${lines.join('')}}\n`]),
      ...(replies.length === 0
        ? []
        : [
            `/** What comes back from ${name}, by status. */\nexport interface ${repliesName} {\n${replies.join('')}}\n`,
          ]),
    ].join('\n'),
    member: head(operation, given) + member(memberKey(name), taken, given.type, call(operation, parts, given)),
  }
}

const width = 120

/** A member of the object, on as few lines as it fits on. */
function member(name: string, taken: string, type: string, call: string): string {
  const short = `  ${name}: (${taken}): ${type} =>`
  if (short.length + call.length < width && !call.includes('\n')) return `${short} ${call},\n`
  const start = short.length <= width ? short : `  ${name}: (\n    ${taken},\n  ): ${type} =>`
  return `${start}\n    ${call},\n`
}

function replyMember(writer: TypeWriter, reply: EmittedReply): string {
  const key = /^\d+$/.test(reply.status) ? reply.status : memberKey(reply.status)
  const words = comment({ lines: [replyWords(reply.status, reply.description)] }, '  ')
  return words + typedLine(`${key}:`, contentType(writer, reply, '  '), '  ')
}

function head({ method, path, summary, description, deprecated }: EmittedOperation, { reading }: GivenReply): string {
  const about = [summary, ...(description === summary ? [] : [description])].filter((each) => each !== undefined)
  const way = reading === undefined ? '' : `, read by \`${reading}\``
  return comment({ lines: [...about.flatMap((each) => [each, '']), `\`${method} ${path}\`${way}`], deprecated }, '  ')
}

const verbs: ReadonlySet<string> = new Set(['GET', 'HEAD', 'QUERY', 'POST', 'PUT', 'PATCH', 'DELETE'])

function call(operation: EmittedOperation, parts: readonly RequestPart[], { wrapper }: GivenReply): string {
  const { method } = operation
  const changed = parts.flatMap(({ sent }) => sent ?? [])
  const inner = ['...options', ...changed]
  const path = quoted(pathTemplate(operation))
  const isShort = inner.join(', ').length + path.length < 60 && changed.every((each) => !each.includes('\n'))
  const spread = isShort ? `{ ${inner.join(', ')} }` : `{\n${inner.map((each) => `      ${each},\n`).join('')}    }`
  const options = changed.length === 0 ? 'options' : spread
  const way = verbs.has(method) ? method.toLowerCase() : 'request'
  const given = [...(way === 'request' ? [quoted(method)] : []), path, options]
  const sent = `session.${way}(${given.join(', ')})`
  if (wrapper !== undefined) return `${wrapper}(${sent})`
  const isLong = sent.length > width - 5 && !sent.includes('\n')
  return isLong ? `session.${way}(\n${given.map((each) => `      ${each},\n`).join('')}    )` : sent
}
