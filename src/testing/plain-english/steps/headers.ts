import { removeHeader, setHeader } from '../request-draft.ts'
import { isProvingHeader } from '../secrets.ts'
import { type Step, step } from '../step.ts'
import type { World } from '../world.ts'

/** Headers of the request. */
export const headerSteps: readonly Step[] = [
  step({
    phrase: 'header {text} {text}',
    also: ['request header {text} is {text}'],
    summary: 'Sends a header, in this and the following requests of the feature. The same name again replaces it.',
    example:
      'Given URL path "/headers"\nAnd header "X-Client" "tests"\nWhen the URL is invoked\n' +
      'Then path "/headers/X-Client" is "tests"',
    run: (world, name, value) => {
      checkName(name)
      keepSecret(world, name, value)
      setHeader(world.request, name, value)
    },
  }),
  step({
    phrase: 'another header {text} {text}',
    summary: 'Sends a header once more, beside what it has already.',
    example:
      'Given URL path "/headers"\nAnd header "X-Tag" "a"\nAnd another header "X-Tag" "b"\nWhen the URL is invoked\n' +
      'Then path "/headers/X-Tag" is "a, b"',
    run: (world, name, value) => {
      checkName(name)
      keepSecret(world, name, value)
      world.request.headers = [...world.request.headers, [name, value]]
    },
  }),
  step({
    phrase: 'request header {text} is removed',
    summary: 'Sends a header no longer that an earlier step gave.',
    example:
      'Given URL path "/headers"\nAnd header "X-Client" "tests"\nAnd request header "X-Client" is removed\n' +
      'When the URL is invoked\nThen path "/headers/X-Client" does not exist',
    run: ({ request }, name) => removeHeader(request, name),
  }),
  step({
    phrase: 'user agent is {text}',
    summary: 'How the request says who it is; `trestle-test` and its version if no step says it.',
    example:
      'Given URL path "/user-agent"\nAnd user agent is "tester/1"\nWhen the URL is invoked\n' +
      'Then path "/user-agent" is "tester/1"',
    run: ({ request }, value) => setHeader(request, 'User-Agent', value),
  }),
]

/** What proves who is calling is in no report, and goes to no other origin. */
function keepSecret({ request, hide }: World, name: string, value: string): void {
  if (!isProvingHeader(name)) return
  hide(value.replace(/^(basic|bearer|digest|token) +/i, ''))
  request.secretHeaders = new Set([...request.secretHeaders, name.toLowerCase()])
}

function checkName(name: string): void {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw new Error(`"${name}" is no name of a header: HTTP does not allow it`)
}
