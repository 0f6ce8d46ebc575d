/**
 * The app cannot start: every reason at once, each a sentence that says what to mend.
 *
 * ```ts
 * const list = service({ name: 'list', on: get('orders'), handle: () => {} })
 * createApp({ services: [list] })
 * // throws StartupError: the path of GET orders (list) does not start with '/'
 * ```
 */
export class StartupError extends Error {
  /** One sentence for each reason. */
  readonly reasons: readonly string[]

  constructor(reasons: readonly string[], options?: ErrorOptions) {
    const list = reasons.map((each) => `  - ${each}`).join('\n')
    super(reasons.length === 1 ? reasons[0] : `the app cannot start:\n${list}`, options)
    this.name = 'StartupError'
    this.reasons = reasons
  }
}
