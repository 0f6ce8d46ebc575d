import { expect } from '../expectation.ts'
import { atTarget } from '../http/at-target.ts'
import { type Step, step } from '../step.ts'

const twice = 'Given URL path "/redirect/2"\nWhen the URL is invoked\n'

/** Redirects: followed if no step says otherwise, at most 20 of them, and without credentials to another origin. */
export const redirectSteps: readonly Step[] = [
  step({
    phrase: 'redirects are not followed',
    summary: 'The response that sends the client on is itself what is checked, from here on in the feature.',
    example:
      'Given redirects are not followed\nAnd URL path "/redirect/1"\nWhen the URL is invoked\n' +
      'Then status is "302"\nAnd header "Location" is "/get"',
    run: ({ request }) => {
      request.followsRedirects = false
    },
  }),
  step({
    phrase: 'redirects are followed',
    summary: 'Redirects are followed again.',
    example: 'Given redirects are followed\nAnd URL path "/redirect/1"\nWhen the URL is invoked\nThen status is "200"',
    run: ({ request }) => {
      request.followsRedirects = true
    },
  }),
  step({
    phrase: 'the request was redirected {int} time(s)',
    kind: 'check',
    summary: 'So many redirects were followed.',
    example: `${twice}Then the request was redirected 2 times`,
    run: ({ reply: { redirects } }, expected) => {
      const found = redirects.length
      const times = `${found} ${found === 1 ? 'time' : 'times'}`
      expect(found === expected, `the request was redirected ${times}, not ${expected}`, { expected, found })
    },
  }),
  step({
    phrase: 'the request was redirected',
    kind: 'check',
    summary: 'At least one redirect was followed.',
    example: `${twice}Then the request was redirected`,
    run: ({ reply: { redirects } }) => expect(redirects.length > 0, 'the request was not redirected'),
  }),
  step({
    phrase: 'the request was not redirected',
    kind: 'check',
    summary: 'No redirect was followed.',
    example: 'Given URL path "/get"\nWhen the URL is invoked\nThen the request was not redirected',
    run: ({ reply: { redirects, url } }) => {
      expect(redirects.length === 0, `the request was redirected to ${url.href}, but should not be`)
    },
  }),
  step({
    phrase: 'the final URL is {text}',
    kind: 'check',
    summary: 'The response comes from this address, or from this path of any host.',
    example: `${twice}Then the final URL is "/get"`,
    run: ({ reply: { url }, target }, expected) => {
      const found = expected.startsWith('/') ? url.pathname + url.search : url.href
      const meant = URL.canParse(expected) ? atTarget(new URL(expected), target).href : expected
      expect(found === meant, `the final URL is "${found}", not "${expected}"`, { expected, found })
    },
  }),
]
