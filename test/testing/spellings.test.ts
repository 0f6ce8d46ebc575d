import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { phrasesOf } from '../../src/testing/plain-english/phrases.ts'
import { builtInSteps } from '../../src/testing/plain-english/steps/all-steps.ts'
import { zatoSentences } from './zato-sentences.ts'

const phrases = phrasesOf(builtInSteps)

for (const [title, all] of Object.entries(zatoSentences)) {
  suite(`each sentence about ${title} is read by exactly one step`, () => {
    for (const sentence of all) {
      test(sentence, () => {
        assert.deepEqual(phrases(sentence).map(({ phrase }) => phrase).length, 1, said(sentence))
      })
    }
  })
}

test('no two steps have one phrase', () => {
  const all = builtInSteps.flatMap((step) => step.phrases)
  const twice = all.filter((phrase, index) => all.indexOf(phrase) !== index)
  assert.deepEqual(twice, [])
})

function said(sentence: string): string {
  return `read by ${
    phrases(sentence)
      .map(({ phrase }) => phrase)
      .join(' and ') || 'nothing'
  }`
}
