import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { parseEnvelope } from '@cucumber/messages'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { parse } from 'yaml'
import { expect } from '../../src/testing/plain-english/expectation.ts'
import { makeReporters, reporterNames } from '../../src/testing/plain-english/report/reporters.ts'
import { yamlLines } from '../../src/testing/plain-english/report/yaml-lines.ts'
import { secretsOf } from '../../src/testing/plain-english/secrets.ts'
import { step } from '../../src/testing/plain-english/step.ts'
import { runTexts } from './run-texts.ts'
import { sampleRun } from './sample-run.ts'

suite('what every report keeps to itself', () => {
  for (const reporter of reporterNames) {
    test(`${reporter} shows no secret: neither those that were named, nor what stands under telling names`, async () => {
      const { text } = await sampleRun(reporter)
      for (const secret of ['top-secret-value', 'hunter22', 'zzzzzzzz', 'abcdefgh', 'Bearer of something']) {
        assert.ok(!text.includes(secret), `${secret} is in the report`)
      }
    })
  }
})

suite('pretty', () => {
  test('has one line for a scenario that passed', async () => {
    const { text } = await sampleRun('pretty')
    assert.ok(text.startsWith('Sample <shop> & more  features/sample.feature\n  ✔ good (3 ms)\n'))
  })

  test('shows of a failure the step, both values, the difference, the request as curl, and the reply with its cid', async () => {
    const { text } = await sampleRun('pretty')
    const lines = text.split('\n').map((line) => line.trim())
    for (const line of [
      '✘ Then "one" is "two"',
      '- expected "two"',
      '+ found    "one"',
      '-     2,',
      '+     4,',
      `--data-raw '{"user":"O'\\''Neil","password":"***"}' \\`,
      `'http://localhost:17010/login?api_key=***'`,
      'Response 401 after 12 ms, cid c-1',
      'content-type: application/problem+json',
      '"code": "unauthorized",',
    ]) {
      assert.ok(lines.includes(line), line)
    }
  })

  test('makes the checks behind a failed one, offers a step for a phrase that nobody knows, and skips behind what broke', async () => {
    const { text } = await sampleRun('pretty')
    assert.match(text, /✘ And two objects differ\n/)
    assert.match(text, /✔ And all is well\n/)
    assert.match(text, /phrase: 'nobody knows \{text\} \{int\}',/)
    assert.match(text, /✘ Given something breaks\n\s+x is not a function\n/)
    assert.match(text, /- Then all is well\n/)
  })

  test('ends with what failed and with how much there was', async () => {
    const { text } = await sampleRun('pretty')
    assert.equal(
      text.slice(text.indexOf('Failed\n')),
      [
        'Failed',
        '  features/sample.feature:8  bad "value"',
        '  features/sample.feature:15  broken',
        '  features/sample.feature:20  unwritten',
        '',
        '1 feature (1 failed)',
        '4 scenarios (1 passed, 2 failed, 1 pending)',
        '9 steps (3 passed, 3 failed, 1 undefined, 1 pending, 1 skipped)',
        '25 ms',
        '',
      ].join('\n'),
    )
  })

  test('keeps a line on a terminal that says how far the run is, and takes it away', async () => {
    const { text } = await sampleRun('pretty', { live: true })
    assert.ok(text.includes('\r\u001B[2K1/4: bad "value"'))
    assert.ok(text.includes('\r\u001B[2K2/4, 1 failed: broken'))
    assert.ok(!text.slice(text.indexOf('Failed\n')).includes('\u001B'))
  })

  test('colours nothing unless colours are shown', async () => {
    assert.ok(!(await sampleRun('pretty')).text.includes('\u001B'))
    assert.ok((await sampleRun('pretty', { colors: true })).text.includes('\u001B[32m✔'))
  })

  test('names every fault in the grammar of a file by line and column', async () => {
    const { text, result } = await sampleRun('pretty', {
      source: 'Feature: x\n  Scenario: y\n    Given a\n    Gvien z\n',
    })
    assert.equal(result.ok, false)
    assert.match(
      text,
      /✘ features\/sample\.feature:4:5 'Gvien z' does not fit here: here belongs .*, a step \(Given, .*\).*\n/,
    )
  })
})

