import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { helloFile, type TemporaryApp, temporaryApp } from './temporary-app.ts'
import { run, serve, start } from './trestle.ts'

const employee = join(root, 'examples/employee')
const seed = join(employee, 'features/employee.feature')

const hello = (word: string): string =>
  `Feature: Hello\n\nScenario: Say ${word}\n  Given URL path "/hello"\n  When the URL is invoked\n  Then path "/word" is "${word}"\n`

/** An app that says 'one', with features and what belongs to them. */
function appWith(files: Readonly<Record<string, string>>): Promise<TemporaryApp> {
  return temporaryApp({ 'services/greeting.ts': helloFile('one'), ...files })
}

const ownSteps = `
import { expect, step } from 'trestle/testing'
export const says = step({
  phrase: 'the word is {text}',
  kind: 'check',
  run: ({ reply }, word) => expect(reply.text.includes(word), 'The word is another one', { expected: word, found: reply.text }),
})
export const hangs = step({
  phrase: 'nothing ever comes back',
  run: () => {
    console.log('It hangs')
    return new Promise(() => {})
  },
})
`

suite('trestle test', { concurrency: 2 }, () => {
  test('runs the seed as it is, in process', async () => {
    const { code, stdout, stderr } = await run(['test', seed])
    assert.equal(code, 0, stderr)
    assert.match(stdout, /✔ \*\*\* Get Employee API \*\*\*/)
    assert.match(stdout, /1 scenario \(1 passed\)\n10 steps \(10 passed\)/)
  })

  test('runs the seed as it is, against a server at another address', async () => {
    await using server = await serve(['start', employee])
    const { code, stdout } = await run(['test', seed, '--address', server.url])
    assert.equal(code, 0, stdout)
    const wrong = await run(['test', seed, '--address', 'nowhere'])
    assert.equal(wrong.code, 2)
    assert.match(wrong.stderr, /^--address is 'nowhere': write it as http:/)
  })

  test('shows what was expected and found where a name is changed, and runs what failed again', async () => {
    const text = (await readFile(seed, 'utf8')).replace('John Doe', 'Jane Doe')
    await using app = await temporaryApp({ 'features/employee.feature': text, 'features/hello.feature': '' })
    const data = join(app.folder, 'data')
    const options = ['--app', employee, '--data', data]
    const first = await run(['test', join(app.folder, 'features'), ...options])
    assert.equal(first.code, 1)
    assert.match(first.stdout, /✘ And path "\/data\/name" is "Jane Doe"/)
    assert.match(first.stdout, /- expected "Jane Doe"\n +\+ found +"John Doe"/)
    assert.deepEqual(await readdir(data), ['rerun.txt'])

    await app.write('features/employee.feature', `# Mended\n${text.replace('Jane Doe', 'John Doe')}`)
    const again = await run(['test', join(app.folder, 'features'), ...options, '--rerun'])
    assert.equal(again.code, 0, again.stdout)
    assert.match(again.stdout, /1 scenario \(1 passed\)/)
    const none = await run(['test', join(app.folder, 'features'), ...options, '--rerun'])
    assert.deepEqual([none.code, none.stdout], [0, 'Nothing failed the last time\n'])
  })

  test('takes own steps, rows of files and variables, hides secrets, and writes several reports', async () => {
    await using app = await appWith({
      'features/steps/own.ts': ownSteps,
      'features/words.csv': 'word\none\ntwo\n',
      'features/variables.yaml': 'place: hello\npassword: hidden-by-name\n',
      'features/a.feature': [
        'Feature: A',
        '  Scenario Outline: says <word>',
        '    Given URL path "/@{place}"',
        '    And header "X-Secret" "@key"',
        '    And header "X-Password" "@password"',
        '    When the URL is invoked',
        '    Then the word is "<word>"',
        '    Examples: from "words.csv"',
      ].join('\n'),
    })
    const reports = ['--reporter', 'dots', '--reporter', 'junit:out/junit.xml', '--reporter', 'json:out/all.json']
    const { code, stdout, stderr } = await run(['test', '--secret', 'key=top-secret', ...reports], { cwd: app.folder })
    assert.equal(code, 1, stderr)
    assert.match(stdout, /The word is another one/)
    const junit = await readFile(join(app.folder, 'out/junit.xml'), 'utf8')
    const json = await readFile(join(app.folder, 'out/all.json'), 'utf8')
    assert.match(junit, /tests="2" failures="1"/)
    for (const report of [stdout, junit, json]) {
      assert.doesNotMatch(report, /top-secret|hidden-by-name/)
    }
  })

  test('says where the grammar of features is wrong, and prints a ready step for what no step says', async () => {
    await using app = await appWith({
      'features/bad.feature': 'Feature: B\nScenario: x\n  Given URL path "/"\n  nonsense\n',
      'features/deep/unknown.feature': 'Feature: U\nScenario: x\n  Given my 3 wishes\n',
      'features/good.feature': hello('one'),
    })
    const { code, stdout } = await run(['test'], { cwd: app.folder })
    assert.equal(code, 1)
    assert.match(stdout, /features\/bad\.feature:4:3 'nonsense' does not fit here: here belongs /)
    assert.match(stdout, /phrase: 'my \{int\} wishes',/)
    assert.match(stdout, /✔ Say one/)
    const dry = await run(['test', 'features/good.feature', 'features/deep', '--dry-run'], { cwd: app.folder })
    assert.equal(dry.code, 1)
    assert.match(dry.stdout, /2 scenarios \(1 undefined, 1 skipped\)/)
  })

  test('shows what the app has logged about the request that failed', async () => {
    await using app = await temporaryApp({
      'services/broken.ts':
        "import { get, service } from 'trestle'\nexport const broken = service({ on: get('/broken'), handle: () => { throw new Error('the disk is full') } })\n",
      'features/a.feature':
        'Feature: A\nScenario: s\n  Given URL path "/broken"\n  When the URL is invoked\n  Then status is "204"\n',
    })
    const { code, stdout } = await run(['test', app.folder])
    assert.equal(code, 1)
    assert.match(stdout, /The app logged, as an error: .*\n +Error: the disk is full\n +at .*services\/broken\.ts/)
  })

  test('fails for what nobody waits for, and still reports all the rest', async () => {
    await using app = await appWith({
      'features/steps/own.ts': [
        "import { step } from 'trestle/testing'",
        "export const lost = step({ phrase: 'something is lost', run: () => void Promise.reject(new Error('too late')) })",
      ].join('\n'),
      'features/a.feature': `Feature: A\nScenario: loses\n  Given something is lost\n`,
      'features/b.feature': hello('one'),
    })
    const { code, stdout, stderr } = await run(['test', app.folder])
    assert.equal(code, 1)
    assert.match(
      stderr,
      /Something failed that nobody waits for, in a step or in the app; await it there:\nError: too late\n/,
    )
    assert.match(stdout, /2 scenarios \(2 passed\)/)
  })

  test('fails when the app falls over behind the last reply', async () => {
    await using app = await temporaryApp({
      'services/broken.ts':
        "import { get, service } from 'trestle'\nexport const broken = service({ on: get('/hello'), handle: () => void setTimeout(() => { throw new Error('fell over') }, 1) })\n",
      'features/a.feature': 'Feature: A\nScenario: s\n  Given URL path "/hello"\n  When the URL is invoked\n',
    })
    const { code, stderr } = await run(['test', app.folder])
    assert.equal(code, 1)
    assert.match(stderr, /Error: fell over\n/)
  })

  test('fails when a step ends the process, and survives whatever steps throw', async () => {
    await using app = await appWith({
      'features/steps/own.ts': [
        "import { step } from 'trestle/testing'",
        "export const exits = step({ phrase: 'exit', run: () => process.exit(0) })",
        'const bad = new Error()',
        "Object.defineProperty(bad, 'message', { get: () => { throw bad } })",
        'const things = [null, "text", Object.freeze({ a: 1 }), Object.create(null), bad, Object.freeze(new Error("cold"))]',
        "export const throws = step({ phrase: 'throw {int}', run: (_, index) => { throw things[index] } })",
      ].join('\n'),
      'features/a.feature': `Feature: A\nScenario Outline: <n>\n  Given throw <n>\n\nExamples:\n|n|\n|0|\n|1|\n|2|\n|3|\n|4|\n|5|\n`,
      'features/b.feature': `Feature: B\nScenario: exits\n  Given exit\n`,
    })
    const thrown = await run(['test', join(app.folder, 'features/a.feature')])
    assert.equal(thrown.code, 1)
    assert.match(thrown.stdout, /6 scenarios \(6 failed\)/)
    assert.match(
      thrown.stdout,
      /The step threw what is no error: 'text'\n.*\{ a: 1 \}\n.*cannot be looked at\n.* cold\n/s,
    )
    const { code, stderr } = await run(['test', join(app.folder, 'features/b.feature')])
    assert.equal(code, 1)
    assert.match(stderr, /^A step or the app called process\.exit\(\) while the tests ran/)
  })

  test('says once when the server cannot be reached, and looks for no server in a dry run', async () => {
    const { code, stdout, stderr } = await run(['test', employee, '--address', 'http://127.0.0.1:9'])
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(
      stderr,
      /^Nothing can be reached at http:\/\/127\.0\.0\.1:9 \(.*\): start the server, or mend --address\n$/,
    )
    assert.equal((await run(['test', employee, '--address', 'http://127.0.0.1:9', '--dry-run'])).code, 0)
  })

  test('fails with a sentence for a report that cannot be kept, and writes the others', {
    skip: process.platform !== 'linux',
  }, async () => {
    const { code, stdout, stderr } = await run([
      'test',
      employee,
      '--reporter',
      'junit:/dev/full',
      '--reporter',
      'pretty',
    ])
    assert.equal(code, 1)
    assert.match(stdout, /scenarios? \(\d+ passed\)/)
    assert.match(stderr, /^Cannot write the report \/dev\/full \(ENOSPC.*\): name another file\n$/)
  })

  test('cuts a step that hangs, and reports what was done on Ctrl-C', async () => {
    await using app = await appWith({
      'features/steps/own.ts': ownSteps,
      'features/a.feature': `${hello('one')}\nScenario: hangs\n  Given nothing ever comes back\n\nScenario: never\n  Given URL path "/"\n`,
    })
    const cut = await run(['test', app.folder, '--timeout', '0.05', '--name', 'hangs'])
    assert.equal(cut.code, 1)
    assert.match(cut.stdout, /The 0\.05 s that a scenario may take were over before this step ended/)

    await using running = start(['test', app.folder, '--reporter', 'pretty', '--reporter', `tap:${app.folder}/out.tap`])
    await running.until(/It hangs/)
    running.signal('SIGINT')
    const { code, stdout } = await running.ended
    assert.equal(code, 1)
    assert.match(stdout, /✔ Say one.*The run was ended before this step did.*The run was ended before all had run/s)
    assert.doesNotMatch(stdout, /never/)
  })

  test('fails when nothing was tested, and says why', async () => {
    await using app = await appWith({ 'features/a.feature': hello('one'), 'empty/features/readme.txt': '' })
    for (const [args, why] of [
      [['--tags', '@none', '--name', 'x'], /Nothing was tested: no scenario fits --tags '@none' and --name 'x'\n$/],
      [['empty/features'], /There are no features in .*empty\/features: their names end in \.feature\n$/],
    ] as const) {
      const { code, stderr } = await run(['test', ...args], { cwd: app.folder })
      assert.equal(code, 1)
      assert.match(stderr, why)
    }
  })

  test('tells what is wrong with how it is called, with exit code 2', async () => {
    for (const [args, why] of [
      [['none.feature'], /^There is no file or folder .*none\.feature/],
      [['--tags', '@a and', employee], /is no tag expression/],
      [['--shard', '4/3', employee], /--shard is '4\/3'/],
      [['--parallel', '0', employee], /--parallel is '0': give a whole number from 1/],
      [['--timeout', 'x', employee], /--timeout is 'x': give seconds/],
      [['--reporter', 'none', employee], /There is no reporter 'none'/],
      [['--var', 'x', employee], /--var is 'x': write it as --var name=value/],
      [
        ['--secret', 'nowhere', employee],
        /--secret nowhere has no value: set the variable, or write --secret nowhere=value/,
      ],
      [['--only', 'GET /', employee], /--only belongs to --generate/],
      [['--seed', '1', employee], /--seed belongs to --generate/],
      [['--generate', '--tags', '@a', employee], /--tags is about features/],
      [['--api', 'x.json', employee], /--api belongs to --address/],
      [[employee, join(root, 'examples/cars')], /The features are of several apps/],
    ] as const) {
      const { code, stdout, stderr } = await run(['test', ...args])
      assert.deepEqual([code, stdout], [2, ''], args.join(' '))
      assert.match(stderr, why)
      assert.equal(stderr.trim().split('\n').length, 1)
    }
  })

  test('tells all that is wrong with own steps, and lists those that features may use', async () => {
    await using app = await appWith({
      'features/a.feature': hello('one'),
      'features/steps/own.ts': 'export const x = nothing',
    })
    const { code, stderr } = await run(['test', app.folder])
    assert.deepEqual([code, stderr], [1, 'features/steps/own.ts:1 fails to load: nothing is not defined\n'])
    await app.write('features/steps/own.ts', ownSteps)
    const list = await run(['test', app.folder, '--steps'])
    assert.equal(list.code, 0)
    assert.match(list.stdout, /\n {2}the URL is invoked\n.*\nSteps of this app\n.*\n {2}the word is \{text\}\n/s)
  })

  test('writes an extension for editors with all steps, own ones too, and over nothing else', async () => {
    await using app = await appWith({ 'features/a.feature': hello('one'), 'features/steps/own.ts': ownSteps })
    const args = ['test', '--editor', 'editor']
    const { code, stdout } = await run(args, { cwd: app.folder })
    assert.equal(code, 0)
    assert.match(
      stdout,
      /^Wrote an editor extension for feature files, with the sentences of \d+ steps, to\n.*\/editor\n/,
    )
    assert.equal((await run(args, { cwd: app.folder })).code, 0)
    const snippets = JSON.parse(await readFile(join(app.folder, 'editor/snippets/steps.json'), 'utf8'))
    assert.equal(snippets['the word is "text"'].body, 'the word is "${1:text}"')

    await app.write('mine/package.json', '{ "name": "mine" }')
    const refused = await run(['test', '--editor', 'mine'], { cwd: app.folder })
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, /mine holds a package of its own: name a new folder for the editor extension\n$/)
  })

  test('makes tests from the description, and features of the faults that they find', async () => {
    await using app = await temporaryApp({
      'services/broken.ts': [
        "import { get, service } from 'trestle'",
        "import { z } from 'zod'",
        "export const broken = service({ input: z.object({ n: z.int() }), output: z.object({ n: z.int() }), on: get('/twice/{n}'),",
        "  handle: ({ input }) => { if (input.n > 100) throw new Error('too big'); return { n: input.n } } })",
      ].join('\n'),
    })
    const faults = join(app.folder, 'features')
    await mkdir(faults)
    const args = ['test', '--generate', app.folder, '--seed', '7', '--examples', '20', '--save-faults', faults]
    const { code, stdout, stderr } = await run(args)
    assert.equal(code, 1, stderr)
    assert.match(stdout, /seed 7\n/)
    const written = await readdir(faults)
    assert.ok(written.includes('get-twice-n-server-error-500.feature'), `${written}`)
    const again = await run(['test', app.folder, '--name', 'does not fail'])
    assert.equal(again.code, 1)
    assert.match(again.stdout, /too big/)
    const document = join(app.folder, 'api.json')
    await writeFile(document, (await run(['openapi', app.folder])).stdout)
    const noServer = await run(['test', '--generate', document])
    assert.equal(noServer.code, 2)
    assert.match(noServer.stderr, /does not say where its API is served: add --address <url>/)
  })
})

