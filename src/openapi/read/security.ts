import { faultAt } from './document-error.ts'
import { asText, entriesAt, isObject, itemsAt, memberAt, namedAt, neededText, type Place, textAt } from './place.ts'
import type { ReadRequirement, ReadSecurityScheme } from './read-api.ts'
import { resolved } from './references.ts'
import type { Source } from './source.ts'

const types: readonly ReadSecurityScheme['type'][] = ['apiKey', 'http', 'mutualTLS', 'oauth2', 'openIdConnect']
const places: readonly NonNullable<ReadSecurityScheme['in']>[] = ['query', 'header', 'cookie']

/** The security schemes of a document, by name. */
export function readSecuritySchemes(source: Source): Readonly<Record<string, ReadSecurityScheme>> {
  const components = memberAt(source.root, 'components')
  const schemes = namedAt(components && memberAt(components, 'securitySchemes'))
  return Object.fromEntries(schemes.map(([name, place]) => [name, readScheme(resolved(source, place))]))
}

/** What a place asks of callers; nothing where it says nothing of it. */
export function readSecurity(place: Place): readonly ReadRequirement[] | undefined {
  const security = memberAt(place, 'security')
  if (security === undefined) return undefined
  // One requirement without a list around it is a mistake, but an unmistakable one, which even examples of OpenAPI make.
  const requirements = isObject(security.value) ? [security] : itemsAt(security)
  return requirements.map((each) =>
    Object.fromEntries(entriesAt(each).map(([name, scopes]) => [name, itemsAt(scopes).map(asText)])),
  )
}

function readScheme(place: Place): ReadSecurityScheme {
  const type = oneOf(place, 'type', types)
  const isKey = type === 'apiKey'
  return {
    type,
    in: isKey ? oneOf(place, 'in', places) : undefined,
    name: isKey ? neededText(place, 'name', 'the name under which the key is sent') : undefined,
    scheme: type === 'http' ? neededText(place, 'scheme', 'basic, bearer or the like').toLowerCase() : undefined,
    description: textAt(place, 'description'),
    tokenUrl: namedAt(memberAt(place, 'flows')).flatMap(([, flow]) => textAt(flow, 'tokenUrl') ?? [])[0],
  }
}

/** The text of a member that must be one of a few. */
export function oneOf<T extends string>(place: Place, name: string, allowed: readonly T[]): T {
  const text = neededText(place, name, `one of ${allowed.join(', ')}`)
  const found = allowed.find((each) => each === text)
  if (found === undefined) throw faultAt(place, `has the ${name} "${text}": write one of ${allowed.join(', ')}`)
  return found
}
