import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { step } from '../../src/testing/plain-english/step.ts'
import { reuseSteps } from '../../src/testing/plain-english/steps/reuse.ts'
import { runTexts } from './run-texts.ts'

const good = (name: string): string => `Scenario: ${name}\n  Given say "${name}"\n`

suite('a run of features', { concurrency: true }, () => {
  test('that is ended between two steps has not passed', async () => {
    const ending = new AbortController()
    const end = step({ phrase: 'end the run', run: () => ending.abort() })
    const { result, said } = await runTexts(
      { 'a.feature': 'Feature: A\nScenario: a\n Given end the run\n And say "never"' },
      { own: [end], signal: ending.signal },
    )
    assert.deepEqual([result.ok, said], [false, []])
  })

  test('takes scenarios in order, and passes what one stores to the next one of its feature only', async () => {
    const { result, said, statuses } = await runTexts({
      'a.feature': 'Feature: A\nScenario: one\n Given "7" is stored under "id"\nScenario: two\n Given say "#id"',
      'b.feature': 'Feature: B\nScenario: three\n Given say "#id"',
    })
    assert.deepEqual(said, ['7'])
    assert.deepEqual(statuses, ['one: passed', 'two: passed', 'three: failed'])
    assert.equal(result.ok, false)
    assert.equal(result.cut, false)
  })

  test('gives an @isolated scenario a context of its own, with what @setup has stored', async () => {
    const { said, statuses } = await runTexts({
      'a.feature': [
        'Feature: A',
        'Scenario: story',
        '  Given "story" is stored under "name"',
        '@isolated',
        'Scenario: alone',
        '  Given say "#base"',
        '  And say "#name"',
        '@setup',
        'Scenario: prepare',
        '  Given "base" is stored under "base"',
      ].join('\n'),
    })
    assert.deepEqual(said, ['base'])
    assert.deepEqual(statuses, ['prepare: passed', 'story: passed', 'alone: failed'])
  })

  test('runs @before-all first and @after-all last, even when something fails, and shares what the first one stores', async () => {
    const { said, statuses } = await runTexts({
      'a.feature': `Feature: A\n${good('a')}Scenario: token\n  Given say "#token"\nScenario: bad\n  Given fail\n`,
      'z.feature': [
        'Feature: Around',
        '@before-all',
        'Scenario: before',
        '  Given say "before"',
        '  And "secret" is stored under "token"',
        '@after-all',
        'Scenario: after',
        '  Given say "after #{token}"',
      ].join('\n'),
    })
    assert.deepEqual(said, ['before', 'a', 'secret', 'after secret'])
    assert.deepEqual(statuses, ['a: passed', 'token: passed', 'bad: failed', 'before: passed', 'after: passed'])
  })

  test('skips everything when @before-all fails, and the feature when its @setup fails, and cleans up all the same', async () => {
    const around =
      'Feature: Around\n@before-all\nScenario: before\n  Given fail\n@after-all\nScenario: after\n  Given say "after"\n'
    const all = await runTexts({ 'a.feature': `Feature: A\n${good('a')}`, 'z.feature': around })
    assert.deepEqual(all.said, ['after'])
    assert.deepEqual(all.statuses, ['a: skipped', 'before: failed', 'after: passed'])
    assert.equal(all.result.ok, false)

    const one = await runTexts({
      'a.feature': `Feature: A\n${good('a')}@cleanup\n${good('clean')}@setup\nScenario: prepare\n  Given fail\n`,
      'b.feature': `Feature: B\n${good('b')}`,
    })
    assert.deepEqual(one.said, ['clean', 'b'])
    assert.deepEqual(one.statuses, ['prepare: failed', 'a: skipped', 'clean: passed', 'b: passed'])
  })

  test('cleans the context up to what it began with', async () => {
    const clean = step({ phrase: 'clean up', run: ({ cleanUp }) => cleanUp() })
    const { said, statuses } = await runTexts(
      {
        'a.feature':
          'Feature: A\nScenario: a\n Given "7" is stored under "id"\n And clean up\n And say "#token"\n And say "#id"',
        'z.feature': 'Feature: Z\n@before-all\nScenario: log in\n Given "secret" is stored under "token"',
      },
      { own: [clean] },
    )
    assert.deepEqual(said, ['secret'])
    assert.deepEqual(statuses, ['a: failed', 'log in: passed'])
  })

  test('runs @reusable scenarios not by themselves, and those that somebody points at alone', async () => {
    const texts = { 'a.feature': `Feature: A\n@reusable\n${good('login')}${good('use')}` }
    assert.deepEqual((await runTexts(texts)).said, ['use'])
    assert.deepEqual((await runTexts(texts, { lines: { 'a.feature': [3] } })).said, ['login'])
  })

  test('reports @skip and @wip as skipped, which does not fail the run, unless a tag or a line asks for them', async () => {
    const texts = { 'a.feature': `Feature: A\n@wip\n${good('new')}@skip\n${good('old')}${good('now')}` }
    const plain = await runTexts(texts)
    assert.deepEqual(plain.statuses, ['new: skipped', 'old: skipped', 'now: passed'])
    assert.equal(plain.result.ok, true)
    assert.deepEqual((await runTexts(texts, { tags: ['@wip or @none'] })).said, ['new'])
    assert.deepEqual((await runTexts(texts, { tags: ['not @wip'] })).statuses, ['old: skipped', 'now: passed'])
    assert.deepEqual((await runTexts(texts, { lines: { 'a.feature': [6] } })).said, ['old'])
  })

  test('begins nothing after a failure when it is to fail fast, but cleans up', async () => {
    const { result, said, statuses } = await runTexts(
      {
        'a.feature': `Feature: A\n${good('a')}Scenario: bad\n  Given fail\n${good('b')}@cleanup\n${good('clean')}`,
        'b.feature': `Feature: B\n${good('c')}`,
      },
      { failFast: true },
    )
    assert.deepEqual(said, ['a', 'clean'])
    assert.deepEqual(statuses, ['a: passed', 'bad: failed', 'clean: passed'])
    assert.equal(result.cut, true)
    assert.equal(result.ok, false)
  })

  test('cuts a step that hangs when the time of the scenario is over, and goes on with the next one', async () => {
    const { result, said, statuses } = await runTexts(
      { 'a.feature': `Feature: A\nScenario: slow\n  Given hang\n  Then say "never"\n${good('next')}` },
      { timeout: 20 },
    )
    assert.deepEqual(said, ['next'])
    assert.deepEqual(statuses, ['slow: failed', 'next: passed'])
    const failure = result.features[0]?.scenarios[0]?.steps[0]?.failure
    assert.match(
      failure?.message ?? '',
      /^The 0\.02 s that a scenario may take were over before this step ended: .*--timeout/,
    )
    assert.equal(failure?.stack, undefined)
  })

  test('ends at once when it is told to, reports what was done, and lets what cleans up run to its end', async () => {
    const ending = new AbortController()
    const stop = step({ phrase: 'stop', run: () => ending.abort() })
    const { result, said, statuses } = await runTexts(
      {
        'a.feature': [
          `Feature: A\n${good('a')}Scenario: hanging\n  Given stop\n  And hang`,
          `${good('b')}@cleanup\n${good('clean')}`,
        ].join('\n'),
        'z.feature': `Feature: Z\n${good('c')}@after-all\n${good('after')}`,
      },
      { own: [stop], signal: ending.signal },
    )
    assert.deepEqual(said, ['a', 'clean', 'after'])
    assert.deepEqual(statuses, ['a: passed', 'hanging: failed', 'clean: passed', 'after: passed'])
    assert.deepEqual([result.cut, result.ok], [true, false])
  })

  test('runs features side by side, a @serial one alone, and keeps the order of the results', async () => {
    const meeting = (): readonly [Promise<void>, () => void] => {
      const { promise, resolve } = Promise.withResolvers<void>()
      return [promise, resolve]
    }
    const meet = { a: meeting(), b: meeting() }
    let running = 0
    let most = 0
    let beside = -1
    const own = [
      step({
        phrase: '{name} meets {name}',
        run: async (_, me, other) => {
          running += 1
          most = Math.max(most, running)
          meet[me as 'a' | 'b'][1]()
          await meet[other as 'a' | 'b'][0]
          running -= 1
        },
      }),
      step({
        phrase: 'nobody else runs',
        run: () => {
          beside = running
        },
      }),
    ]
    const { statuses } = await runTexts(
      {
        's.feature': '@serial\nFeature: S\nScenario: serial\n Given nobody else runs',
        'a.feature': 'Feature: A\nScenario: a\n Given "a" meets "b"',
        'b.feature': 'Feature: B\nScenario: b\n Given "b" meets "a"',
      },
      { own, parallel: 2 },
    )
    assert.deepEqual([most, beside], [2, 0])
    assert.deepEqual(statuses, ['serial: passed', 'a: passed', 'b: passed'])
  })

  test('runs @isolated scenarios of one feature side by side, and its cleanup after them', async () => {
    const first = Promise.withResolvers<void>()
    const order: string[] = []
    const own = [
      step({ phrase: 'wait', run: () => first.promise }),
      step({ phrase: 'let go', run: () => first.resolve() }),
      step({ phrase: 'note {name}', run: (_, name) => void order.push(name) }),
    ]
    const { result } = await runTexts(
      {
        'a.feature': [
          '@isolated\nFeature: A',
          'Scenario: waits\n Given wait\n And note "waits"',
          'Scenario: frees\n Given note "frees"\n And let go',
          '@cleanup\nScenario: clean\n Given note "clean"',
        ].join('\n'),
      },
      { own, parallel: 2 },
    )
    assert.equal(result.ok, true)
    assert.deepEqual(order, ['frees', 'waits', 'clean'])
  })

  test('does nothing in a dry run but look whether all steps are known', async () => {
    const known = await runTexts({ 'a.feature': `Feature: A\n${good('a')}` }, { dryRun: true })
    assert.deepEqual([known.said, known.statuses, known.result.ok], [[], ['a: skipped'], true])
    const unknown = await runTexts({ 'a.feature': 'Feature: A\nScenario: a\n Given nonsense' }, { dryRun: true })
    assert.deepEqual([unknown.statuses, unknown.result.ok], [['a: undefined'], false])
  })

  test('fails for a feature whose grammar is wrong, and runs the others', async () => {
    const { result, said } = await runTexts({
      'a.feature': 'Feature: A\nScenario: a\n  Given x\n  bad',
      'b.feature': `Feature: B\n${good('b')}`,
    })
    assert.deepEqual(said, ['b'])
    assert.equal(result.ok, false)
  })

  test('says why a scenario runs that nobody has asked for', async () => {
    const { result, said } = await runTexts(
      {
        'a.feature': [
          'Feature: A',
          'Scenario: create\n  Given "7" is stored under "id"',
          good('unrelated'),
          'Scenario: read\n  Given say "#id"',
        ].join('\n'),
      },
      { lines: { 'a.feature': [7] } },
    )
    assert.deepEqual(said, ['7'])
    assert.deepEqual(result.features[0]?.scenarios[0]?.steps[0]?.notes, [
      "Runs because 'read' uses #id, which is stored here",
    ])
  })

  test('does not bring along what runs only where another scenario takes its steps', async () => {
    const { statuses } = await runTexts(
      {
        'a.feature': [
          'Feature: A',
          '@reusable\nScenario: make\n  Given "7" is stored under "id"',
          'Scenario: read\n  Given the steps of "make"\n  And say "#id"',
        ].join('\n'),
      },
      { own: reuseSteps },
    )
    assert.deepEqual(statuses, ['read: passed'])
  })

  test('tries again what fails, from where it began, and says that it is flaky', async () => {
    let tries = 0
    const flaky = step({
      phrase: 'it works at try {int}',
      run: ({ variables, request }, good) => {
        tries += 1
        assert.deepEqual([variables.stored.has('left'), request.headers], [false, []])
        variables.stored.set('left', true)
        request.headers = [['x', 'y']]
        if (tries < good) throw new Error('not yet')
      },
    })
    const texts = { 'a.feature': 'Feature: A\nScenario: a\n Given it works at try 3' }
    const passed = await runTexts(texts, { own: [flaky], retry: 2 })
    assert.deepEqual(passed.statuses, ['a: passed'])
    assert.deepEqual(passed.result.features[0]?.scenarios[0]?.steps[0]?.notes, [
      'Flaky: it failed 2 of 3 times: Given it works at try 3: not yet',
    ])
    tries = 0
    assert.deepEqual((await runTexts(texts, { own: [flaky], retry: 1 })).statuses, ['a: failed'])
  })

  test('has a result of its own for what a feature cannot release', async () => {
    const held = { scope: 'feature', make: () => 1, dispose: () => Promise.reject(new Error('it is stuck')) } as const
    const { result, statuses } = await runTexts(
      { 'a.feature': 'Feature: A\nScenario: a\n Given hold' },
      { own: [step({ phrase: 'hold', run: ({ recall }) => void recall(held) })] },
    )
    assert.deepEqual(statuses, ['a: passed', 'Cleaning up after the feature: failed'])
    assert.equal(result.ok, false)
  })
})
