import { expect } from '../expectation.ts'
import { mismatches, mismatchMessage } from '../http/api-check.ts'
import { type Step, step } from '../step.ts'

/** What the API promises. */
export const apiDescriptionSteps: readonly Step[] = [
  step({
    phrase: 'the response matches the API description',
    also: ['response matches the API description'],
    kind: 'check',
    summary:
      'Status, headers and body are as the API description has them. The step that sends a request checks this by itself.',
    example: 'Given URL path "/get"\nWhen the URL is invoked\nThen the response matches the API description',
    run: (world) => {
      expect(world.target.api !== undefined, 'no API description is known: give one with --api')
      expect(world.target.isMeant(world.reply.url), `${world.reply.url.href} is no address of the API under test`)
      const faults = mismatches(world, [world.reply])
      expect(faults.length === 0, mismatchMessage(faults))
    },
  }),
  step({
    phrase: 'responses are not checked against the API description',
    summary: 'Responses may be other than the API description has them, from here on in the feature.',
    example:
      'Given responses are not checked against the API description\nAnd URL path "/get"\nWhen the URL is invoked\nThen status is "200"',
    run: ({ request }) => {
      request.checksApi = false
    },
  }),
  step({
    phrase: 'responses are checked against the API description',
    summary: 'Checks them again.',
    example:
      'Given responses are checked against the API description\nAnd URL path "/get"\nWhen the URL is invoked\nThen status is "200"',
    run: ({ request }) => {
      request.checksApi = true
    },
  }),
]
