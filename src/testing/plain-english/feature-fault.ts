/** A mistake in the grammar of a feature file. */
export interface FeatureFault {
  readonly line: number
  readonly column: number
  /** A sentence. */
  readonly message: string
}
