import type { FindingPlace } from '../../schema/finding.ts'
import type { InputMember, InputModel } from '../../schema/input-model.ts'
import { bodyMember } from '../forms/body-member.ts'
import type { RestChannel, Source } from '../rest-channel.ts'
import { paramNames } from '../route/path-pattern.ts'
import { separators, usualPriority } from './settings.ts'

/** A member of the input, where it comes from, and the name it has there. */
export interface SourcedMember {
  readonly member: InputMember
  readonly in: FindingPlace
  readonly name: string
  /** Whether it is a cookie that the app has to have signed. */
  readonly signed: boolean
  /** What stands between the items of a list in one text. */
  readonly separator: string | undefined
}

const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS'])

/** Whether members of the input that the channel does not place come from the body. */
export function takesBody(channel: RestChannel, input: InputModel | undefined): boolean {
  if (input === undefined) return false
  if (input.members === undefined) return !bodiless.has(channel.method)
  const sources = inputSources(channel, input)
  return (
    sources.some((each) => each.in === 'body') || (bodyOverPath(channel) && sources.some((each) => each.in === 'path'))
  )
}

/** Whether a body may say what the path says, and is believed before it. */
function bodyOverPath({ method, options }: RestChannel): boolean {
  const { priority = usualPriority } = options
  return !bodiless.has(method) && priority.indexOf('body') < priority.indexOf('path')
}

/** Where each member of the input comes from on this channel; empty when the whole body is the input. */
export function inputSources(channel: RestChannel, input: InputModel | undefined): readonly SourcedMember[] {
  const inPath = new Set(paramNames(channel.path))
  const whole = bodyMember(input, channel.options.consumes)?.member
  const inBody = (member: InputMember): boolean =>
    whole === undefined ? !bodiless.has(channel.method) : member === whole
  return [...(input?.members?.values() ?? [])].map((member) => {
    const source = channel.options.in?.[member.name] ?? (inBody(member) ? 'body' : 'query')
    const place = inPath.has(member.name) ? pathPlace(member.name) : placed(member.name, source)
    return { member, ...place, separator: member.isList ? separatorIn(place.in, channel) : undefined }
  })
}

type Placed = Omit<SourcedMember, 'member' | 'separator'>

function pathPlace(name: string): Placed {
  return { in: 'path', name, signed: false }
}

/** Lists in paths and headers have commas (RFC 9110, 5.6.1; `simple` of OpenAPI), those in queries what the channel says. */
function separatorIn(place: FindingPlace, channel: RestChannel): string | undefined {
  if (place === 'path' || place === 'header') return ','
  return place === 'query' || place === 'body' ? separators[channel.options.lists ?? 'repeat'] : undefined
}

function placed(member: string, source: Source): Placed {
  const place = typeof source === 'string' ? source : source.in
  const name = typeof source === 'string' ? (place === 'header' ? member.replaceAll('_', '-') : member) : source.name
  const signed = typeof source === 'object' && source.signed === true
  return { in: place, name: place === 'header' ? name.toLowerCase() : name, signed }
}
