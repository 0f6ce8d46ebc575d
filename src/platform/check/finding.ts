/** How much it matters: an `error` has to be mended, a `warning` should be, a `note` is worth knowing. */
export type FindingLevel = 'error' | 'warning' | 'note'

/** One thing that a check has found. */
export interface CheckFinding {
  readonly level: FindingLevel
  /** For programs. */
  readonly code: string
  /** A channel with its service, a definition, a setting; `app` where it is about the whole. */
  readonly where: string
  /** What it is, and how to mend it; no secret is in it. */
  readonly message: string
}
