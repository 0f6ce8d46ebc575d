import { attributes, element } from '../plain-english/report/junit-markup.ts'
import { paintFor } from '../plain-english/report/paint.ts'
import { faultText } from './report.ts'
import type { Fault, GenerateResult } from './result.ts'

/** A result as JUnit XML, which CI servers read: a case for each fault, one for the coverage, and one for all else. */
export function reportJunit(result: GenerateResult): string {
  const { title, faults, coverage, failUnder, milliseconds, seed, requests, stopped } = result
  const isBelow = failUnder !== undefined && coverage.percent < failUnder
  const covered = `${coverage.percent} % of the description is covered`
  const cases = [
    ...faults.map((fault) => faultCase(fault, result)),
    ...(failUnder === undefined
      ? []
      : [testCase(title, 'coverage', isBelow ? element('failure', `${covered}, less than ${failUnder} %`) : '')]),
    testCase(
      title,
      `${requests} requests, seed ${seed}`,
      stopped === 'abort' ? element('failure', 'ended early: it was stopped') : '',
    ),
  ]
  const about = attributes({
    name: title,
    tests: cases.length,
    failures: cases.filter((each) => each.includes('<failure ')).length,
    errors: 0,
    skipped: cases.filter((each) => each.includes('<skipped ')).length,
    time: (milliseconds / 1000).toFixed(3),
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite ${about}>\n${cases.join('')}  </testsuite>\n</testsuites>\n`
}

function faultCase(fault: Fault, { address, seed }: GenerateResult): string {
  const { operation, check, status, message, allowed } = fault
  const text = faultText(fault, { address, seed }, paintFor(false)).join('\n')
  const outcome = allowed ? `      <skipped ${attributes({ message })}/>\n` : element('failure', message, text)
  return testCase(operation, `${check} ${status}`, outcome)
}

function testCase(classname: string, name: string, outcome: string): string {
  const about = attributes({ classname, name })
  return outcome === '' ? `    <testcase ${about}/>\n` : `    <testcase ${about}>\n${outcome}    </testcase>\n`
}
