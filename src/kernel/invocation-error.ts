import type { Finding } from '../schema/finding.ts'

/**
 * One service invoked another in a way that cannot work: a mistake in the code, never the client's, so that the client
 * is told `internal_error` and the log has this sentence.
 *
 * ```ts
 * const one = service({ name: 'one', handle: async ({ invoke }) => void (await invoke('two')) })
 * await using app = createApp({ services: [one] })
 * await app.invoke(one) // throws InvocationError: there is no service two in this app
 * ```
 */
export class InvocationError extends Error {
  /** What is wrong with the input that was given, if that is the reason. */
  readonly findings: readonly Finding[]

  constructor(message: string, findings: readonly Finding[] = []) {
    super(
      findings.length === 0
        ? message
        : `${message}: ${findings.map((each) => `${each.path} ${each.message}`.trimStart()).join('; ')}`,
    )
    this.name = 'InvocationError'
    this.findings = findings
  }
}
