import type {
  Operation,
  OperationBody,
  OperationExample,
  OperationLink,
  OperationParameter,
  OperationReply,
} from '../../kernel/operation.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import type { Feature } from '../feature.ts'
import { inputSources } from '../input/input-sources.ts'
import type { RestChannel } from '../rest-channel.ts'
import type { ChannelExample, ChannelLink, ChannelReply, DocumentationSettings } from './documentation-settings.ts'

/** Adds further replies, examples, links and callbacks to the description of a channel. */
export const documentation: Feature = {
  faults: ({ channel, service }, { kernel }) => {
    const names = Object.values(channel.options.links ?? {}).map((each) => each.service)
    // A service itself may be missing: one part of an app can be tried without the rest.
    const unknown = names.filter((name) => typeof name === 'string' && kernel.find(name) === undefined)
    return unknown.map(
      (name) => `${channel.address} (${service}) links to ${name}, but there is no such service: correct the name`,
    )
  },
  describe: (operation, channel, entry, services) => {
    const { replies, examples, links, callbacks } = channel.options
    const described = examples === undefined ? operation : withExamples(operation, channel, entry, examples)
    const { reply, furtherReplies = [] } = described
    const named = replies === undefined ? [] : repliesOf(replies)
    // A text for the success itself says what it means; its content stays what it is.
    const meaning = named.find(({ status, body }) => status === reply.status && body === undefined)
    const further = named.filter((each) => each !== meaning)
    const meant = meaning?.description === undefined ? reply : { ...reply, description: meaning.description }
    return {
      ...described,
      reply: links === undefined ? meant : { ...meant, links: { ...reply.links, ...linksOf(links, services) } },
      ...(further.length > 0 && { furtherReplies: [...furtherReplies, ...further] }),
      ...(callbacks !== undefined && { callbacks }),
    }
  },
}

function repliesOf(replies: NonNullable<DocumentationSettings['replies']>): readonly OperationReply[] {
  return Object.entries(replies).map(([status, said]) => {
    const { description, types }: ChannelReply = typeof said === 'string' ? { description: said } : said
    return {
      status: status === 'default' ? status : Number(status),
      description,
      headers: ['X-Correlation-ID'],
      body: types && { required: true, contents: types.map((type) => ({ type })) },
      definitions: {},
    }
  })
}

type Examples = Readonly<Record<string, ChannelExample>>

function withExamples(
  operation: Operation,
  channel: RestChannel,
  entry: RegisteredService,
  examples: Examples,
): Operation {
  const sources = inputSources(channel, entry.input)
  const parameters = operation.parameters.map((parameter): OperationParameter => {
    const member = sources.find((each) => each.in === parameter.in && each.name === parameter.name)?.member.name
    const values = chosen(examples, ({ input }) => (member === undefined ? undefined : input?.[member]))
    return values === undefined ? parameter : { ...parameter, examples: values }
  })
  const whole = entry.input?.members === undefined
  const inBody = sources.filter((each) => each.in === 'body')
  const sent = chosen(examples, ({ input }) => {
    if (input === undefined || whole) return input
    const members = inBody.filter(({ member }) => member.name in input)
    return Object.fromEntries(members.map(({ member, name }) => [name, input[member.name]]))
  })
  const { body, reply } = operation
  const wrap = channel.options.envelope === 'meta' ? enveloped : (output: unknown) => output
  const answered = chosen(examples, ({ output }) => (output === undefined ? undefined : wrap(output)))
  return {
    ...operation,
    parameters,
    body: shown(body, sent),
    reply: { ...reply, body: shown(reply.body, answered) },
  }
}

function chosen(
  examples: Examples,
  value: (example: ChannelExample) => unknown,
): Readonly<Record<string, OperationExample>> | undefined {
  const entries = Object.entries(examples).flatMap(([name, example]) => {
    const { summary, description } = example
    const about = { ...(summary !== undefined && { summary }), ...(description !== undefined && { description }) }
    const shownValue = value(example)
    return shownValue === undefined ? [] : [[name, { ...about, value: shownValue }] as const]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** The examples of a body show in its JSON representation: in others they would have to be written differently. */
function shown(
  body: OperationBody | undefined,
  examples: Readonly<Record<string, OperationExample>> | undefined,
): OperationBody | undefined {
  if (body === undefined || examples === undefined) return body
  const contents = body.contents.map((each) => (each.type === 'application/json' ? { ...each, examples } : each))
  return { ...body, contents }
}

function enveloped(data: unknown): unknown {
  const meta = { cid: 'a3f1c0de9b8d4c7e8f2a6b5d4c3b2a19', is_ok: true, timestamp: '2026-01-31T12:00:00.000Z' }
  return { meta, data }
}

function linksOf(
  links: Readonly<Record<string, ChannelLink>>,
  services: readonly RegisteredService[],
): Readonly<Record<string, OperationLink>> {
  return Object.fromEntries(
    Object.entries(links).flatMap(([name, { service: target, ...link }]) => {
      const found = services.find((each) => each.name === target || each.service === target)
      return found === undefined ? [] : [[name, { ...link, service: found.name }] as const]
    }),
  )
}
