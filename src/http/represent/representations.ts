import type { RegisteredService } from '../../kernel/registry.ts'
import { kindsOf } from '../../schema/kind.ts'
import type { JsonSchema } from '../../schema/schema.ts'
import { bodiless } from '../reply/send.ts'
import type { RestChannel } from '../rest-channel.ts'
import { type Format, formats, type Write, type Written } from './formats.ts'
import { type MediaType, parseMediaType } from './media-type.ts'
import type { Renderer } from './renderer.ts'
import type { ReplyFormat } from './representation-settings.ts'

/** One representation in which a channel can reply. */
export interface Representation {
  /** What `formatParameter` and `formatSuffix` call it. */
  readonly name: string
  readonly type: MediaType
  /** What is sent as Content-Type. */
  readonly contentType: string
  /** Whether it is made of the output alone, never of an envelope. */
  readonly bare: boolean
  /** Whether no schema describes it. */
  readonly opaque: boolean
  /** Writes an output; nothing where only the service itself makes it. */
  readonly write: Write | undefined
}

const onlyJson: readonly ReplyFormat[] = ['json']

/** In what a channel can reply, first what is sent where a client does not care; of each type of a format one. */
export function representationsOf(channel: RestChannel, entry: RegisteredService): readonly Representation[] {
  const { options } = channel
  const { service, output, name } = entry
  const title = service.summary ?? name
  const root = output?.json ?? {}
  const bare: Written = { schema: output?.json, root, settings: options, title }
  const wrapped: Written = options.envelope === 'meta' ? { ...bare, schema: enveloped(output?.json) } : bare
  return (options.produces ?? onlyJson).flatMap((each): readonly Representation[] => {
    if (typeof each !== 'string') return ownRepresentations(each, output?.json)
    if (each === 'csv' && !isList(output?.json)) return []
    const format = Object.hasOwn(formats, each) ? formats[each as ReplyFormat] : undefined
    if (format === undefined) return [finished(each)]
    return ofFormat(each, format, format.bare ? bare : wrapped)
  })
}

/** Whether a reply of the channel has content in a representation that a client can choose. */
export function negotiates(channel: RestChannel, entry: RegisteredService, all: readonly Representation[]): boolean {
  const { accept, formatParameter } = channel.options
  if (accept === 'ignore' && formatParameter === undefined) return false
  return hasRepresentations(channel, entry, all)
}

/** Whether a reply of the channel has content in one of its representations. */
export function hasRepresentations(
  { options }: RestChannel,
  { output, items }: RegisteredService,
  all: readonly Representation[],
): boolean {
  // Streams have formats of their own.
  if (items !== undefined) return false
  if (options.status !== undefined && bodiless.has(options.status)) return false
  // What a service without output makes is its own affair, unless the channel names the media types.
  return output !== undefined || options.envelope === 'meta' || all.some(({ write }) => write === undefined)
}

function ofFormat(name: string, format: Format, written: Written): readonly Representation[] {
  const write = format.compile(written)
  const { bare = false, opaque = false } = format
  return format.types.map((type) => ({ ...typed(type), name, bare, opaque, write }))
}

function ownRepresentations(own: Renderer, schema: JsonSchema | undefined): readonly Representation[] {
  const write: Write = (value, parameters) =>
    value === undefined ? undefined : own.render(value, { schema, charset: 'utf-8', parameters })
  return own.types.map((type) => ({
    ...typed(type),
    name: own.name,
    bare: false,
    opaque: own.structured !== true,
    write,
  }))
}

/** Whether there can be a list: settings of an app hold for channels of other outputs too, where CSV is left out. */
function isList(schema: JsonSchema | undefined): boolean {
  return schema === undefined || kindsOf(schema, schema).has('list')
}

function finished(type: string): Representation {
  return { ...typed(type), name: type, bare: true, opaque: true, write: undefined }
}

/** Text says in which charset it is; what has one of its own, such as JSON, does not. */
function typed(text: string): Pick<Representation, 'type' | 'contentType'> {
  const type = parseMediaType(text) ?? { essence: text, parameters: {} }
  const charset = type.essence.startsWith('text/') && type.parameters.charset === undefined ? '; charset=utf-8' : ''
  return { type, contentType: text + charset }
}

function enveloped(data: JsonSchema | undefined): JsonSchema {
  return { title: 'Reply', type: 'object', properties: { meta: { type: 'object' }, ...(data && { data }) } }
}
