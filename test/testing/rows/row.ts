/** Two scenarios for a spelling of a phrase: one that passes, and one that fails for the reason that is given. */
export interface Row {
  readonly right: string
  readonly wrong: string
  readonly fault: string
}
