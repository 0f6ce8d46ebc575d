import type { OperationLink } from '../../kernel/operation.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import { inputMembers } from '../../schema/input-member.ts'
import type { Feature } from '../feature.ts'
import { inputSources } from '../input/input-sources.ts'
import { braces } from '../reply/location.ts'
import { isRestChannel, type RestChannel } from '../rest-channel.ts'

/** Refuses a `location` that could not be filled; describes it as a header, and as a link to the service that reads it. */
export const location: Feature = {
  faults: ({ channel, target }) => {
    const { location: template } = channel.options
    if (template === undefined) return []
    const which = `the location of ${channel.address} (${target.name})`
    const { made, given } = membersOf(target)
    const known = made && given && new Set([...made, ...given])
    const unknown = known === undefined ? [] : namesIn(template).filter((name) => !known.has(name))
    return [
      ...(isAddress(template) ? [] : [`${which} is no address: begin it with '/' or 'https://', with names in braces`]),
      ...unknown.map((name) => `${which} names '${name}', which is in neither model: declare it, or correct it`),
    ]
  },
  describe: (operation, channel, entry, services) => {
    const { location: template } = channel.options
    if (template === undefined) return operation
    const { reply } = operation
    const link = linkTo(template, channel, entry, services)
    const header = { name: 'Location', description: `The address of what was made, ${template}` }
    return {
      ...operation,
      reply: {
        ...reply,
        headers: [...reply.headers, header],
        ...(link !== undefined && { links: { location: link, ...reply.links } }),
      },
    }
  },
}

function namesIn(template: string): string[] {
  return [...template.matchAll(braces)].map((match) => match[1] ?? '')
}

function isAddress(template: string): boolean {
  const filled = template.replace(braces, 'x')
  return /^(?:\/|https?:\/\/)[\x21-\x7e]*$/.test(filled) && !/[{}]/.test(filled)
}

/** The names of the members of both models; undefined for one that does not say all of its names. */
function membersOf({ input, output }: RegisteredService): Record<'made' | 'given', readonly string[] | undefined> {
  const made = output === undefined ? [] : inputMembers(output.json)?.keys()
  const given = input === undefined ? [] : input.members?.keys()
  return { made: made && [...made], given: given && [...given] }
}

/** The service that reads what is at the address, with the values that fill its path. */
function linkTo(
  template: string,
  channel: RestChannel,
  entry: RegisteredService,
  services: readonly RegisteredService[],
): OperationLink | undefined {
  const shape = shapeOf(template)
  for (const { name: service, channels } of services) {
    const reader = channels.filter(isRestChannel).find((each) => each.method === 'GET' && shapeOf(each.path) === shape)
    if (reader === undefined) continue
    const names = namesIn(reader.path)
    const values = namesIn(template).map((name, at) => [names[at] ?? name, expression(name, channel, entry)])
    return { service, parameters: Object.fromEntries(values) }
  }
  return undefined
}

function shapeOf(template: string): string {
  return template.replace(braces, '{}')
}

/** Where the value of a member is found when the reply is there, as a runtime expression of OpenAPI. */
function expression(name: string, channel: RestChannel, entry: RegisteredService): string {
  if (membersOf(entry).made?.includes(name)) {
    return `$response.body#/${channel.options.envelope === 'meta' ? 'data/' : ''}${name}`
  }
  const source = inputSources(channel, entry.input).find(({ member }) => member.name === name)
  if (source === undefined || source.in === 'body') return `$request.body#/${source?.name ?? name}`
  return `$request.${source.in}.${source.name}`
}
