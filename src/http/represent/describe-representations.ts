import { catalogue, type ProblemCode } from '../../kernel/catalogue.ts'
import type { Operation, OperationBody, OperationContent, OperationParameter } from '../../kernel/operation.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import { toSchema } from '../../schema/reference.ts'
import type { JsonSchema } from '../../schema/schema.ts'
import type { Feature } from '../feature.ts'
import { readersOf } from '../input/body-readers.ts'
import type { RestChannel } from '../rest-channel.ts'
import { suffixesOf } from './format-suffix.ts'
import { syntaxOf } from './media-type.ts'
import { hasRepresentations, type Representation, representationsOf } from './representations.ts'
import { XmlPlan } from './xml/xml-plan.ts'
import { withXmlObjects } from './xml/xml-schema.ts'

/** Puts every representation of body and reply into the description of a channel, and the ways to choose one. */
export const describeRepresentations: NonNullable<Feature['describe']> = (operation, channel, entry, _, routes) => {
  const served = suffixesOf(channel, entry.service).map((name) => `${channel.path}.${name}`)
  const paths = new Set(routes.flatMap(({ target, channel: { path } }) => (target === entry ? [path] : [])))
  const described = represented(
    operation,
    channel,
    entry,
    served.filter((path) => paths.has(path)),
  )
  // A model looks the same wherever it is used, so that an API has it once.
  return routes.some(({ channel: { options } }) => usesXml(options)) ? withXmlObjects(described) : described
}

function usesXml({ produces = [], consumes = [] }: RestChannel['options']): boolean {
  return produces.includes('xml') || consumes.includes('xml')
}

function represented(
  operation: Operation,
  channel: RestChannel,
  entry: RegisteredService,
  suffixed: readonly string[],
): Operation {
  const { produces, consumes, formatParameter } = channel.options
  const body = consumes === undefined ? operation.body : bodyOf(operation.body, channel, entry)
  const all = representationsOf(channel, entry)
  if (!hasRepresentations(channel, entry, all) && (produces === undefined || operation.reply.body === undefined)) {
    return { ...operation, body }
  }
  if (produces === undefined) return { ...operation, body, problems: refusals(operation, channel) }
  const description =
    suffixed.length === 0
      ? operation.description
      : [operation.description, `Also served as ${suffixed.map((path) => `\`${path}\``).join(', ')}.`]
          .filter((each) => each !== undefined)
          .join('\n\n')
  return {
    ...operation,
    description,
    body,
    parameters:
      formatParameter === undefined
        ? operation.parameters
        : [...operation.parameters, parameterOf(formatParameter, all)],
    reply: { ...operation.reply, ...replyOf(operation, channel, all, entry) },
    problems: refusals(operation, channel),
  }
}

function bodyOf(
  body: OperationBody | undefined,
  channel: RestChannel,
  { input }: RegisteredService,
): OperationBody | undefined {
  const [first] = body?.contents ?? []
  if (body === undefined || first === undefined || first.type !== 'application/json') return body
  const contents = readersOf(channel.options.consumes).map(({ types: [type = ''], suffix, name }): OperationContent => {
    const structured = suffix !== undefined || name === 'form' || name === 'multipart' || name === 'text'
    if (suffix === 'xml') return { ...first, type, schema: rooted(first.schema, input?.json) }
    return structured ? { ...first, type } : { type, schema: name === 'bytes' ? {} : first.schema }
  })
  return { ...body, contents }
}

/** Each format once, by its first type: the others are names of the same. */
function replyOf(
  { reply }: Operation,
  { options }: RestChannel,
  all: readonly Representation[],
  { output }: RegisteredService,
): Partial<Operation['reply']> {
  const first = reply.body?.contents[0]
  if (options.status === 204 || (reply.body === undefined && all.every(({ write }) => write !== undefined))) return {}
  const single = [...new Map(all.toReversed().map((each) => [each.name, each])).values()].reverse()
  const contents = single.map(({ type: { essence }, opaque }): OperationContent => {
    const isText = essence.startsWith('text/') && syntaxOf(essence) !== 'json'
    if (opaque || first === undefined) return { type: essence, schema: isText ? { type: 'string' } : undefined }
    const isXml = syntaxOf(essence) === 'xml' && options.envelope !== 'meta'
    return { ...first, type: essence, schema: isXml ? rooted(first.schema, output?.json) : first.schema }
  })
  const status = reply.status === 204 ? 200 : reply.status
  return { status, body: { ...reply.body, required: true, contents } }
}

/** A schema with the name of the root element that its values have in XML. */
function rooted(schema: JsonSchema | undefined, model: JsonSchema | undefined): JsonSchema | undefined {
  if (schema === undefined || model === undefined) return schema
  return { ...schema, xml: { name: new XmlPlan(model, model).rootName, ...toSchema(schema.xml) } }
}

function parameterOf(name: string, all: readonly Representation[]): OperationParameter {
  const names = [...new Set(all.map((each) => each.name))]
  const description = 'The format of the reply, ahead of the Accept header'
  return { name, in: 'query', required: false, schema: { type: 'string', enum: names }, description }
}

const refusal: ProblemCode = 'not_acceptable'

function refusals({ problems }: Operation, { options }: RestChannel): Operation['problems'] {
  const { status } = catalogue[refusal]
  const refuses = (options.accept ?? 'strict') === 'strict' || options.formatParameter !== undefined
  if (!refuses) return problems
  const there = problems.find((each) => each.status === status)
  const others = problems.filter((each) => each !== there)
  const codes = [...new Set([...(there?.codes ?? []), refusal])]
  return [...others, { ...there, status, codes }].sort((a, b) => a.status - b.status)
}
