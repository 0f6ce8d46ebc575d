/** What becomes of a path that differs from the declared one by a slash at its end. */
export interface TrailingSlashSettings {
  /**
   * `match` answers both, `redirect` sends clients to the declared form (308), and `strict` answers that alone;
   * `match` if it is not given.
   */
  readonly trailingSlash?: TrailingSlash
}

/** What becomes of a path that differs from the declared one by a slash at its end. */
export type TrailingSlash = 'match' | 'redirect' | 'strict'
