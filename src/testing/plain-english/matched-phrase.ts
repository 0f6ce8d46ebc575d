/** A value of a step's sentence, before what it refers to is filled in. */
export interface PhraseValue {
  /** The name of the placeholder: `text`, `value`, `name`, `int` ... */
  readonly placeholder: string
  readonly raw: unknown
  /** Where it stands in the sentence, quotes included, for reports. */
  readonly start: number
  readonly end: number
}

/** How a sentence is understood. */
export interface MatchedPhrase {
  /** The spelling that fits. */
  readonly phrase: string
  readonly values: readonly PhraseValue[]
}
