import { isBuiltIn } from '../kernel/service-names.ts'
import type { App, Listening } from './app-types.ts'
import { curlLine } from './curl-line.ts'

/** What an app serves and where, as those see it who start it; plain data, so that a worker can tell its supervisor. */
export interface Served {
  readonly title: string
  readonly version: string
  /** The address that a client on this machine calls. */
  readonly url: string
  readonly host: string
  readonly port: number
  /** How many services the app has, without those of Trestle. */
  readonly services: number
  readonly channels: number
  /** The paths of the documentation, the page for people first; empty when it is turned off. */
  readonly docs: readonly string[]
  /** A command that calls the app; nothing when it has no REST channel. */
  readonly tryIt: string | undefined
  /** How long calls in flight get when it stops, in milliseconds. */
  readonly stopTimeout: number
}

const docs = ['/docs', '/redoc', '/openapi.json']
const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }

/** Describes what an app serves. */
export function servedBy(app: App, { host, port, url }: Listening): Served {
  const { title, version, operations } = app.description
  const own = app.services.filter(({ name }) => !isBuiltIn(name))
  const paths = app.services.flatMap(({ channels }) => channels.map(({ address }) => address.replace(/^GET /, '')))
  const here = host in everywhere ? `${url.slice(0, url.indexOf(':'))}://${everywhere[host]}:${port}` : url
  return {
    ...{ title, version, host, port, url: here },
    services: own.length,
    channels: own.flatMap(({ channels }) => channels).length,
    stopTimeout: app.stopTimeout,
    docs: docs.filter((path) => paths.includes(path)),
    tryIt: curlLine(
      operations.filter(({ service, hidden }) => !hidden && !isBuiltIn(service)),
      here,
    ),
  }
}
