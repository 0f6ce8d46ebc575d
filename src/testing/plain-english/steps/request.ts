import { type Step, step } from '../step.ts'

/** Where a request goes. */
export const requestSteps: readonly Step[] = [
  step({
    phrase: 'address {text}',
    summary: 'The base address of the API; the one under test if no step gives it.',
    example: 'Given address "http://localhost:17010"',
    run: ({ request }, address) => {
      request.address = address
    },
  }),
  step({
    phrase: 'URL path {text}',
    summary: 'The path of the request, `/` if no step gives it.',
    example: 'Given URL path "/get"',
    run: ({ request }, path) => {
      request.path = path
    },
  }),
  step({
    phrase: 'REST method {text}',
    also: ['HTTP method {text}'],
    summary: 'The method of the request, GET if no step gives it.',
    example: 'Given REST method "DELETE"',
    run: ({ request }, method) => {
      request.method = method
    },
  }),
  step({
    phrase: 'the URL is invoked',
    kind: 'act',
    summary: 'Sends the request and waits for the response.',
    example: 'When the URL is invoked',
    run: ({ send }) => send(),
  }),
]
