import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { suite, test } from 'node:test'
import type { FeatureFile, Scenario } from '../feature-file.ts'
import type { RunResult, ScenarioResult, Status } from '../result.ts'
import { findFeatures, uriOf } from './find-features.ts'
import { importSteps, plainImportFault, stepFolders } from './own-steps.ts'
import { readFeatures } from './read-features.ts'
import { failedBefore, noteFailed } from './rerun.ts'
import { RunFault } from './run-fault.ts'

const stepModule = new URL('../step.ts', import.meta.url).href

interface Folder extends AsyncDisposable {
  readonly at: (path: string) => string
}

async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Folder> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'trestle-features-')))
  const at = (path: string): string => join(folder, path)
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(at(path)), { recursive: true })
    await writeFile(at(path), content)
  }
  return { at, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

function resultOf(features: readonly FeatureFile[], statusOf: (scenario: Scenario) => Status): RunResult {
  const started = new Date(0)
  const scenarioResult = (feature: FeatureFile, scenario: Scenario): ScenarioResult => ({
    feature,
    scenario,
    status: statusOf(scenario),
    steps: [],
    duration: 0,
    started,
    exchange: undefined,
  })
  return {
    features: features.map((feature) => ({
      feature,
      scenarios: feature.scenarios.map((each) => scenarioResult(feature, each)),
      duration: 0,
    })),
    duration: 0,
    started,
    ok: true,
    cut: false,
  }
}

suite('feature files', () => {
  test('are found in order, in Markdown too, and not in dependencies or hidden folders', async () => {
    await using folder = await folderOf({
      'features/b.feature': '',
      'features/deep/a.feature.md': '',
      'features/notes.md': '',
      'features/node_modules/x.feature': '',
      'features/.hidden/x.feature': '',
    })
    const found = findFeatures([folder.at('features'), folder.at('features/b.feature')])
    assert.deepEqual(found, [folder.at('features/b.feature'), folder.at('features/deep/a.feature.md')])
    assert.throws(() => findFeatures([folder.at('none')]), /There is no file or folder .*none: mend the path/)
    assert.throws(() => findFeatures([folder.at('features/notes.md')]), /notes\.md is no feature/)
    assert.equal(uriOf(folder.at('features/b.feature'), folder.at('.')), 'features/b.feature')
    assert.equal(uriOf('/else/b.feature', folder.at('.')), '/else/b.feature')
  })

  test('that cannot be read are features with a fault; examples come from files beside them', async () => {
    await using folder = await folderOf({
      'latin.feature': new Uint8Array([0x46, 0xe9, 0x0a]),
      'data.feature': 'Feature: A\nScenario: s\n Given <a>\n Examples: from "data/a.csv"',
      'data/a.csv': 'a\n1\n',
    })
    const [latin, data, gone] = readFeatures(
      [folder.at('latin.feature'), folder.at('data.feature'), folder.at('x.feature')],
      folder.at('.'),
    )
    assert.match(latin?.faults[0]?.message ?? '', /latin\.feature is not in UTF-8: save it in that encoding/)
    assert.equal(data?.scenarios[0]?.steps[0]?.text, '1')
    assert.match(gone?.faults[0]?.message ?? '', /ENOENT/)
  })
})

suite('own steps', () => {
  const stepFile = (phrase: string, name = 'mine'): string =>
    `import { step } from '${stepModule}'\nexport const other = 1\nexport const ${name} = step({ phrase: '${phrase}', run: () => {} })\n`

  test('are exported by files in the folders named steps beside features and above them', async () => {
    await using folder = await folderOf({
      'features/steps/a.ts': stepFile('one'),
      'features/steps/deep/b.js': stepFile('two'),
      'features/steps/a.test.ts': 'throw new Error()',
      'features/hr/steps/c.ts': `${stepFile('three')}export { mine as again } from '../../steps/a.ts'\n`,
    })
    const folders = stepFolders([folder.at('features/hr/x.feature')], folder.at('.'))
    const steps = await importSteps(folders, plainImportFault)
    assert.deepEqual(steps.flatMap(({ phrases }) => phrases).sort(), ['one', 'three', 'two'])
    assert.deepEqual(stepFolders([folder.at('features/x.feature')], folder.at('features')), [
      folder.at('features/steps'),
    ])
  })

  test('that are broken are all told at once, with file and reason', async () => {
    await using folder = await folderOf({
      'steps/a.ts': stepFile('same'),
      'steps/b.ts': stepFile('same', 'twin'),
      'steps/c.ts': 'export const x = nothing\n',
      'steps/d.ts': stepFile('a {nonsense} value'),
    })
    await assert.rejects(importSteps([folder.at('steps')], plainImportFault), (error) => {
      assert.ok(error instanceof RunFault)
      const [twins, broken, phrase] = error.reasons
      assert.match(twins ?? '', /'mine' in .*a\.ts and 'twin' in .*b\.ts have the same phrase "same": reword one/)
      assert.match(broken ?? '', /c\.ts fails to load: nothing is not defined/)
      assert.match(phrase ?? '', /The phrase "a \{nonsense\} value" of 'mine' in .*d\.ts is none: .*nonsense/)
      return true
    })
  })
})

suite('the list of what failed', () => {
  test('takes the place of files only: what a link leads to is written, and a folder is refused', async () => {
    await using folder = await folderOf({ 'a.feature': 'Feature: A\nScenario: one\n Given x', 'kept.txt': '' })
    await symlink(folder.at('kept.txt'), folder.at('link.txt'))
    const all = readFeatures([folder.at('a.feature')], folder.at('.')).map((each) => ({
      ...each,
      uri: folder.at(each.uri),
    }))
    const list = { file: folder.at('link.txt'), folder: folder.at('.') }
    noteFailed(
      list,
      resultOf(all, () => 'failed'),
      all,
    )
    assert.equal(await readFile(folder.at('kept.txt'), 'utf8'), 'a.feature:2\n')
    assert.deepEqual((await readdir(folder.at('.'))).sort(), ['a.feature', 'kept.txt', 'link.txt'])
    assert.throws(() => failedBefore({ ...list, file: folder.at('.') }), RunFault)
  })

  test('has what failed when it last ran, and keeps what did not run this time', async () => {
    await using folder = await folderOf({
      'a.feature': 'Feature: A\nScenario: one\n Given x\nScenario: two\n Given x\nScenario: three\n Given x',
      'b.feature': 'Feature: B\nScenario: four\n Given x',
      'broken.feature': 'Feature: A\nScenario: x\n Given x\n wrong',
    })
    const list = { file: folder.at('.trestle/rerun.txt'), folder: folder.at('.') }
    const all = readFeatures(
      ['a', 'b', 'broken'].map((name) => folder.at(`${name}.feature`)),
      folder.at('.'),
    )
      // Their names are found from the folder that the test runs in.
      .map((each) => ({ ...each, uri: folder.at(each.uri) }))
    const [a, b, broken] = all
    assert.ok(a && b && broken)
    noteFailed(
      list,
      resultOf([a, b], () => 'passed'),
      all,
    )
    await assert.rejects(readFile(list.file), /ENOENT/)

    noteFailed(
      list,
      resultOf(all, ({ name }) => (name === 'two' || name === 'four' ? 'failed' : 'passed')),
      all,
    )
    assert.equal(await readFile(list.file, 'utf8'), 'a.feature:4\nb.feature:2\nbroken.feature\n')
    assert.deepEqual(failedBefore(list)[0], { path: folder.at('a.feature'), lines: [4] })

    const three = { ...a, scenarios: a.scenarios.slice(2) }
    noteFailed(
      list,
      resultOf([three], () => 'undefined'),
      all,
    )
    assert.deepEqual(failedBefore(list).find(({ path }) => path === folder.at('a.feature'))?.lines, [4, 6])

    await rm(folder.at('b.feature'))
    noteFailed(
      list,
      resultOf([a], ({ name }) => (name === 'two' ? 'failed' : 'skipped')),
      all,
    )
    assert.deepEqual(
      failedBefore(list).map(({ lines }) => lines),
      [[], [4, 6]],
    )
    noteFailed(
      list,
      resultOf([a, { ...broken, faults: [] }], () => 'passed'),
      all,
    )
    assert.equal(await readFile(list.file, 'utf8'), '')
  })
})
