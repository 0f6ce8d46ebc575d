import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { root } from '../../scripts/root.ts'
import { helloFile, temporaryApp } from './temporary-app.ts'
import { bin, run } from './trestle.ts'

const commands = ['new', 'dev', 'start', 'routes', 'openapi', 'invoke']

suite('the command line', { concurrency: true }, () => {
  test('lists the commands with --help', async () => {
    const { code, stdout, stderr } = await run(['--help'])
    assert.equal(code, 0)
    assert.equal(stderr, '')
    for (const command of commands) assert.match(stdout, new RegExp(`^  ${command} .*\\w`, 'm'))
  })

  for (const command of commands) {
    test(`explains ${command} with --help`, async () => {
      const { code, stdout, stderr } = await run([command, '--help'])
      assert.equal(code, 0)
      assert.equal(stderr, '')
      assert.match(stdout, new RegExp(`^Usage: trestle ${command} `))
    })
  }

  test('prints its version', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    assert.deepEqual(await run(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' })
  })

  test('shows the help on standard error when no command is given', async () => {
    const { code, stdout, stderr } = await run([])
    assert.equal(code, 2)
    assert.equal(stdout, '')
    assert.match(stderr, /^Usage: trestle /)
  })

  const usage: Readonly<Record<string, readonly [string[], RegExp]>> = {
    'an unknown command': [['strat'], /^Unknown command 'strat' \(Did you mean start\?\): see 'trestle --help'$/],
    'an unknown option': [['start', '--prot', '1'], /^Unknown option '--prot' .*--port.*: see 'trestle start --help'$/],
    'an option without its value': [['start', '--port'], /^Option '--port <number>' argument missing: see/],
    'a port that is no number': [['start', '--port', 'abc'], /^--port is 'abc', which is no port: .* 65535$/],
    'a port that is too high': [['dev', '--port', '70000'], /^--port is '70000', which is no port: .* 65535$/],
    'an empty port': [['start', '--port', ''], /^--port is '', which is no port: .* 65535$/],
    'a negative number of workers': [['start', '--workers', '-1'], /^--workers is '-1': give the number of processes/],
    'two folders': [['routes', 'a', 'b'], /^Too many arguments for 'routes'\. .*: see 'trestle routes --help'$/],
    'no folder to make': [['new'], /^Missing required argument 'folder': see 'trestle new --help'$/],
    'no service to call': [['invoke'], /^Missing required argument 'service': see 'trestle invoke --help'$/],
    'an input that is not JSON': [['invoke', 'a.b', '{a: 1}'], /^The input is not JSON \(.*\): write it as/],
    'an unknown format': [
      ['openapi', '--format', 'xml'],
      /'xml' is invalid\. .*json, yaml: see 'trestle openapi --help'$/,
    ],
    'an unknown version of OpenAPI': [['openapi', '--version', '2.0'], /'2\.0' is invalid\. .*3\.0, 3\.1, 3\.2: see/],
  }
  for (const [what, [args, sentence]] of Object.entries(usage)) {
    test(`refuses ${what} with exit code 2`, async () => {
      await using app = await temporaryApp({ 'services/greeting.ts': helloFile('hi') })
      const { code, stdout, stderr } = await run(args, { cwd: app.folder })
      assert.equal(code, 2, stderr)
      assert.equal(stdout, '')
      assert.match(stderr.trimEnd(), sentence)
    })
  }

  const refused: Readonly<Record<string, readonly [string[], RegExp]>> = {
    'a folder that does not exist': [
      ['start', 'none'],
      /^There is no folder .*none: name the folder of an app, or make/,
    ],
    'a file': [['dev', 'services/greeting.ts'], /greeting\.ts is a file: name the folder of the app instead$/],
    'a folder that is no app': [['routes', 'services'], /^\S*services has no services: write .*npx trestle new/],
  }
  for (const [what, [args, sentence]] of Object.entries(refused)) {
    test(`refuses ${what} with exit code 1`, async () => {
      await using app = await temporaryApp({ 'services/greeting.ts': helloFile('hi') })
      const { code, stdout, stderr } = await run(args, { cwd: app.folder })
      assert.equal(code, 1, stderr)
      assert.equal(stdout, '')
      assert.match(stderr.trimEnd(), sentence)
    })
  }

  test('lists every reason why an app cannot start, without a stack', async () => {
    await using app = await temporaryApp({
      'services/a.ts': `${helloFile('a')}export const other = service({ on: get('hello'), handle: () => {} })\n`,
      'services/b.ts': helloFile('b').replace('/hello', '/{word}'),
    })
    const { code, stdout, stderr } = await run(['start', app.folder, '--port', '0'])
    assert.equal(code, 1)
    assert.equal(stdout, '')
    assert.match(stderr, /b\.hello has no member 'word': add it there$/m)
    assert.doesNotMatch(stderr, /^ +at /m)
  })

  test('says in one sentence that Node is too old', async () => {
    const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })"
    const args = ['--import', `data:text/javascript,${encodeURIComponent(older)}`, bin, 'start']
    await assert.rejects(promisify(execFile)(process.execPath, args), {
      code: 1,
      stdout: '',
      stderr: /^Trestle needs Node 24 or newer; this is 20\.20\.2: install a newer one .*\n$/,
    })
  })
})
