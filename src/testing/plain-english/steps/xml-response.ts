import type { Subject } from '../checks/check.ts'
import { checkSteps, type SubjectKind } from '../checks/check-steps.ts'
import { expect } from '../expectation.ts'
import { type Step, step } from '../step.ts'
import { givenNumber } from '../values/given-number.ts'
import { numberIn } from '../values/same.ts'
import { shown } from '../values/shown.ts'
import type { World } from '../world.ts'
import { xmlNumberChecks, xmlTextChecks } from '../xml/xml-checks.ts'
import { parseXml } from '../xml/xml-document.ts'
import { nothingAt, textsAt } from '../xml/xpath.ts'

const ask: readonly string[] = ['Given URL path "/xml"', 'When the URL is invoked']

/** Checks of values in an XML response. */
export const xmlResponseSteps: readonly Step[] = [
  step({
    phrase: 'XPath {text} exists',
    kind: 'check',
    summary: 'The response has a node that this expression finds.',
    example: [...ask, 'Then XPath "/order/customer" exists'].join('\n'),
    run: (world, expression) => {
      const document = documentOf(world)
      if (textsAt(world, expression, document).length === 0) throw nothingAt(expression, document, 'response')
    },
  }),
  step({
    phrase: 'XPath {text} does not exist',
    also: ["XPath {text} doesn't exist"],
    kind: 'check',
    summary: 'The response has no node that this expression finds.',
    example: [...ask, 'Then XPath "/order/refund" does not exist'].join('\n'),
    run: (world, expression) => {
      const texts = textsAt(world, expression, documentOf(world))
      expect(texts.length === 0, `XPath "${expression}" exists: it is ${shown(texts[0])}`)
    },
  }),
  step({
    phrase: 'XPath {text} is found {value} times',
    also: ['XPath {text} is found {value} time'],
    kind: 'check',
    summary: 'The expression finds so many nodes in the response.',
    example: [...ask, 'Then XPath "/order/line" is found "2" times'].join('\n'),
    run: (world, expression, times) => {
      const [found, expected] = [textsAt(world, expression, documentOf(world)).length, givenNumber(times)]
      expect(found === expected, `XPath "${expression}" is found ${found} times, not ${expected}`, { expected, found })
    },
  }),
  ...checkSteps(xpathSubject(false), xmlTextChecks),
  ...checkSteps(xpathSubject(true), xmlNumberChecks),
]

function xpathSubject(isNumber: boolean): SubjectKind {
  return {
    names: ['XPath {text}'],
    find: (world, expression) => subjectAt(world, expression, isNumber),
    example: (expression) => ({ lines: ask, name: `XPath "${expression}"` }),
  }
}

function subjectAt(world: World, expression: string, isNumber: boolean): Subject {
  const texts = (): readonly string[] => {
    const document = documentOf(world)
    const all = textsAt(world, expression, document)
    if (all.length === 0) throw nothingAt(expression, document, 'response')
    return all
  }
  return {
    world,
    name: `XPath "${expression}"`,
    get value() {
      const all = texts()
      const [first = ''] = all
      if (all.length > 1) return all
      return isNumber ? (numberIn(first) ?? first) : first
    },
    get items() {
      const all = texts()
      return all.length === 1 ? all[0] : all
    },
  }
}

function documentOf({ reply }: World): ReturnType<typeof parseXml> {
  return parseXml(reply.text, 'The response')
}
