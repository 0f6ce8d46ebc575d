import { setTimeout } from 'node:timers/promises'
import { expect } from '../expectation.ts'
import { millisecondsOf } from '../milliseconds.ts'
import { type Step, step } from '../step.ts'

/** Time: pauses, and how long responses take. */
export const timingSteps: readonly Step[] = [
  step({
    phrase: 'I sleep for {text}',
    kind: 'act',
    summary:
      'Waits so many seconds, or for a time such as `500 milliseconds`. Polling with `within` is faster and surer.',
    example: 'Given I sleep for "0.01"',
    run: async ({ signal }, duration) => {
      await setTimeout(millisecondsOf(duration), undefined, { signal })
    },
  }),
  step({
    phrase: 'the response took less than {text}',
    also: ['response took less than {text}', 'the response time is less than {text}'],
    kind: 'check',
    summary: 'The whole response was there in less than this time, redirects included.',
    example: 'Given URL path "/get"\nWhen the URL is invoked\nThen the response took less than "10 seconds"',
    run: ({ reply: { milliseconds } }, limit) => {
      const found = Math.round(milliseconds)
      expect(milliseconds < millisecondsOf(limit), `the response took ${found} milliseconds, not less than ${limit}`)
    },
  }),
  step({
    phrase: 'the response took more than {text}',
    also: ['response took more than {text}', 'the response time is more than {text}'],
    kind: 'check',
    summary: 'The whole response took longer than this time.',
    example:
      'Given URL path "/delay/0.02"\nWhen the URL is invoked\nThen the response took more than "15 milliseconds"',
    run: ({ reply: { milliseconds } }, limit) => {
      const found = Math.round(milliseconds)
      expect(milliseconds > millisecondsOf(limit), `the response took ${found} milliseconds, not more than ${limit}`)
    },
  }),
]
