import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { systemClock } from '../../src/kernel/clock.ts'
import { readOpenApi } from '../../src/openapi/read/read-open-api.ts'
import type { CheckName } from '../../src/testing/generate/check-name.ts'
import { faultFeature, faultFileName } from '../../src/testing/generate/fault-feature.ts'
import { generateTests } from '../../src/testing/generate/generate-tests.ts'
import { reportJson, reportText } from '../../src/testing/generate/report.ts'
import type { Fault, GenerateResult } from '../../src/testing/generate/result.ts'
import { readFeature } from '../../src/testing/plain-english/feature-file.ts'
import { phrasesOf } from '../../src/testing/plain-english/phrases.ts'
import type { RunResult } from '../../src/testing/plain-english/result.ts'
import { runFeatures } from '../../src/testing/plain-english/run-features.ts'
import { secretsOf } from '../../src/testing/plain-english/secrets.ts'
import { builtInSteps } from '../../src/testing/plain-english/steps/all-steps.ts'
import { type Flaw, shop, shopDocument } from './shop.ts'

const api = readOpenApi(shopDocument)

function tested(flaw: Flaw): Promise<GenerateResult> {
  return generateTests({ api, send: shop(flaw), settings: { seed: 7, own: true } })
}

async function faultOf(flaw: Flaw, check: CheckName): Promise<Fault> {
  const { faults } = await tested(flaw)
  const found = faults.find((each) => each.check === check)
  assert.ok(found)
  return found
}

function run(source: string, send: (request: Request) => Promise<Response>): Promise<RunResult> {
  return runFeatures({
    features: [readFeature('/app/features/fault.feature', source)],
    reporter: {},
    target: { name: 'in process', address: 'http://shop.test', isMeant: () => true, inProcess: true, send, api },
    phrases: phrasesOf(builtInSteps),
    clock: systemClock,
    signal: new AbortController().signal,
    environment: {},
    settings: {},
    secrets: secretsOf([]),
    scenariosNamed: () => [],
    folderOf: () => '/app/features',
  })
}

function outcome({ ok, features }: RunResult): string {
  const failed = features.flatMap(({ feature, scenarios }) => [
    ...feature.faults.map(String),
    ...scenarios.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.failure === undefined ? [] : [step.failure.message])),
    ),
  ])
  return ok ? 'passes' : `fails: ${failed.join('; ')}`
}

const flaws: readonly (readonly [Flaw, CheckName])[] = [
  ['fails on a high price', 'server_error'],
  ['answers a status that is not documented', 'status_documented'],
  ['sends a secret member', 'undeclared_member'],
  ['says another status in a problem', 'problem_shape'],
  ['asks nobody for the token', 'authentication_enforced'],
  ['forgets what PUT sends', 'lost_update'],
  ['has an Allow without PUT', 'allow_true'],
  ['has no Allow', 'allow_true'],
  ['takes bad input', 'bad_input_refused'],
  ['takes a malformed body', 'malformed_refused'],
  ['refuses the highest limit', 'good_input_accepted'],
  ['sends the price as a text', 'body_matches'],
  ['sends no Location', 'headers_match'],
  ['ignores If-None-Match', 'conditional'],
  ['ignores If-Match', 'conditional'],
  ['deletes with an old ETag', 'conditional'],
  ['lists what was deleted', 'use_after_delete'],
  ['shows what was deleted', 'use_after_delete'],
  ['does not keep what is new', 'created_is_readable'],
  ['changes the price when it is read', 'safe'],
  ['answers a method without a word', 'method_not_allowed'],
]

suite('a fault as a feature', () => {
  for (const [flaw, check] of flaws) {
    test(`fails while the shop ${flaw}, and passes when it does not`, async () => {
      const source = faultFeature(await faultOf(flaw, check))
      const [broken, mended] = [await run(source, shop(flaw)), await run(source, shop())]
      assert.match(outcome(broken), /^fails: /, source)
      assert.equal(outcome(mended), 'passes', source)
    })
  }

  test('is named after what it shows', async () => {
    const fault = await faultOf('ignores If-Match', 'conditional')
    assert.equal(faultFileName(fault), 'put-things-id-conditional-200.feature')
  })
})

suite('a report of generated tests', () => {
  test('shows the fault, its standard, a line for a shell, the reply and the seed', async () => {
    const text = reportText(await tested('fails on a high price'))
    for (const part of [
      /^Shop 1 {2}http:\/\/shop\.test\n7 operations, \d+ requests in [\d.]+ s, seed 7\n/,
      /\n1\. POST \/things server_error 500\n {3}POST \/things answered 500; see the log/,
      /RFC 9110 section 15\.6/,
      /--data-raw '\{"name":"a","price":1001\}'/,
      /-> 500 {2}\{"title":"Refused"/,
      /\nCoverage: \d+ %\n {2}operations +7 of 7\n/,
      /not reached: GET \/account 200/,
      /\nNot tested:\n {2}- GET \/account: asks for token/,
      /\d faults found\. Run again with seed 7\.\n$/,
    ]) {
      assert.match(text, part)
    }
  })

  test('is also there as JSON', async () => {
    const result = await tested('has no Allow')
    assert.deepEqual(JSON.parse(reportJson(result)).faults[0].check, 'allow_true')
  })
})
