import { withoutFieldRules } from '../../kernel/field-rules.ts'
import type { Guards } from '../../kernel/guard.ts'
import type {
  Operation,
  OperationBody,
  OperationParameter,
  OperationProblem,
  OperationReply,
} from '../../kernel/operation.ts'
import type { Thrown } from '../../kernel/problem.ts'
import { kindOf } from '../../kernel/problem-kind.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import type { InputModel } from '../../schema/input-model.ts'
import type { JsonSchema } from '../../schema/schema.ts'
import { describeErrors } from '../errors/describe-errors.ts'
import type { ProblemType } from '../errors/problem-type.ts'
import { features } from '../features.ts'
import { inputSources, type SourcedMember, takesBody } from '../input/input-sources.ts'
import { renamedMembers } from '../input/sent-name.ts'
import { bodiless } from '../reply/send.ts'
import type { RestChannel, RestDefaults } from '../rest-channel.ts'
import { restChannels } from '../rest-channels.ts'
import { plainPath } from '../route/path-pattern.ts'
import { closed } from './closed.ts'
import { withProblems } from './operation-problems.ts'
import { detached } from './self-reference.ts'

/** Describes every REST channel of the services, with every status that a gate in front of them can answer. */
export function describeRest(
  services: readonly RegisteredService[],
  defaults?: RestDefaults,
  problemType?: ProblemType,
  guards?: Guards,
): readonly Operation[] {
  const routes = restChannels(services, defaults)
  return routes.map(({ channel, target }) => {
    const described = features.reduce(
      (operation, feature) => feature.describe?.(operation, channel, target, services, routes, guards) ?? operation,
      describe(channel, target),
    )
    return describeErrors(described, channel.options, target.service, problemType)
  })
}

function describe(channel: RestChannel, { name, service, input, output, unknown }: RegisteredService): Operation {
  const sources = inputSources(channel, input)
  const withBody = takesBody(channel, input)
  const { summary, description, tags, deprecated } = service
  const owner = modelName(name)
  const given = input && { ...input, json: withoutFieldRules(input.json) }
  const { detach, definitions } = detached(given?.json ?? {}, `${owner}Input`)
  return {
    service: name,
    method: channel.method,
    path: plainPath(channel.path),
    summary,
    description,
    tags,
    deprecated,
    hidden: channel.options.hidden ?? false,
    parameters: sources.flatMap((source) => parameter(source, detach)),
    body: withBody && given !== undefined ? body(given, sources, unknown === 'strict', detach) : undefined,
    reply: reply(channel, output && withoutFieldRules(output.json), `${owner}Output`),
    problems: problems(service.throws, sources, withBody, input !== undefined),
    definitions,
  }
}

type Detach = (schema: JsonSchema) => JsonSchema

function parameter(source: SourcedMember, detach: Detach): OperationParameter[] {
  const { member, in: place, name } = source
  if (place === 'body' || place === 'input') return []
  const required = place === 'path' || member.required
  return [
    {
      name,
      in: place,
      required,
      schema: detach(withoutFieldRules(member.schema)),
      ...(place === 'query' && styleOf(source)),
    },
  ]
}

/** How a query writes lists and objects, where it is not as OpenAPI takes for granted. */
function styleOf({ member, separator }: SourcedMember): Pick<OperationParameter, 'style' | 'explode'> {
  if (member.isObject) return { style: 'deepObject', explode: true }
  const style = separator === undefined ? undefined : styles[separator]
  return style === undefined ? {} : { style, explode: false }
}

const styles: Readonly<Record<string, OperationParameter['style']>> = {
  ',': 'form',
  ' ': 'spaceDelimited',
  '|': 'pipeDelimited',
}

/** The whole model where all of it is in the body, else the members that are. */
function body(
  { json: whole, members }: InputModel,
  sources: readonly SourcedMember[],
  strict: boolean,
  detach: Detach,
): OperationBody {
  const shown = (schema: JsonSchema): JsonSchema => (strict ? closed(schema) : schema)
  const inBody = sources.filter((each) => each.in === 'body')
  const required = inBody.filter((each) => each.member.required).map((each) => each.name)
  if (members === undefined || (inBody.length === members.size && renamedMembers(inBody).length === 0)) {
    return json(shown(detach(whole)), members === undefined || required.length > 0)
  }
  const properties = Object.fromEntries(
    inBody.map((each) => [each.name, detach(withoutFieldRules(each.member.schema))]),
  )
  return json(shown({ type: 'object', properties, ...(required.length > 0 && { required }) }), required.length > 0)
}

function reply({ options }: RestChannel, output: JsonSchema | undefined, name: string): OperationReply {
  const { detach, definitions } = detached(output ?? {}, name)
  const data = output && withoutDefinitions(detach(output))
  const headers = ['X-Correlation-ID', ...Object.keys(options.headers ?? {})]
  if (options.status !== undefined && bodiless.has(options.status)) {
    return { status: options.status, headers, body: undefined, definitions: {} }
  }
  if (options.envelope === 'meta') {
    const meta = 'Meta' in definitions ? 'EnvelopeMeta' : 'Meta'
    const content = json(enveloped(data, `#/$defs/${meta}`), true)
    return {
      status: options.status ?? 200,
      headers,
      body: content,
      definitions: { ...definitions, [meta]: metaSchema },
    }
  }
  const status = options.status ?? (data === undefined ? 204 : 200)
  return { status, headers, body: data && json(data, true), definitions }
}

function json(schema: JsonSchema, required: boolean): OperationBody {
  return { contents: [{ type: 'application/json', schema: withoutDefinitions(schema) }], required }
}

function withoutDefinitions({ $defs: _, ...own }: JsonSchema): JsonSchema {
  return own
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

function enveloped(data: JsonSchema | undefined, meta: string): JsonSchema {
  const properties = { meta: { $ref: meta }, ...(data !== undefined && { data }) }
  return { type: 'object', properties, required: Object.keys(properties) }
}

/** The last part of a service's name as models are named: `hr.get-employee` makes `GetEmployee`. */
function modelName(service: string): string {
  const words = (service.split('.').at(-1) ?? '').split(/[^A-Za-z0-9]+/)
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function problems(
  thrown: readonly Thrown[],
  sources: readonly SourcedMember[],
  withBody: boolean,
  withInput: boolean,
): readonly OperationProblem[] {
  const inUrl = sources.some((each) => each.in === 'path' || each.in === 'query')
  const codes: Thrown[] = [
    ...(inUrl || withBody ? (['malformed_url'] as const) : []),
    ...(withBody ? (['malformed_body', 'nesting_too_deep', 'body_too_large', 'unsupported_media_type'] as const) : []),
    ...(withInput ? (['invalid_input'] as const) : []),
    ...thrown,
    'internal_error',
  ]
  return withProblems(
    [],
    codes.flatMap((each) => kindOf(each) ?? []),
  )
}
