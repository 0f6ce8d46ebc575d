import type { Finding } from './finding.ts'

/** What `InputModel.validate` returns instead of a value: everything that is wrong with the input, at once. */
export class Invalid {
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[]) {
    this.findings = findings
  }
}
