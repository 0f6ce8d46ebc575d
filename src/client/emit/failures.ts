/** What an emitted file says of failures: a type of errors for the replies of an operation, and the test for it. */
export const failures: string = `/** An error by which a call fails, by the replies of its operation: its \`status\` tells what its \`problem\` is. */
export type Failure<Replies> = {
  [Status in keyof Replies]: \`\${Status & (string | number)}\` extends \`\${1 | 2 | 3}\${string}\`
    ? never
    : FailureOf<Status, Replies[Status]>
}[keyof Replies]

/** An error by which a call fails with one status, or one that has no number in the API description. */
export interface FailureOf<Status, Body> extends Omit<HttpError, 'status' | 'problem' | 'reply'> {
  readonly status: Status extends number ? Status : number
  readonly problem: Body extends object ? Body : undefined
  readonly reply: Reply<Body>
}

/** Whether an error is a reply that the API description has for an operation, given by the type of its replies. */
export function isFailure<Replies>(error: unknown): error is Failure<Replies> {
  return error instanceof Error && error.name === 'HttpError'
}
`
