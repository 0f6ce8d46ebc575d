/** That clients should move on, since when, until when, and where to. */
export interface Deprecation {
  /** From when on; sent as `Deprecation` (RFC 9745). */
  readonly since?: Date | string
  /** When it is likely to be gone; sent as `Sunset` (RFC 8594). */
  readonly sunset?: Date | string
  /** What takes its place; sent as `Link` with `rel="successor-version"` (RFC 5829). */
  readonly successor?: string
  /** Where clients can read about it; sent as `Link` with `rel="deprecation"`. */
  readonly link?: string
}

/** Whether clients should move on. */
export interface DeprecationSettings {
  /** `true` says so in the API description alone; what is said beyond that goes into each reply. */
  readonly deprecated?: boolean | Deprecation
}
