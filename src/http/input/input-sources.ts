import type { FindingPlace } from '../../schema/finding.ts'
import type { InputMember, InputModel } from '../../schema/input-model.ts'
import type { RestChannel, Source } from '../rest-channel.ts'
import { paramNames } from '../route/path-pattern.ts'

/** A member of the input, where it comes from, and the name it has there. */
export interface SourcedMember {
  readonly member: InputMember
  readonly in: FindingPlace
  readonly name: string
}

const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS'])

/** Whether members of the input that the channel does not place come from the body. */
export function takesBody(channel: RestChannel, input: InputModel | undefined): boolean {
  if (input === undefined) return false
  if (input.members === undefined) return !bodiless.has(channel.method)
  return inputSources(channel, input).some((each) => each.in === 'body')
}

/** Where each member of the input comes from on this channel; empty when the whole body is the input. */
export function inputSources(channel: RestChannel, input: InputModel | undefined): readonly SourcedMember[] {
  const inPath = new Set(paramNames(channel.path))
  return [...(input?.members?.values() ?? [])].map((member) => {
    if (inPath.has(member.name)) return { member, in: 'path', name: member.name }
    const source = channel.options.in?.[member.name] ?? (bodiless.has(channel.method) ? 'query' : 'body')
    return { member, ...placed(member.name, source) }
  })
}

function placed(member: string, source: Source): { in: FindingPlace; name: string } {
  const place = typeof source === 'string' ? source : source.in
  const name = typeof source === 'string' ? (place === 'header' ? member.replaceAll('_', '-') : member) : source.name
  return { in: place, name: place === 'header' ? name.toLowerCase() : name }
}
