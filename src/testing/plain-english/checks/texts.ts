import { expect } from '../expectation.ts'
import { isNumber } from '../values/kinds.ts'
import { givenList } from '../values/list-text.ts'
import { shown, shownWithKind } from '../values/shown.ts'
import { filledInline, textOf } from '../variables.ts'
import { type Check, check, type Subject } from './check.ts'

/** Checks of texts. */
export const textChecks: readonly Check[] = [
  check({
    phrase: 'starts with {text}',
    summary: 'It is a text that begins so.',
    on: '"John Doe"',
    says: 'starts with "John"',
    run: (subject, start) => {
      const text = textIn(subject)
      expect(text.startsWith(start), `${subject.name} is ${shown(text)}, which does not start with ${shown(start)}`)
    },
  }),
  check({
    phrase: 'does not start with {text}',
    also: ["doesn't start with {text}"],
    summary: 'It is a text that begins in another way.',
    on: '"John Doe"',
    says: 'does not start with "Jane"',
    run: (subject, start) => {
      const text = textIn(subject)
      expect(!text.startsWith(start), `${subject.name} is ${shown(text)}, which starts with ${shown(start)}`)
    },
  }),
  check({
    phrase: 'starts with any of {value}',
    summary: 'It is a text that begins with one of a list.',
    on: '"John Doe"',
    says: 'starts with any of "Jane, John"',
    run: (subject, given) => {
      const [text, starts] = [textIn(subject), givenList(given).map(textOf)]
      const found = starts.some((start) => text.startsWith(start))
      expect(found, `${subject.name} is ${shown(text)}, which starts with none of ${starts.map(shown).join(', ')}`)
    },
  }),
  check({
    phrase: 'ends with {text}',
    summary: 'It is a text that ends so.',
    on: '"John Doe"',
    says: 'ends with "Doe"',
    run: (subject, end) => {
      const text = textIn(subject)
      expect(text.endsWith(end), `${subject.name} is ${shown(text)}, which does not end with ${shown(end)}`)
    },
  }),
  check({
    phrase: 'does not end with {text}',
    also: ["doesn't end with {text}"],
    summary: 'It is a text that ends in another way.',
    on: '"John Doe"',
    says: 'does not end with "Roe"',
    run: (subject, end) => {
      const text = textIn(subject)
      expect(!text.endsWith(end), `${subject.name} is ${shown(text)}, which ends with ${shown(end)}`)
    },
  }),
  check({
    phrase: 'matches the pattern {name}',
    summary: 'A regular expression finds something in it; `^` and `$` bind it to the start and the end.',
    on: '"A-42"',
    says: 'matches the pattern "^[A-Z]-\\d+$"',
    run: (subject, pattern) => {
      const [text, expression] = [textIn(subject), expressionOf(subject, pattern)]
      expect(expression.test(text), `${subject.name} is ${shown(text)}, which does not match the pattern ${expression}`)
    },
  }),
  check({
    phrase: 'does not match the pattern {name}',
    also: ["doesn't match the pattern {name}"],
    summary: 'It is a text in which a regular expression finds nothing.',
    on: '"A-42"',
    says: 'does not match the pattern "^\\d"',
    run: (subject, pattern) => {
      const [text, expression] = [textIn(subject), expressionOf(subject, pattern)]
      expect(!expression.test(text), `${subject.name} is ${shown(text)}, which matches the pattern ${expression}`)
    },
  }),
]

/** The text that a check is about; a number as it is written. */
function textIn({ name, value }: Subject): string {
  if (isNumber(value)) return String(value)
  expect(typeof value === 'string', `${name} is ${shownWithKind(value)}, not a text`)
  return value
}

/** Patterns are taken as they are, but for the references in braces that they may have. */
function expressionOf({ world }: Subject, pattern: string): RegExp {
  const source = filledInline(pattern, world.variables)
  try {
    return new RegExp(source, 'u')
  } catch (error) {
    throw new Error(`The pattern "${source}" cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
