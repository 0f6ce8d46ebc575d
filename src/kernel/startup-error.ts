/** The app cannot start: every reason at once, each a sentence that says what to mend. */
export class StartupError extends Error {
  readonly reasons: readonly string[]

  constructor(reasons: readonly string[]) {
    super(
      reasons.length === 1 ? reasons[0] : `the app cannot start:\n${reasons.map((each) => `  - ${each}`).join('\n')}`,
    )
    this.name = 'StartupError'
    this.reasons = reasons
  }
}
