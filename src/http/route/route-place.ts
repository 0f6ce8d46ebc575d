import type { Method } from '../rest-channel.ts'
import { sameSelection } from '../versions/version-settings.ts'
import type { PathPattern } from './path-pattern.ts'
import type { Route } from './route.ts'

/** A route that answers a method, and how well it does: of two the one with the higher rank counts. */
export interface Taken<T> {
  readonly route: Route<T>
  readonly pattern: PathPattern
  readonly rank: number
}

/** A method at paths of one shape: one route, or one for each version that requests name elsewhere than in the path. */
export class RoutePlace<T> {
  readonly method: Method
  #taken: readonly Taken<T>[] = []

  constructor(method: Method) {
    this.method = method
  }

  /** Adds a route; of those that it would share requests with, the highest rank stays. Says what is wrong with it. */
  take(route: Taken<T>): string | undefined {
    const own = versionOf(route)
    const shares = (other: Taken<T>): boolean => {
      const name = versionOf(other)
      return own === undefined || name === undefined || own === name
    }
    const rivals = this.#taken.filter(shares)
    const equal = rivals.find(({ rank }) => rank === route.rank)
    if (equal !== undefined) return clash(route.route, equal.route)
    if (rivals.some(({ rank }) => rank > route.rank)) return undefined
    this.#taken = [...this.#taken.filter((other) => !shares(other)), route]
    return this.#unlike()
  }

  /** The route that answers where none is chosen: of versions that of requests which name none. */
  get first(): Taken<T> {
    const named = this.#taken.find(
      ({ route: { channel } }) => channel.version?.settings.default === channel.version?.name,
    )
    return named ?? (this.#taken[0] as Taken<T>)
  }

  /** The targets by version; undefined where there are no versions. */
  get versions(): ReadonlyMap<string, T> | undefined {
    const named = this.#taken.flatMap((each) => {
      const name = versionOf(each)
      return name === undefined ? [] : [[name, each.route.target] as const]
    })
    return named.length === 0 ? undefined : new Map(named)
  }

  #unlike(): string | undefined {
    const [one, ...others] = this.#taken.map(({ route }) => route)
    const unlike = others.find(({ channel }) => !sameSelection(one?.channel.version, channel.version))
    if (one === undefined || unlike === undefined) return undefined
    return `${unlike.channel.address} (${unlike.service}) and (${one.service}) choose the version in different ways: give both the same 'versions'`
  }
}

/** The version that a request has to name elsewhere than in its path. */
function versionOf({ route }: Taken<unknown>): string | undefined {
  const { version } = route.channel
  return version === undefined || version.inPath ? undefined : version.name
}

function clash({ channel, service }: Route<unknown>, by: Route<unknown>): string {
  const first = `${by.channel.address} (${by.service})`
  const version = channel.version === undefined ? '' : ` in version ${channel.version.name}`
  if (channel.path === by.channel.path)
    return `${channel.address} is declared twice${version}, by ${by.service} and by ${service}: remove one`
  return `${channel.address} (${service}) can never be reached, ${first} has the same shape: change or remove one`
}
