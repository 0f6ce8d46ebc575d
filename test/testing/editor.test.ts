import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { dialects } from '@cucumber/gherkin'
import { root } from '../../scripts/root.ts'
import { editorFiles } from '../../src/testing/plain-english/editor/editor-files.ts'
import { featureGrammar } from '../../src/testing/plain-english/editor/grammar.ts'
import { phraseParts } from '../../src/testing/plain-english/editor/phrase-parts.ts'
import { completions } from '../../src/testing/plain-english/editor/snippets.ts'
import { stepReference } from '../../src/testing/plain-english/editor/step-reference.ts'
import { phrasesOf } from '../../src/testing/plain-english/phrases.ts'
import { step } from '../../src/testing/plain-english/step.ts'
import { builtInSteps, stepFamilies } from '../../src/testing/plain-english/steps/all-steps.ts'

suite('phrases in pieces', () => {
  test('have no escapes, the first of alternatives, and what may be left out', () => {
    const words = (phrase: string): string =>
      phraseParts(phrase)
        .map((part) => ('words' in part ? part.words : `<${part.placeholder}>`))
        .join('')
    assert.equal(words('path {text} is {value} \\(with literal_eval)'), 'path <text> is <value> (with literal_eval)')
    assert.equal(words('a GET/POST is sent to {int} item(s)'), 'a GET is sent to <int> items')
    assert.equal(words('JSON\\/XML'), 'JSON/XML')
  })
})

suite('the sentences that an editor offers', () => {
  const values: Readonly<Record<string, string>> = { int: '1', float: '1.5', word: 'w' }

  test('are each understood, as the phrase that they are made from', () => {
    const phrases = phrasesOf(builtInSteps)
    for (const { phrase, snippet } of completions(stepFamilies)) {
      const sentence = snippet
        .replaceAll(/(?<!\\)\$\{\d+:(\w*)\}/g, (_, name: string) => values[name] ?? 'x')
        .replaceAll(/\\([$}\\])/g, '$1')
      assert.ok(
        phrases(sentence).some((match) => match.step.phrases.includes(phrase)),
        `${sentence} is not understood as ${phrase}`,
      )
    }
  })

  test('hold the steps of the app too', () => {
    const mine = step({ phrase: 'order {int} of {text} is $paid', run: () => {} })
    assert.deepEqual(completions([{ title: 'Own steps', steps: [mine] }]), [
      {
        phrase: 'order {int} of {text} is $paid',
        label: 'order <int> of "text" is $paid',
        snippet: 'order ${1:int} of "${2:text}" is \\$paid',
        family: 'Own steps',
        summary: '',
      },
    ])
  })
})

suite('the grammar for editors', () => {
  const [, , heading, , , line] = featureGrammar().patterns

  test('knows the headings and keywords of every language', () => {
    for (const [language, dialect] of Object.entries(dialects)) {
      for (const word of [...dialect.feature, ...dialect.rule, ...dialect.scenarioOutline, ...dialect.examples]) {
        assert.match(`  ${word}: title`, new RegExp(heading?.match ?? 'nothing', 'u'), `${language}: ${word}`)
      }
      for (const word of [...dialect.given, ...dialect.when, ...dialect.then, ...dialect.and, ...dialect.but]) {
        assert.match(`  ${word}x`, new RegExp(line?.begin ?? 'nothing', 'u'), `${language}: ${word}`)
      }
    }
  })

  test('comes with files that an editor can read', () => {
    const files = editorFiles(stepFamilies, '0.1.0')
    const manifest = JSON.parse(files['package.json'] ?? '')
    for (const { path } of [...manifest.contributes.grammars, ...manifest.contributes.snippets]) {
      JSON.parse(files[path.replace('./', '')] ?? `nothing at ${path}`)
    }
    assert.equal(manifest.version, '0.1.0')
  })
})

test('the page of all steps is made from the table (UPDATE_SNAPSHOT=1 writes it)', async () => {
  const path = join(root, 'docs', 'reference', 'steps.md')
  const page = stepReference(stepFamilies)
  if (process.env.UPDATE_SNAPSHOT === '1') await writeFile(path, page)
  assert.equal(await readFile(path, 'utf8'), page, 'run UPDATE_SNAPSHOT=1 npm test -- test/testing/editor.test.ts')
})
