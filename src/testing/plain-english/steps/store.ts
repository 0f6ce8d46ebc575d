import { expect } from '../expectation.ts'
import { find, valueAt } from '../paths/find.ts'
import { mediaType, type Reply } from '../reply.ts'
import { responseFormat } from '../request-draft.ts'
import { type Step, step } from '../step.ts'
import { storeValue } from '../store-value.ts'
import { randomDate } from '../values/dates.ts'
import { isTooDeep, parseJson } from '../values/json-text.ts'
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
    phrase: 'I store {value} under {name}',
    summary: 'Stores a text, or what a reference stands for with its type.',
    example: 'Given I store "Ann" under "name"\nThen variable "#name" is a string "Ann"',
    run: (world, value, name) => storeValue(world, name, value),
  }),
  step({
    phrase: 'I store a random string under {name}',
    summary: 'Stores `a` and 32 hexadecimal digits.',
    example: 'Given I store a random string under "name"\nThen variable "#name" is any string',
    run: (world, name) => storeValue(world, name, randomOf(world).text()),
  }),
  step({
    phrase: 'I store a random integer under {name}',
    summary: 'Stores a whole number from 0 to 99.',
    example: 'Given I store a random integer under "number"\nThen variable "#number" is any integer',
    run: (world, name) => storeValue(world, name, randomOf(world).integer()),
  }),
  step({
    phrase: 'I store a random float under {name}',
    summary: 'Stores a number from 0 to 100 with a fraction.',
    example: 'Given I store a random float under "number"\nThen variable "#number" is any float',
    run: (world, name) => storeValue(world, name, randomOf(world).float()),
  }),
  step({
    phrase: 'I store a random UUID under {name}',
    also: ['I store a random UUID4 under {name}'],
    summary: 'Stores a UUID of version 4.',
    example: 'Given I store a random UUID under "id"\nThen variable "#id" is any UUID4',
    run: (world, name) => storeValue(world, name, randomOf(world).uuid()),
  }),
  step({
    phrase: 'I store a random date under {name}, format {text}',
    summary: 'Stores a random date in a format, given by its name or as it is.',
    example: 'Given I store a random date under "day", format "YYYY-MM-DD"\nThen variable "#day" is any string',
    run: (world, name, format) => storeValue(world, name, randomDate(world, format)),
  }),
  step({
    phrase: 'I encode {text} using Base64 under {name}',
    summary: 'Stores a text as Base64 of its UTF-8.',
    example: 'Given I encode "Grüße" using Base64 under "text"\nThen variable "#text" is a string "R3LDvMOfZQ=="',
    run: (world, text, name) => storeValue(world, name, Buffer.from(text).toString('base64')),
  }),
  step({
    phrase: 'I decode {text} using Base64 under {name}',
    summary: 'Stores the text that Base64 stands for, in its plain or its URL-safe alphabet.',
    example: 'Given I decode "R3LDvMOfZQ==" using Base64 under "text"\nThen variable "#text" is a string "Grüße"',
    run: (world, text, name) => storeValue(world, name, decoded(text)),
  }),
  step({
    phrase: 'I store {text} from response under {name}',
    also: ['I store {text} from the response under {name}'],
    summary: 'Stores what a path of the response leads to, with its type.',
    example: `${got}Then I store "/args/name" from response under "name"\nAnd variable "#name" is a string "Ann"`,
    run: (world, path, name) => storeValue(world, name, at(world, path)),
  }),
  step({
    phrase: 'I store {text} from response under {name}, default {value}',
    also: ['I store {text} from the response under {name}, default {value}'],
    summary: 'The same, with a value for when the path leads nowhere.',
    example:
      `${got}Then I store "/args/role" from response under "role", default "guest"\n` +
      'And variable "#role" is a string "guest"',
    run: (world, path, name, fallback) => {
      const found = isXPath(world, path) ? textsOf(world, path) : find(world.reply.data, path).values
      storeValue(world, name, found.length > 0 ? at(world, path) : fallback)
    },
  }),
  step({
    phrase: 'I store header {text} from response under {name}',
    also: ['I store HTTP header {text} from response under {name}', 'I store header {text} under {name}'],
    summary: 'Stores a header of the response.',
    example: `${got}Then I store header "Content-Type" from response under "type"\nAnd variable "#type" is a string "application/json"`,
    run: (world, header, name) => {
      const value = world.reply.headers.get(header)
      expect(value !== null, `header "${header}" does not exist, so that it cannot be stored`)
      storeValue(world, name, value)
    },
  }),
  step({
    phrase: 'I store cookie {text} from response under {name}',
    also: ['I store cookie {text} under {name}'],
    summary: 'Stores the value of a cookie that a response has set.',
    example:
      'Given URL path "/cookies/set/theme/dark"\nWhen the URL is invoked\n' +
      'Then I store cookie "theme" under "theme"\nAnd variable "#theme" is a string "dark"',
    run: (world, cookie, name) => storeValue(world, name, cookieOf(world, cookie).value),
  }),
  step({
    phrase: 'I store the status under {name}',
    also: ['I store status under {name}', 'I store the status from response under {name}'],
    summary: 'Stores the status of the response, as a number.',
    example: `${got}Then I store the status under "status"\nAnd variable "#status" is an integer "200"`,
    run: (world, name) => storeValue(world, name, world.reply.status),
  }),
  step({
    phrase: 'I store the response under {name}',
    also: ['I store response under {name}'],
    summary: 'Stores the whole body: as data where it is JSON, as text otherwise.',
    example: `${got}Then I store the response under "all"\nAnd variable "#all.args.name" is a string "Ann"`,
    run: (world, name) => storeValue(world, name, whole(world.reply)),
  }),
  step({
    phrase: 'I store the text of the response under {name}',
    also: ['I store the response text under {name}'],
    summary: 'Stores the body as text.',
    example: `${got}Then I store the text of the response under "text"\nAnd variable "#text" is any string`,
    run: (world, name) => storeValue(world, name, world.reply.text),
  }),
  step({
    phrase: 'I store the match of {text} under {name}',
    also: ['I store the match of {text} from response under {name}'],
    summary: 'Stores what a regular expression finds in the text of the response: its first group, if it has one.',
    example: `${got}Then I store the match of ""name":"(\\w+)"" under "name"\nAnd variable "#name" is a string "Ann"`,
    run: (world, pattern, name) => {
      const found = patternOf(pattern).exec(world.reply.text)
      expect(found !== null, `the response does not match "${pattern}", so that nothing can be stored`)
      storeValue(world, name, found[1] ?? found[0])
    },
  }),
]

function decoded(text: string): string {
  const plain = text.trim().replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  if (!/^[A-Za-z0-9+/]*$/.test(plain) || plain.length % 4 === 1) throw new Error(`"${text}" is not Base64`)
  return Buffer.from(plain, 'base64').toString('utf8')
}

/** What a path of the response leads to. @throws Expectation when nothing is there */
function at(world: World, path: string): unknown {
  return isXPath(world, path) ? textAt(world, path) : valueAt(world.reply.data, path)
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
    return isTooDeep(reply.text) ? reply.text : parseJson(reply.text)
  } catch {
    return reply.text
  }
}
