/** Why a run cannot begin, one sentence for each reason; `usage` when it was asked for in a wrong way. */
export class RunFault extends Error {
  readonly reasons: readonly string[]
  readonly usage: boolean

  constructor(reasons: readonly string[], usage: boolean = false) {
    super(reasons.join('\n'))
    this.name = 'RunFault'
    this.reasons = reasons
    this.usage = usage
  }
}

/** The words of an error, without its stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
