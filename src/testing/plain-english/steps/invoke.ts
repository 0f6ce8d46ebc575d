import { type Step, step } from '../step.ts'

/** Sending the request. */
export const invokeSteps: readonly Step[] = [
  step({
    phrase: 'the URL is invoked',
    also: ['the request is sent'],
    kind: 'act',
    summary:
      'Sends the request and waits for the response. A response that the API description does not have fails it.',
    example: 'Given URL path "/get"\nWhen the URL is invoked\nThen status is "200"',
    run: ({ send }) => send(),
  }),
  step({
    phrase: 'this scenario is invoked',
    also: ['this step is invoked'],
    kind: 'act',
    summary: 'Sends nothing: for scenarios that only prepare what later ones use.',
    example: 'Given I store "Ann" under "name"\nWhen this scenario is invoked\nThen variable "#name" is a string "Ann"',
    run: () => undefined,
  }),
]
