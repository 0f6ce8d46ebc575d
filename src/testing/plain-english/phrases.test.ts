import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { phraseFault, phrasesOf } from './phrases.ts'
import { type Step, step } from './step.ts'

const does = (phrase: string, ...also: readonly string[]): Step => step({ phrase, also, run: () => {} })

function found(phrases: ReturnType<typeof phrasesOf>, sentence: string): readonly string[] {
  return phrases(sentence).map(({ phrase, values }) => [phrase, ...values.map(({ raw }) => raw)].join(' | '))
}

suite('phrases', () => {
  test('fit sentences as a whole, in all their spellings, with the values between quotes', () => {
    const phrases = phrasesOf([
      does('path {text} is {value}', 'JSON Pointer {text} is {value}'),
      does('wait {int} seconds'),
    ])
    assert.deepEqual(found(phrases, 'path "/a" is "1"'), ['path {text} is {value} | /a | 1'])
    assert.deepEqual(found(phrases, 'JSON Pointer "/a" is ""'), ['JSON Pointer {text} is {value} | /a | '])
    assert.deepEqual(found(phrases, 'wait 7 seconds'), ['wait {int} seconds | 7'])
    for (const sentence of ['path "/a" is "1" now', 'a path "/a" is "1"', 'PATH "/a" is "1"', '']) {
      assert.deepEqual(found(phrases, sentence), [], sentence)
    }
  })

  test('hold values with quotes inside, as JSON has them', () => {
    const phrases = phrasesOf([does('request is {text}')])
    assert.deepEqual(found(phrases, 'request is "{"a": "b"}"'), ['request is {text} | {"a": "b"}'])
  })

  test('that say more come before those that say less, and own ones before built-in ones that say as much', () => {
    const phrases = phrasesOf(
      [does('path {text} is {value}'), does('path {text} is one of {value}'), does('x {text}')],
      [does('x {name}')],
    )
    assert.deepEqual(found(phrases, 'path "/a" is one of "b"'), ['path {text} is one of {value} | /a | b'])
    assert.deepEqual(found(phrases, 'x "y"'), ['x {name} | y'])
  })

  test('that nothing tells apart are all found', () => {
    assert.equal(phrasesOf([does('x {text}'), does('x {name}')])('x "y"').length, 2)
    assert.equal(phrasesOf([does('x {text}', 'x {name}')])('x "y"').length, 1)
  })

  test('say where their values stand in the sentence', () => {
    const [match] = phrasesOf([does('path {text} is {value}')])('path "/a" is "b"')
    assert.deepEqual(
      match?.values.map(({ placeholder, start, end }) => [placeholder, start, end]),
      [
        ['text', 5, 9],
        ['value', 13, 16],
      ],
    )
  })

  test('that are no Cucumber expressions are told with the reason', () => {
    assert.equal(phraseFault('there are {int} item(s)'), undefined)
    assert.match(phraseFault('an {unknown} value') ?? '', /^there is no placeholder \{unknown\}: use one of .*\{text\}/)
    assert.match(phraseFault('an (open one') ?? '', /does not have a matching/)
  })
})
