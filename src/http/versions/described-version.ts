import type { Operation, OperationParameter, OperationReply } from '../../kernel/operation.ts'
import { withCodes } from '../describe/operation-problems.ts'
import { type ChannelVersion, headerName, queryName, stylesOf } from './version-settings.ts'

/** Says which version an operation belongs to, and how a request names it. */
export function describedVersion(operation: Operation, version: ChannelVersion): Operation {
  const { name, settings, inPath, offered } = version
  const named = { ...operation, version: name, defaultVersion: inPath || name === (settings.default ?? offered[0]) }
  if (inPath) return named
  const styles = stylesOf(settings)
  const parameters = styles.flatMap((style) =>
    parameterOf(version, style === 'header' || style === 'query' ? style : undefined),
  )
  const byText = parameters.length > 0 || settings.default === undefined
  const problems = byText ? withCodes(operation.problems, ['unsupported_version']) : operation.problems
  const byMediaAlone = styles.every((style) => style === 'media-type') && name !== settings.default
  const typed = (reply: OperationReply): OperationReply => (byMediaAlone ? withVersion(reply, name) : reply)
  const further = operation.furtherReplies?.map(typed)
  return {
    ...named,
    reply: typed(operation.reply),
    ...(further !== undefined && { furtherReplies: further }),
    parameters: [...operation.parameters, ...parameters],
    problems: styles.includes('media-type') ? withCodes(problems, ['not_acceptable']) : problems,
  }
}

function parameterOf({ name, settings }: ChannelVersion, place: 'header' | 'query' | undefined): OperationParameter[] {
  if (place === undefined) return []
  const isDefault = name === settings.default
  return [
    {
      name: place === 'header' ? headerName(settings).toLowerCase() : (queryName(settings) ?? ''),
      in: place,
      required: !isDefault && stylesOf(settings).length === 1,
      // The others are described in documents of their own.
      schema: { type: 'string', enum: [name], ...(isDefault && { default: name }) },
      description: 'The version of the API',
    },
  ]
}

/** What a client has to ask for to get the version: its media types with the version. */
function withVersion(reply: OperationReply, version: string): OperationReply {
  if (reply.body === undefined) return reply
  const contents = reply.body.contents.map((each) => ({ ...each, type: `${each.type}; version=${version}` }))
  return { ...reply, body: { ...reply.body, contents } }
}
