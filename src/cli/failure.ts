/** A mistake of the one who typed the command: one sentence with the way out, and the exit code that goes with it. */
export class Failure extends Error {
  override readonly name = 'Failure'
  /** 1 when the command could not do its work, 2 when it was typed wrong. */
  readonly exitCode: 1 | 2

  constructor(message: string, exitCode: 1 | 2) {
    super(message)
    this.exitCode = exitCode
  }
}

/** Makes the failure of a command that was typed wrong. */
export function usageError(message: string): Failure {
  return new Failure(message, 2)
}

/** Makes the failure of a command that could not do its work. */
export function failure(message: string): Failure {
  return new Failure(message, 1)
}
