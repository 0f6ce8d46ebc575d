import { allChecks } from '../checks/all-checks.ts'
import type { Subject } from '../checks/check.ts'
import { checkSteps, type SubjectKind } from '../checks/check-steps.ts'
import { expect } from '../expectation.ts'
import { find, itemsAt, missing, pathWords, valueAt } from '../paths/find.ts'
import { type Step, step } from '../step.ts'
import { replyJson } from '../values/reply-json.ts'
import { shown } from '../values/shown.ts'
import type { World } from '../world.ts'

const jsonExample = (json: string): readonly string[] => [
  'Given REST method "POST"',
  'And URL path "/anything"',
  `And path "/x" in request is JSON "${json}"`,
  'When the URL is invoked',
]

const [, ...otherWords] = pathWords

/** A value of the response, by its path. */
export const pathSubject: SubjectKind = {
  names: pathWords.map((word) => `${word} {text}`),
  find: (world, path) => subjectAt(world, path),
  example: (json) => ({ lines: jsonExample(json), name: 'path "/json/x"' }),
}

/** Checks of values in a JSON response. */
export const jsonResponseSteps: readonly Step[] = [
  step({
    phrase: 'path {text} exists',
    also: otherWords.map((word) => `${word} {text} exists`),
    kind: 'check',
    summary: 'The response has something at this path, even null or an empty text.',
    example: [...jsonExample('null'), 'Then path "/json/x" exists'].join('\n'),
    run: ({ reply }, path) => {
      const data = replyJson(reply)
      if (find(data, path).places.length === 0) expect(false, missing(data, path))
    },
  }),
  step({
    phrase: 'path {text} does not exist',
    also: [
      "path {text} doesn't exist",
      ...otherWords.flatMap((word) => [`${word} {text} does not exist`, `${word} {text} doesn't exist`]),
    ],
    kind: 'check',
    summary: 'The response has nothing at this path.',
    example: [...jsonExample('{"a": 1}'), 'Then path "/json/x/b" does not exist'].join('\n'),
    run: ({ reply }, path) => {
      const { values } = find(replyJson(reply), path)
      const message = `path "${path}" exists: it is ${shown(values[0])}`
      expect(values.length === 0, message, { expected: undefined, found: values[0] })
    },
  }),
  ...checkSteps(pathSubject, allChecks),
]

function subjectAt(world: World, path: string): Subject {
  return {
    world,
    name: `path "${path}"`,
    get value() {
      return valueAt(replyJson(world.reply), path)
    },
    get items() {
      return itemsAt(replyJson(world.reply), path)
    },
  }
}
