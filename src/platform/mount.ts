import type { Exchange } from '../http/exchange.ts'
import { answerByFetch, type FetchHandler } from '../http/mount/fetch-handler.ts'
import { entering, type Mount, mountFault } from '../http/mount/mounts.ts'
import type { RunWith } from './run-options.ts'

/** What can be mounted: an app of Trestle, a web-standard handler, or an object that has one as `fetch`. */
export type Mountable = MountableApp | FetchHandler | MountedHandler

/** An app, as far as the one that mounts it knows it. */
export interface MountableApp {
  readonly fetch: (request: Request) => Promise<Response>
  readonly close: (options?: { readonly deadline?: number }) => Promise<number>
}

/** A web-standard handler with the way in which it is mounted. */
export interface MountedHandler {
  /** Answers a web `Request`. */
  readonly fetch: FetchHandler
  /** Whether the handler sees the whole path; without it, it sees what is below the prefix. */
  readonly keepPrefix?: boolean
}

/** What an app serves that is not its own. */
export interface MountSettings {
  /**
   * Other apps and web-standard handlers by prefix: they answer what is below it and is no channel of this app. Apps are
   * closed with this one.
   */
  readonly mount?: Readonly<Record<string, Mountable>>
}

/** Where something is mounted. */
export interface MountedAt {
  readonly prefix: string
  /** Whether it is an app, and no handler. */
  readonly isApp: boolean
}

/** What an app is beside what it shows. */
interface Inside {
  /** Makes the app once more, to run in another way. */
  readonly again: (run: RunWith) => MountableApp
  readonly answer: (exchange: Exchange) => void
  /** Whether it has WebSocket channels, or one that is mounted in it has. */
  readonly upgrades: boolean
}

/** Apps of another copy of the package are not in it, and answer by `fetch`. */
const insides = new WeakMap<object, Inside>()

/** Lets an app be mounted without going through web requests. */
export function mountable<A extends MountableApp>(app: A, inside: Inside): A {
  insides.set(app, inside)
  return app
}

/** The mounts of an app. */
export function mountsOf({ mount = {} }: MountSettings): readonly Mount[] {
  return Object.entries(mount).map(([prefix, target]) => mounted(prefix, target))
}

function mounted(prefix: string, target: Mountable): Mount {
  const inside = insides.get(target)
  if (inside !== undefined) return { prefix, answer: entering(prefix, inside.answer) }
  const keepsPrefix = typeof target === 'object' && 'keepPrefix' in target && target.keepPrefix === true
  const handler: FetchHandler = typeof target === 'function' ? target : (request) => target.fetch(request)
  return { prefix, answer: (exchange) => answerByFetch(exchange, handler, keepsPrefix ? '' : prefix) }
}

/** What is wrong with the mounts, each as a sentence that says what to mend. */
export function mountFaults({ mount = {} }: MountSettings): readonly string[] {
  return Object.entries(mount).flatMap(([prefix, target]) => {
    const fault = mountFault(prefix)
    const faults = fault === undefined ? [] : [`the mount '${prefix}' ${fault}`]
    const answers = typeof target === 'function' || typeof target?.fetch === 'function'
    return answers ? faults : [...faults, `the mount '${prefix}' is no app and has no 'fetch': give one of them`]
  })
}

/** The apps that are mounted, each once; they are closed with the one that mounts them. */
export function mountedApps({ mount = {} }: MountSettings): readonly MountableApp[] {
  return [...new Set(Object.values(mount))].filter((each): each is MountableApp => insides.has(each))
}

/** The mounts once more: each app made anew to run in another way, but with its own providers; handlers as they are. */
export function remounted(settings: MountSettings, { use: _ofOuter, ...run }: RunWith): MountSettings {
  if (settings.mount === undefined) return {}
  const anew = new Map(
    mountedApps(settings).map((app): [Mountable, Mountable] => [app, insides.get(app)?.again(run) ?? app]),
  )
  const mount = Object.entries(settings.mount).map(([prefix, each]) => [prefix, anew.get(each) ?? each])
  return { mount: Object.fromEntries(mount) }
}

/** The prefixes of what is mounted, and whether it is an app. */
export function mountedAt({ mount = {} }: MountSettings): readonly MountedAt[] {
  return Object.entries(mount).map(([prefix, target]) => ({ prefix, isApp: insides.has(target) }))
}

/** Whether a mounted app has WebSocket channels. */
export function mountedUpgrades(settings: MountSettings): boolean {
  return mountedApps(settings).some((app) => insides.get(app)?.upgrades === true)
}
