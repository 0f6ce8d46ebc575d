import { expect } from '../expectation.ts'
import type { Cookie } from '../http/cookie.ts'
import { jarOf } from '../http/cookie-jar.ts'
import { millisecondsOf } from '../milliseconds.ts'
import { withPair } from '../request-draft.ts'
import { isTelling } from '../secrets.ts'
import { type Step, step } from '../step.ts'
import type { World } from '../world.ts'

const told = 'Given URL path "/cookies/set/theme/dark"\nWhen the URL is invoked\n'
const session = setBy('session=abc; Path=/; Secure; HttpOnly; SameSite=Lax')
const lasting = setBy('session=abc; Path=/; Max-Age=3600')

/** Cookies: those that responses set are kept for the feature, and sent where a browser would. */
export const cookieSteps: readonly Step[] = [
  step({
    phrase: 'cookie {text} {text}',
    also: ['request cookie {text} is {text}'],
    summary: 'Sends a cookie, in this and the following requests of the feature.',
    example:
      'Given URL path "/cookies"\nAnd cookie "theme" "dark"\nWhen the URL is invoked\nThen path "/cookies/theme" is "dark"',
    run: ({ request, hide }, name, value) => {
      if (isTelling(name) || /sess|sid|auth|csrf|xsrf/i.test(name)) hide(value)
      checkCookie(name, value)
      request.cookies = withPair(request.cookies, name, value)
    },
  }),
  step({
    phrase: 'cookies are cleaned up',
    summary: 'Drops all cookies, those that responses have set and those that steps have given.',
    example: `${told}Given cookies are cleaned up\nAnd URL path "/cookies"\nWhen the URL is invoked\nThen path "/cookies" is an empty dict`,
    run: (world) => {
      world.request.cookies = []
      jarOf(world).empty()
    },
  }),
  step({
    phrase: 'cookie {text} is {text}',
    kind: 'check',
    summary: 'A response has set the cookie, it has not expired, and its value is this.',
    example: `${told}Then cookie "theme" is "dark"`,
    run: (world, name, expected) => {
      const { value } = cookieOf(world, name)
      expect(value === expected, `cookie "${name}" is "${value}", not "${expected}"`, { expected, found: value })
    },
  }),
  step({
    phrase: 'cookie {text} is not {text}',
    also: [`cookie {text} isn't {text}`],
    kind: 'check',
    summary: 'A response has set the cookie, and its value is another.',
    example: `${told}Then cookie "theme" is not "light"`,
    run: (world, name, unexpected) => {
      expect(cookieOf(world, name).value !== unexpected, `cookie "${name}" is "${unexpected}", but should not be`)
    },
  }),
  step({
    phrase: 'cookie {text} exists',
    kind: 'check',
    summary: 'A response has set the cookie, and it has not expired.',
    example: `${told}Then cookie "theme" exists`,
    run: (world, name) => void cookieOf(world, name),
  }),
  step({
    phrase: 'cookie {text} does not exist',
    also: [`cookie {text} doesn't exist`],
    kind: 'check',
    summary: 'No response has set the cookie, or it has expired or was dropped.',
    example: `${told}Then cookie "session" does not exist`,
    run: (world, name) => {
      const found = jarOf(world).named(name, world.clock.now())
      expect(found === undefined, `cookie "${name}" is "${found?.value}", but should not be there`)
    },
  }),
  flag('secure', 'It goes over TLS only.', ({ secure }) => secure),
  flag('HTTP-only', 'Scripts of pages do not see it.', ({ httpOnly }) => httpOnly),
  step({
    phrase: 'cookie {text} is a session cookie',
    kind: 'check',
    summary: 'It ends with the session: it has neither `Max-Age` nor `Expires`.',
    example: `${session}Then cookie "session" is a session cookie`,
    run: (world, name) => {
      const { expires } = cookieOf(world, name)
      expect(expires === undefined, `cookie "${name}" is no session cookie: it expires at ${expires?.toISOString()}`)
    },
  }),
  step({
    phrase: 'cookie {text} expires within {text}',
    kind: 'check',
    summary: 'It expires, at the latest after this time.',
    example: `${lasting}Then cookie "session" expires within "1 hour"`,
    run: (world, name, duration) => {
      const { expires } = cookieOf(world, name)
      expect(expires !== undefined, `cookie "${name}" never expires: it is a session cookie`)
      const left = expires.getTime() - world.clock.now().getTime()
      expect(
        left <= millisecondsOf(duration),
        `cookie "${name}" expires at ${expires.toISOString()}, not within ${duration}`,
      )
    },
  }),
  attribute(
    'same-site',
    'Lax',
    'Which requests of other sites carry it: `Strict`, `Lax` or `None`.',
    (cookie) => cookie.sameSite,
  ),
  attribute('path', '/', 'The path below which it is sent.', ({ path }) => path),
  attribute('domain', 'localhost', 'The host, or the domain, that it is sent to.', ({ domain }) => domain),
]

function checkCookie(name: string, value: string): void {
  const strange = /[\s=;,"]/.exec(name) ?? /[;\p{Cc}]/u.exec(value)
  if (name === '') throw new Error('A cookie needs a name: write it as in cookie "theme" "dark"')
  if (strange === null) return
  throw new Error(
    `The cookie "${name}" cannot be sent with the value "${value}", because of ${JSON.stringify(strange[0])}: encode it, as servers do with %3B`,
  )
}

function setBy(line: string): string {
  return `Given URL path "/response-headers?Set-Cookie=${encodeURIComponent(line)}"\nWhen the URL is invoked\n`
}

function flag(name: string, summary: string, has: (cookie: Cookie) => boolean): Step {
  return step({
    phrase: `cookie {text} is ${name}` as 'cookie {text} is secure',
    kind: 'check',
    summary,
    example: `${session}Then cookie "session" is ${name}`,
    run: (world, cookie) => expect(has(cookieOf(world, cookie)), `cookie "${cookie}" is not ${name}`),
  })
}

function attribute(name: string, value: string, summary: string, read: (cookie: Cookie) => string | undefined): Step {
  return step({
    phrase: `cookie {text} has ${name} {text}` as 'cookie {text} has path {text}',
    kind: 'check',
    summary,
    example: `${session}Then cookie "session" has ${name} "${value}"`,
    run: (world, cookie, expected) => {
      const found = read(cookieOf(world, cookie))
      const isEqual = found?.toLowerCase() === expected.toLowerCase()
      const has = found === undefined ? `has no ${name}` : `has ${name} "${found}"`
      expect(isEqual, `cookie "${cookie}" ${has}, not "${expected}"`, { expected, found })
    },
  })
}

/** A cookie that is kept. @throws Expectation when there is none of this name */
export function cookieOf(world: World, name: string): Cookie {
  const jar = jarOf(world)
  const now = world.clock.now()
  const found = jar.named(name, now)
  const refusal = jar.refusal(name)
  const names = jar.all(now).map((each) => each.name)
  const kept = names.length === 0 ? 'no response has set a cookie' : `there are ${names.join(', ')}`
  const why = refusal === undefined ? kept : `it was set, but no browser would keep it, because ${refusal}`
  expect(found !== undefined, `cookie "${name}" does not exist: ${why}`)
  return found
}
