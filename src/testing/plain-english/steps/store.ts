import { expect } from '../expectation.ts'
import { find, valueAt } from '../paths/find.ts'
import { mediaType, type Reply } from '../reply.ts'
import { responseFormat } from '../request-draft.ts'
import { type Step, step } from '../step.ts'
import { randomDate } from '../values/dates.ts'
import { randomOf } from '../values/random.ts'
import type { World } from '../world.ts'
import { parseXml } from '../xml/xml-document.ts'
import { nothingAt, textsAt } from '../xml/xpath.ts'
import { cookieOf } from './cookies.ts'
import { patternOf } from './pattern.ts'

const got = 'Given URL path "/get?name=Ann"\nWhen the URL is invoked\n'

/** Values kept for later steps and scenarios, which write `#name` for them. */
export const storeSteps: readonly Step[] = [
  step({
    phrase: 'I store {value} under {text}',
    summary: 'Stores a text, or what a reference stands for with its type.',
    example: 'Given I store "Ann" under "name"\nThen variable "#name" is a string "Ann"',
    run: ({ variables }, value, name) => void variables.stored.set(name, value),
  }),
  step({
    phrase: 'I store a random string under {text}',
    summary: 'Stores `a` and 32 hexadecimal digits.',
    example: 'Given I store a random string under "name"\nThen variable "#name" is any string',
    run: (world, name) => void world.variables.stored.set(name, randomOf(world).text()),
  }),
  step({
    phrase: 'I store a random integer under {text}',
    summary: 'Stores a whole number from 0 to 99.',
    example: 'Given I store a random integer under "number"\nThen variable "#number" is any integer',
    run: (world, name) => void world.variables.stored.set(name, randomOf(world).integer()),
  }),
  step({
    phrase: 'I store a random float under {text}',
    summary: 'Stores a number from 0 to 100 with a fraction.',
    example: 'Given I store a random float under "number"\nThen variable "#number" is any float',
    run: (world, name) => void world.variables.stored.set(name, randomOf(world).float()),
  }),
  step({
    phrase: 'I store a random UUID under {text}',
    also: ['I store a random UUID4 under {text}'],
    summary: 'Stores a UUID of version 4.',
    example: 'Given I store a random UUID under "id"\nThen variable "#id" is any UUID4',
    run: (world, name) => void world.variables.stored.set(name, randomOf(world).uuid()),
  }),
  step({
    phrase: 'I store a random date under {text}, format {text}',
    summary: 'Stores a random date in a format, given by its name or as it is.',
    example: 'Given I store a random date under "day", format "YYYY-MM-DD"\nThen variable "#day" is any string',
    run: (world, name, format) => void world.variables.stored.set(name, randomDate(world, format)),
  }),
  step({
    phrase: 'I encode {text} using Base64 under {text}',
    summary: 'Stores a text as Base64 of its UTF-8.',
    example: 'Given I encode "Grüße" using Base64 under "text"\nThen variable "#text" is a string "R3LDvMOfZQ=="',
    run: ({ variables }, text, name) => void variables.stored.set(name, Buffer.from(text).toString('base64')),
  }),
  step({
    phrase: 'I decode {text} using Base64 under {text}',
    summary: 'Stores the text that Base64 stands for, in its plain or its URL-safe alphabet.',
    example: 'Given I decode "R3LDvMOfZQ==" using Base64 under "text"\nThen variable "#text" is a string "Grüße"',
    run: ({ variables }, text, name) => void variables.stored.set(name, decoded(text)),
  }),
  step({
    phrase: 'I store {text} from response under {text}',
    also: ['I store {text} from the response under {text}'],
    summary: 'Stores what a path of the response leads to, with its type.',
    example: `${got}Then I store "/args/name" from response under "name"\nAnd variable "#name" is a string "Ann"`,
    run: (world, path, name) => {
      world.variables.stored.set(name, isXPath(world, path) ? textAt(world, path) : valueAt(world.reply.data, path))
    },
  }),
  step({
    phrase: 'I store {text} from response under {text}, default {value}',
    also: ['I store {text} from the response under {text}, default {value}'],
    summary: 'The same, with a value for when the path leads nowhere.',
    example:
      `${got}Then I store "/args/role" from response under "role", default "guest"\n` +
      'And variable "#role" is a string "guest"',
    run: (world, path, name, fallback) => {
      const { reply, variables } = world
      const isThere = (isXPath(world, path) ? textsOf(world, path) : find(reply.data, path).values).length > 0
      if (!isThere) variables.stored.set(name, fallback)
      else variables.stored.set(name, isXPath(world, path) ? textAt(world, path) : valueAt(reply.data, path))
    },
  }),
  step({
    phrase: 'I store header {text} from response under {text}',
    also: ['I store HTTP header {text} from response under {text}', 'I store header {text} under {text}'],
    summary: 'Stores a header of the response.',
    example: `${got}Then I store header "Content-Type" from response under "type"\nAnd variable "#type" is a string "application/json"`,
    run: ({ reply, variables }, header, name) => {
      const value = reply.headers.get(header)
      expect(value !== null, `header "${header}" does not exist, so that it cannot be stored`)
      variables.stored.set(name, value)
    },
  }),
  step({
    phrase: 'I store cookie {text} from response under {text}',
    also: ['I store cookie {text} under {text}'],
    summary: 'Stores the value of a cookie that a response has set.',
    example:
      'Given URL path "/cookies/set/theme/dark"\nWhen the URL is invoked\n' +
      'Then I store cookie "theme" under "theme"\nAnd variable "#theme" is a string "dark"',
    run: (world, cookie, name) => void world.variables.stored.set(name, cookieOf(world, cookie).value),
  }),
  step({
    phrase: 'I store the status under {text}',
    also: ['I store status under {text}', 'I store the status from response under {text}'],
    summary: 'Stores the status of the response, as a number.',
    example: `${got}Then I store the status under "status"\nAnd variable "#status" is an integer "200"`,
    run: ({ reply, variables }, name) => void variables.stored.set(name, reply.status),
  }),
  step({
    phrase: 'I store the response under {text}',
    also: ['I store response under {text}'],
    summary: 'Stores the whole body: as data where it is JSON, as text otherwise.',
    example: `${got}Then I store the response under "all"\nAnd variable "#all.args.name" is a string "Ann"`,
    run: ({ reply, variables }, name) => void variables.stored.set(name, whole(reply)),
  }),
  step({
    phrase: 'I store the text of the response under {text}',
    also: ['I store the response text under {text}'],
    summary: 'Stores the body as text.',
    example: `${got}Then I store the text of the response under "text"\nAnd variable "#text" is any string`,
    run: ({ reply, variables }, name) => void variables.stored.set(name, reply.text),
  }),
  step({
    phrase: 'I store the match of {text} under {text}',
    also: ['I store the match of {text} from response under {text}'],
    summary: 'Stores what a regular expression finds in the text of the response: its first group, if it has one.',
    example: `${got}Then I store the match of ""name":"(\\w+)"" under "name"\nAnd variable "#name" is a string "Ann"`,
    run: ({ reply, variables }, pattern, name) => {
      const found = patternOf(pattern).exec(reply.text)
      expect(found !== null, `the response does not match "${pattern}", so that nothing can be stored`)
      variables.stored.set(name, found[1] ?? found[0])
    },
  }),
]

function decoded(text: string): string {
  const plain = text.trim().replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  if (!/^[A-Za-z0-9+/]*$/.test(plain) || plain.length % 4 === 1) throw new Error(`"${text}" is not Base64`)
  return Buffer.from(plain, 'base64').toString('utf8')
}

/** In an XML response paths are those of XPath. */
function isXPath({ reply, request }: World, path: string): boolean {
  const isXml = responseFormat(request) === 'xml' || /[/+]xml$/.test(mediaType(reply))
  return isXml && !path.startsWith('$')
}

function textsOf(world: World, expression: string): readonly string[] {
  return textsAt(world, expression, parseXml(world.reply.text, 'The response'))
}

/** What an expression finds: a text, or a list of them. @throws Expectation when it finds nothing */
function textAt(world: World, expression: string): unknown {
  const texts = textsOf(world, expression)
  if (texts.length === 0) throw nothingAt(expression, parseXml(world.reply.text, 'The response'), 'response')
  return texts.length === 1 ? texts[0] : texts
}

function whole(reply: Reply): unknown {
  try {
    return JSON.parse(reply.text)
  } catch {
    return reply.text
  }
}
