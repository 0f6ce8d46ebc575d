/** What a check expected and what it found instead: a failure that reports can show side by side. */
export class Expectation extends Error {
  readonly expected: unknown
  readonly found: unknown

  /** The message is a whole sentence, which says where; reports add the two values where they are given. */
  constructor(message: string, ...values: [] | [values: { readonly expected: unknown; readonly found: unknown }]) {
    super(message)
    this.name = 'Expectation'
    this.expected = values[0]?.expected
    this.found = values[0]?.found
    this.hasValues = values.length > 0
  }

  /** Whether expected and found are given; either may be `undefined`. */
  readonly hasValues: boolean
}

/** Fails unless the condition holds. @throws Expectation */
export function expect(
  condition: boolean,
  message: string,
  ...values: [] | [values: { readonly expected: unknown; readonly found: unknown }]
): asserts condition {
  if (!condition) throw new Expectation(message, ...values)
}
