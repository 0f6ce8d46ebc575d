import { expect } from '../expectation.ts'
import { type Step, step } from '../step.ts'

/** Checks of the status. */
export const statusSteps: readonly Step[] = [
  step({
    phrase: 'status is {text}',
    kind: 'check',
    summary: 'The status of the response is this number.',
    example: 'Then status is "200"',
    run: ({ reply }, status) => {
      expect(reply.status === Number(status), `The status is ${reply.status}, not ${status}`, {
        expected: Number(status),
        found: reply.status,
      })
    },
  }),
]
