import { faultAt } from './document-error.ts'
import { itemsAt, memberAt, namedAt, neededText, type Place, textAt } from './place.ts'

/** The addresses of the servers of a document, each once, with the defaults of their variables; `/` where it names none. */
export function readServers(place: Place): readonly string[] {
  const servers = itemsAt(memberAt(place, 'servers')).map(address)
  return [...new Set(servers.length === 0 ? ['/'] : servers)]
}

function address(place: Place): string {
  const url = neededText(place, 'url', 'the address of the server')
  const variables = namedAt(memberAt(place, 'variables')).map(([name, each]) => {
    const first = itemsAt(memberAt(each, 'enum'))[0]?.value
    return [name, textAt(each, 'default') ?? (typeof first === 'string' ? first : undefined)] as const
  })
  const values = new Map(variables)
  return url.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = values.get(name)
    if (value === undefined) throw faultAt(place, `has no default for {${name}} of its url: add it to "variables"`)
    return value
  })
}
