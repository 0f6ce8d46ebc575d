import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { phrasesOf } from '../../src/testing/plain-english/phrases.ts'
import { builtInSteps, stepFamilies } from '../../src/testing/plain-english/steps/all-steps.ts'
import { digestEndpoint } from './digest-endpoint.ts'
import { faultsOf, httpbinTarget, runLines, stepFiles } from './feature-runner.ts'

const library = `Feature: library
  @reusable
  Scenario: A greeting
    Given URL path "/get"
    And query parameter "name" is "#name"
    When the URL is invoked
`

/** What `httpbin` has no service for: Digest, and a reply in XML. */
function others(request: Request): Response | undefined {
  if (new URL(request.url).pathname === '/digest') return digestEndpoint(request)
  if (new URL(request.url).pathname !== '/xml') return undefined
  const body = readFileSync(join(stepFiles, 'xml', 'response', 'order.xml'))
  return new Response(body, { headers: { 'Content-Type': 'application/xml' } })
}

const phrases = phrasesOf(builtInSteps)

const target = await httpbinTarget(others)
after(() => target[Symbol.asyncDispose]())

for (const { title, steps } of stepFamilies) {
  suite(`the examples of "${title}"`, () => {
    for (const step of steps) {
      const [phrase = ''] = step.phrases
      test(phrase, async () => {
        assert.match(step.summary, /^[A-Z`].*[.]$/, 'the summary is a sentence')
        if (step.example === '')
          return assert.match(phrase, /from|file|csv|schema/, 'only what needs a file has no example')
        const described = /"\/(xml|digest)"/.test(step.example) ? { ...target, api: undefined } : target
        const result = await runLines(step.example, described, { library })
        assert.deepEqual(faultsOf(result), [])
        assert.equal(result.status, 'passed')
        const used = result.steps.flatMap(({ step: { text } }) => phrases(text).map((each) => each.step))
        assert.ok(used.includes(step), 'the example shows another step')
      })
    }
  })
}
