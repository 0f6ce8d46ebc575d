import type { Deprecation } from './deprecation-settings.ts'

/** Where a request says which version of the API it means. */
export type VersionStyle = 'path' | 'header' | 'query' | 'media-type'

/** How versions of an API stand side by side. */
export interface Versions<By extends VersionStyle = VersionStyle> {
  /**
   * Where a request names the version: in the path, where the prefix says `{version}`; in a header; in the query; or in
   * `Accept: application/json; version=2`. A request that names it in several ways has to name the same one; `path` stands alone.
   */
  readonly by: By | readonly By[]
  /** The name of the header; `X-API-Version` if it is not given. */
  readonly header?: string
  /** The name of the query parameter; `version` if it is not given. */
  readonly query?: string
  /** The version of requests that name none; without it they are refused. */
  readonly default?: string
  /** All versions there are; a channel without `version` answers each of them. */
  readonly allowed?: readonly string[]
  /** The versions that clients should leave, and since when. */
  readonly deprecated?: Readonly<Record<string, Deprecation | true>>
}

/** Which versions of the API a channel belongs to. */
export interface VersionSettings {
  /** How requests name a version; `false` where there are none. */
  readonly versions?: Versions | false
  /** The version that the channel answers, or a list of them. */
  readonly version?: string | readonly string[]
}

/** The version that a channel answers, as one of those of its method and path. */
export interface ChannelVersion {
  readonly name: string
  readonly settings: Versions
  /** Whether the path says which one it is. */
  readonly inPath: boolean
  /** Whether the channel itself names the version; one that answers all gives way. */
  readonly declared: boolean
  /** All versions of the same method and path, in order. */
  readonly offered: readonly string[]
}

/** Where requests name the version, in the order in which they are asked. */
export function stylesOf({ by }: Versions): readonly VersionStyle[] {
  return typeof by === 'string' ? [by] : by
}

/** The name of the header that names a version, as it is written. */
export function headerName({ header = 'X-API-Version' }: Versions): string {
  return header
}

/** The name of the query parameter that names a version; undefined where none does. */
export function queryName(settings: Versions): string | undefined {
  return stylesOf(settings).includes('query') ? (settings.query ?? 'version') : undefined
}

/** Whether the path names the version. */
export function inPath(settings: Versions | false | undefined): boolean {
  return settings !== undefined && settings !== false && stylesOf(settings).includes('path')
}

/** Whether two channels leave it to the same part of a request which of them is meant. */
export function sameSelection(one: ChannelVersion | undefined, other: ChannelVersion | undefined): boolean {
  return selection(one) === selection(other)
}

function selection(version: ChannelVersion | undefined): string {
  if (version === undefined) return ''
  const { settings } = version
  return JSON.stringify([stylesOf(settings), headerName(settings).toLowerCase(), queryName(settings), settings.default])
}