suite('trestle test --watch', { concurrency: 2 }, () => {
  test('runs a saved feature alone, all features for saved code, and ends with 0 on Ctrl-C', async () => {
    await using app = await appWith({ 'features/a.feature': hello('one'), 'features/b.feature': hello('one') })
    await using running = start([
      'test',
      app.folder,
      '--watch',
      '--reporter',
      'pretty',
      '--reporter',
      `json:${app.folder}/report.json`,
    ])
    await running.until(/2 scenarios \(2 passed\).*Watching .*: Enter runs all tests, q quits/s)

    await app.write('features/b.feature', hello('two'))
    await running.until(/Saved features\/b\.feature\n.*1 scenario \(1 failed\).*Watching/s)

    await app.write('services/greeting.ts', helloFile('two'))
    const [all] = await running.until(
      /Saved services\/greeting\.ts: 2 features use it\n.*2 scenarios \(1 passed, 1 failed\)/s,
    )
    // What failed the last time comes first.
    assert.ok(all.indexOf('features/b.feature  ') < all.indexOf('features/a.feature'), all)
    await running.until(/Watching/)
    running.signal('SIGINT')
    assert.equal((await running.ended).code, 0)
  })

  test('runs for a saved service, and for what it imports, the features that have called it', async () => {
    const other = (path: string, handle: string): string =>
      `import { get, service } from 'trestle'\nimport { word } from '../words.ts'\nexport const it = service({ on: get('/${path}'), handle: ${handle} })\n`
    const feature = (path: string): string =>
      `Feature: F\n\nScenario: ${path}\n  Given URL path "/${path}"\n  When the URL is invoked\n  Then status is "204"\n`
    await using app = await appWith({
      'words.ts': "export const word = 'one'\n",
      'services/direct.ts': other('direct', '() => ({ word })'),
      'services/behind.ts': other('behind', "async ({ invoke }) => await invoke('greeting.hello')"),
      'features/hello.feature': hello('one'),
      'features/direct.feature': feature('direct'),
      'features/behind.feature': feature('behind'),
    })
    await using running = start(['test', app.folder, '--watch'])
    await running.until(/3 scenarios \(3 passed\).*Watching/s)

    await app.write('services/direct.ts', other('direct', "() => ({ word, more: 'x' })"))
    const [one] = await running.until(
      /Saved services\/direct\.ts: 1 feature uses it\n.*1 scenario \(1 passed\).*Watching/s,
    )
    assert.match(one, /direct\.feature/)

    // Another service invokes it, which no route says.
    await app.write('services/greeting.ts', helloFile('two'))
    await running.until(
      /Saved services\/greeting\.ts: 2 features use it\n.*2 scenarios \(1 passed, 1 failed\).*Watching/s,
    )

    await app.write('words.ts', "export const word = 'two'\n")
    await running.until(/Saved words\.ts: 2 features use it\n.*2 scenarios \(2 passed\).*Watching/s)

    // While the app does not start, what was to run is owed.
    await app.write('services/direct.ts', 'nonsense(')
    await running.until(/Saved services\/direct\.ts: 1 feature uses it\n.*direct\.ts.*Watching/s)
    await app.write('services/greeting.ts', helloFile('one'))
    await running.until(/Saved services\/greeting\.ts: 2 features use it\n.*direct\.ts.*Watching/s)
    await app.write('services/direct.ts', other('direct', '() => ({ word })'))
    await running.until(/Saved services\/direct\.ts: 1 feature uses it\n.*3 scenarios \(3 passed\).*Watching/s)
    running.signal('SIGINT')
    assert.equal((await running.ended).code, 0)
  })

  test('runs all on Enter, and ends on q', async () => {
    await using app = await appWith({ 'features/a.feature': hello('one') })
    await using running = start(['test', app.folder, '--watch'], { input: '\nq' })
    assert.equal((await running.ended).code, 0)
  })
})