suite('the other reports', () => {
  test('dots has a sign for each scenario', async () => {
    assert.ok((await sampleRun('dots')).text.startsWith('.FFP\n'))
  })

  test('junit is XML with a suite for the feature and a case for each scenario', async () => {
    const { text } = await sampleRun('junit')
    assert.equal(XMLValidator.validate(text), true)
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(text)
    assert.equal(testsuites.testsuite['@_name'], 'Sample <shop> & more')
    assert.deepEqual(
      [testsuites['@_tests'], testsuites['@_failures'], testsuites['@_errors'], testsuites['@_time']],
      ['4', '3', '0', '0.025'],
    )
    const cases: { '@_name': string; failure?: { '@_message': string } }[] = testsuites.testsuite.testcase
    assert.deepEqual(
      cases.map((each) => [each['@_name'], each.failure?.['@_message']]),
      [
        ['good', undefined],
        ['bad "value"', 'one is not two'],
        ['broken', 'x is not a function'],
        ['unwritten', 'This step is not written yet'],
      ],
    )
  })

  test('junit tells a fault of grammar as an error', async () => {
    const { text } = await sampleRun('junit', { source: 'Feature: \u0000x\n  Scenario: y\n    Given a\n    Nonsense' })
    assert.equal(XMLValidator.validate(text), true)
    assert.match(text, /<error message="features\/sample\.feature:4:5 &#39;Nonsense/)
  })

  test('tap has numbered points, a plan, and what is wrong as YAML', async () => {
    const { text } = await sampleRun('tap')
    assert.deepEqual(
      text.split('\n').filter((line) => /^\S/.test(line)),
      [
        'TAP version 14',
        'ok 1 - Sample <shop> & more: good',
        'not ok 2 - Sample <shop> & more: bad "value"',
        'not ok 3 - Sample <shop> & more: broken',
        'not ok 4 - Sample <shop> & more: unwritten',
        '1..4',
      ],
    )
    assert.match(text, / {2}request: POST http:\/\/localhost:17010\/login\?api_key=\*\*\*\n/)
  })

  test("json has features, elements and steps as Cucumber's readers expect them", async () => {
    const [feature] = JSON.parse((await sampleRun('json')).text)
    assert.deepEqual(
      [feature.uri, feature.keyword, feature.tags, feature.elements.length],
      ['features/sample.feature', 'Feature', [{ name: '@shop' }], 4],
    )
    const [, step] = feature.elements[1].steps
    assert.deepEqual(
      [step.keyword, step.name, step.line, step.match, step.result.status, step.result.duration],
      ['Then ', '"one" is "two"', 10, { location: '{text} is {value}' }, 'failed', 1_000_000],
    )
  })

  test('messages are envelopes whose ids fit together', async () => {
    const { text } = await sampleRun('messages')
    const envelopes = text.trimEnd().split('\n').map(parseEnvelope)
    const pickles = new Map(envelopes.flatMap(({ pickle }) => (pickle === undefined ? [] : [[pickle.id, pickle]])))
    const definitions = new Set(envelopes.flatMap(({ stepDefinition }) => stepDefinition?.id ?? []))
    const cases = envelopes.flatMap(({ testCase }) => testCase ?? [])
    assert.equal(cases.length, 4)
    for (const { pickleId, testSteps } of cases) {
      assert.deepEqual(
        testSteps.map(({ pickleStepId }) => pickleStepId),
        pickles.get(pickleId)?.steps.map(({ id }) => id),
      )
      for (const id of testSteps.flatMap(({ stepDefinitionIds = [] }) => stepDefinitionIds))
        assert.ok(definitions.has(id))
    }
    const statuses = envelopes.flatMap(({ testStepFinished }) => testStepFinished?.testStepResult.status ?? [])
    assert.deepEqual(statuses.join(' '), 'PASSED PASSED FAILED FAILED PASSED UNDEFINED FAILED SKIPPED PENDING')
    assert.equal(envelopes.at(-1)?.testRunFinished?.success, false)
  })

  test('html is one page without script or request, in which markup of a feature is text', async () => {
    const { text } = await sampleRun('html')
    assert.ok(text.startsWith('<!doctype html>'))
    assert.ok(!/<script|<link|@import|url\(|src=/.test(text))
    assert.ok(text.includes('<h2>Sample &lt;shop&gt; &amp; more '))
    assert.ok(text.includes('<b>&quot;one&quot;</b> is <b>&quot;two&quot;</b>'))
  })
})

test('pretty shows features that run side by side one after another', async () => {
  let text = ''
  const write = (part: string): void => {
    text += part
  }
  const standardOutput = { write, colors: false, live: false, columns: 80, folder: '/' }
  const feature = (name: string): string =>
    `Feature: ${name}\nScenario: one\n  Given say "a"\nScenario: two\n  Given say "b"\nScenario: three\n  Given fail\n`
  await runTexts(
    { 'a.feature': feature('A'), 'b.feature': feature('B') },
    { parallel: 2, reporter: makeReporters([], { standardOutput, secrets: secretsOf() }) },
  )
  const seen = text.split('\n').filter((line) => /^\S+ {2}|^ {2}[✔✘]/.test(line))
  assert.deepEqual(
    seen.map((line) => line.replace(/ \(.*| {2}.*\.feature/, '').trim()).join(', '),
    'A, ✔ one, ✔ two, ✘ three, B, ✔ one, ✔ two, ✘ three',
  )
})

suite('what is skipped, flaky or empty', () => {
  const source = [
    'Feature: F',
    '@wip',
    'Scenario: later',
    '  Given all is well',
    'Scenario: by chance',
    '  Given it works at the second time',
    'Scenario: bare',
  ].join('\n')

  const ran = (reporter: string, text = source): Promise<{ readonly text: string }> => {
    let times = 0
    const phrase = 'it works at the second time'
    const run = (): void => {
      times += 1
      expect(times > 1, 'not yet')
    }
    const chancy = step({ phrase, run })
    return sampleRun(reporter, { source: text, own: [chancy], retry: 2 })
  }

  test('pretty says why, and counts only what failed as failed', async () => {
    const { text } = await ran('pretty')
    assert.ok(text.includes('  - later (tagged @wip)\n  ✔ by chance ('))
    assert.match(text, /✔ by chance \(\d+ ms\) flaky\n {6}Flaky: it failed 1 of 2 times: .*: not yet\n/)
    assert.match(text, /… bare .*\n.*\n +This scenario has no steps: begin their lines with Given, .*\n/)
    assert.match(text, /\nFailed\n.*:7 {2}bare\n\nFlaky, passed when tried again\n.*:5 {2}by chance\n/)
    assert.match(text, /3 scenarios \(1 passed, 1 pending, 1 skipped\), 1 flaky\n/)
  })

  test('a feature of which all is skipped has not failed, and was not passed either', async () => {
    const { text } = await ran('pretty', '@skip\nFeature: F\nScenario: s\n  Given all is well\n')
    assert.ok(!text.includes('Failed'))
    assert.match(text, /1 feature \(1 skipped\)\n1 scenario \(1 skipped\)\n/)
  })

  test('dots tells only of what failed', async () => {
    const { text } = await ran('dots')
    assert.ok(text.startsWith('-fP\n\nbare  '), text)
  })

  test('tap has a directive for what is skipped', async () => {
    const { text } = await ran('tap')
    assert.match(text, /^ok 1 - F: later # SKIP tagged @wip$/m)
    assert.match(text, /^ok 2 - F: by chance\n {2}---\n(?: {2}.*\n)* {2}failed_before: 1\n/m)
    assert.match(text, /^not ok 3 - F: bare$/m)
  })

  test('junit has elements for both', async () => {
    const { text } = await ran('junit')
    assert.equal(XMLValidator.validate(text), true)
    assert.match(text, /tests="3" failures="1" errors="0" skipped="1"/)
    assert.match(text, /<skipped message="tagged @wip"\/>/)
    assert.match(text, /<flakyFailure message="Flaky: it failed 1 of 2 times[^"]*"><\/flakyFailure>/)
  })

  test('html has a class for each, and keeps open only what failed', async () => {
    const { text } = await ran('html')
    assert.match(text, /<details class="skipped">\n.*skipped: tagged @wip/)
    assert.match(text, /<details class="flaky">/)
    assert.match(text, /<details class="pending" open>/)
  })

  test('messages have each attempt', async () => {
    const envelopes = (await ran('messages')).text.trimEnd().split('\n').map(parseEnvelope)
    const started = envelopes.flatMap(({ testCaseStarted }) => testCaseStarted ?? [])
    assert.deepEqual(
      started.map(({ testCaseId, attempt }) => `${testCaseId}: ${attempt}`),
      ['case-1: 0', 'case-2: 0', 'case-2: 1', 'case-3: 0'],
    )
    const finished = envelopes.flatMap(({ testCaseFinished }) => testCaseFinished ?? [])
    assert.deepEqual(
      finished.map(({ willBeRetried }) => willBeRetried),
      [false, true, false, false],
    )
    const ids = envelopes.flatMap((each) =>
      Object.values(each).flatMap((value: object) => ('id' in value ? [value.id] : [])),
    )
    assert.equal(new Set(ids).size, ids.length)
  })

  test('messages run what stands in no file as a hook', async () => {
    const envelopes = (await ran('messages')).text.trimEnd().split('\n').map(parseEnvelope)
    const hooks = envelopes.flatMap(({ hook }) => hook?.id ?? [])
    const cases = envelopes.flatMap(({ testCase }) => testCase ?? [])
    assert.deepEqual(
      cases.map(({ testSteps }) => testSteps.map(({ hookId }) => hookId)),
      [[undefined], [undefined], hooks],
    )
  })
})

test('the YAML of tap is read back as it was, whatever it holds', () => {
  const values = [
    'plain',
    'a: b',
    '# no',
    'yes',
    '',
    ' x',
    '-1',
    'two\n  lines\n\nmore',
    '\u001B[1m\nred',
    'a\n',
    'a #b',
    'Then "x" is',
    '/a?b=c&d',
    'x:',
    'x ',
    'x:\ny',
    '@a',
    '"',
    '🦊\nb',
  ]
  const value = { values, inside: { n: 1, list: values.map((text) => ({ text, more: [text] })) } }
  assert.deepEqual(parse(yamlLines(value).join('\n')), value)
})

suite('choosing reporters', () => {
  const settings = {
    standardOutput: { write: () => {}, colors: false, live: false, columns: 80, folder: tmpdir() },
    secrets: secretsOf(),
  }

  test('refuses one that is none, two on standard output, and a file that cannot be written', () => {
    assert.throws(
      () => makeReporters(['prety'], settings),
      /^Error: There is no reporter 'prety': choose of pretty, dots, junit, html, json, messages, tap, with ':<file>' for a file$/,
    )
    assert.throws(
      () => makeReporters(['pretty', 'tap'], settings),
      /^Error: pretty and tap would mix on standard output: send all but one to a file, as in tap:report$/,
    )
    assert.throws(() => makeReporters(['junit:/dev/null/x.xml'], settings), /^RunFault: Cannot write the report /)
  })

  test('writes to files whose folders it makes, several at once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trestle-reports-'))
    try {
      const both = makeReporters([`junit:${folder}/a/b.xml`, `tap:${folder}/c.tap`], settings)
      const run = { features: [], duration: 0, started: new Date(0), ok: true, cut: false }
      both.begin?.({ features: [], scenarios: 0, started: new Date(0), target: 'in process', parallel: 1 })
      both.end?.(run)
      assert.match(await readFile(`${folder}/a/b.xml`, 'utf8'), /^<\?xml/)
      assert.equal(await readFile(`${folder}/c.tap`, 'utf8'), 'TAP version 14\n1..0\n')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
