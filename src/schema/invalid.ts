import type { Finding, FindingPlace } from './finding.ts'
import type { JsonSchema } from './schema.ts'

/** An input as it was given: its model, its value, and where its members came from. */
export interface GivenInput {
  readonly json: JsonSchema
  readonly value: unknown
  readonly placeOf: (member: string | undefined) => FindingPlace
}

/** What `InputModel.validate` returns instead of a value: everything that is wrong with the input, at once. */
export class Invalid {
  readonly findings: readonly Finding[]
  /** What the findings are about. */
  readonly given: GivenInput | undefined

  constructor(findings: readonly Finding[], given?: GivenInput) {
    this.findings = findings
    this.given = given
  }
}
