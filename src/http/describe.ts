import { catalogue, type ProblemCode } from '../kernel/catalogue.ts'
import type { Operation, OperationBody, OperationParameter, OperationProblem } from '../kernel/operation.ts'
import type { RegisteredService } from '../kernel/registry.ts'
import type { InputModel } from '../schema/input-model.ts'
import type { JsonSchema } from '../schema/schema.ts'
import { inputSources, type SourcedMember, takesBody } from './input-sources.ts'
import { restChannels } from './rest.ts'
import type { RestChannel, RestDefaults } from './rest-channel.ts'

/** Describes every REST channel of the services, with every status that a gate in front of them can answer. */
export function describeRest(services: readonly RegisteredService[], defaults?: RestDefaults): readonly Operation[] {
  return restChannels(services, defaults).map(({ channel, target }) => describe(channel, target))
}

function describe(channel: RestChannel, { name, service, input, output }: RegisteredService): Operation {
  const sources = inputSources(channel, input)
  const withBody = takesBody(channel, input)
  const { summary, description, tags, deprecated } = service
  const data = output?.json
  const wrapped = channel.options.envelope === 'meta' ? enveloped(data) : data
  const declared = service.output !== undefined || channel.options.envelope === 'meta'
  return {
    service: name,
    method: channel.method,
    path: channel.path,
    summary,
    description,
    tags,
    deprecated,
    hidden: channel.options.hidden ?? false,
    parameters: sources.flatMap(parameter),
    body: withBody && input !== undefined ? body(input, sources) : undefined,
    reply: {
      status: channel.options.status ?? (declared ? 200 : 204),
      headers: ['X-Correlation-ID', ...Object.keys(channel.options.headers ?? {})],
      body: declared && wrapped !== undefined ? json(wrapped, true) : undefined,
    },
    problems: problems(service.throws, sources, withBody, input !== undefined),
    definitions: { ...definitionsOf(input?.json), ...definitionsOf(data) },
  }
}

function parameter({ member, in: place, name }: SourcedMember): OperationParameter[] {
  if (place === 'body' || place === 'input') return []
  return [{ name, in: place, required: place === 'path' || member.required, schema: member.schema }]
}

/** The whole model where all of it is in the body, else the members that are. */
function body({ json: whole, members }: InputModel, sources: readonly SourcedMember[]): OperationBody {
  const inBody = sources.filter((each) => each.in === 'body').map((each) => each.member)
  if (members === undefined || inBody.length === members.size) {
    return json(whole, members === undefined || inBody.some((each) => each.required))
  }
  const required = inBody.filter((each) => each.required).map((each) => each.name)
  const properties = Object.fromEntries(inBody.map((each) => [each.name, each.schema]))
  return json({ type: 'object', properties, ...(required.length > 0 && { required }) }, required.length > 0)
}

function json(schema: JsonSchema, required: boolean): OperationBody {
  const { $defs: _, ...own } = schema
  return { types: ['application/json'], schema: own, required }
}

const metaSchema: JsonSchema = {
  type: 'object',
  properties: {
    cid: { type: 'string', description: 'The correlation id of the call' },
    is_ok: { type: 'boolean', description: 'Whether the call succeeded' },
    timestamp: { type: 'string', format: 'date-time', description: 'When the answer was made' },
  },
  required: ['cid', 'is_ok', 'timestamp'],
}

function enveloped(data: JsonSchema | undefined): JsonSchema {
  if (data === undefined) return { type: 'object', properties: { meta: metaSchema }, required: ['meta'] }
  const { $defs: _, ...own } = data
  return { type: 'object', properties: { meta: metaSchema, data: own }, required: ['meta', 'data'] }
}

function problems(
  thrown: readonly ProblemCode[],
  sources: readonly SourcedMember[],
  withBody: boolean,
  withInput: boolean,
): OperationProblem[] {
  const inUrl = sources.some((each) => each.in === 'path' || each.in === 'query')
  const codes: ProblemCode[] = [
    ...(inUrl || withBody ? (['malformed_url'] as const) : []),
    ...(withBody ? (['malformed_body', 'nesting_too_deep', 'body_too_large', 'unsupported_media_type'] as const) : []),
    ...(withInput ? (['invalid_input'] as const) : []),
    ...thrown,
    'internal_error',
  ]
  const byStatus = Map.groupBy(new Set(codes), (code) => catalogue[code].status)
  return [...byStatus].map(([status, group]) => ({ status, codes: group })).sort((a, b) => a.status - b.status)
}

function definitionsOf(schema: JsonSchema | undefined): Readonly<Record<string, JsonSchema>> {
  return (schema?.$defs ?? {}) as Readonly<Record<string, JsonSchema>>
}
