import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { phrasesOf } from '../../src/testing/plain-english/phrases.ts'
import { builtInSteps } from '../../src/testing/plain-english/steps/all-steps.ts'

const { near } = phrasesOf(builtInSteps)

const meant: Readonly<Record<string, string>> = {
  'URL path “/get”': 'URL path "/get"',
  "URL path '/get'": 'URL path "/get"',
  'URL path „/get“': 'URL path "/get"',
  'URL path /get': 'URL path "/get"',
  'Url path "/get"': 'URL path "/get"',
  'URL pth "/get"': 'URL path "/get"',
  'URL\tpath  "/a  b"': 'URL path "/a  b"',
  'URL path "/get".': 'URL path "/get"',
  'When the URL is invoked': 'the URL is invoked',
  'the url is  invoked;': 'the URL is invoked',
  'the URL was invoked': 'the URL is invoked',
  'Status is 200.': 'status is "200"',
  'path "/a" is 5': 'path "/a" is "5"',
  'path /a is "b c"': 'path "/a" is "b c"',
  'path "/a" iz "b"': 'path "/a" is "b"',
  'path "/a" is an integer 30': 'path "/a" is an integer "30"',
  'path "/a" is JSON \'{"a": 1}\'': 'path "/a" is JSON "{"a": 1}"',
  'path "/a" is JSN "{"a": "b, c"}"': 'path "/a" is JSON "{"a": "b, c"}"',
  'header "X-A" contain "b"': 'header "X-A" contains "b"',
  'header “X-A” doesn’t exist': `header "X-A" doesn't exist`,
  'adress "http://localhost"': 'address "http://localhost"',
  'Basic auth "ann" "p$A#s@s"': 'Basic Auth "ann" "p$A#s@s"',
  'address http://localhost:17010/': 'address "http://localhost:17010/"',
  'I store #a under "b"': 'I store "#a" under "b"',
}

suite('a sentence that no step reads is compared with those that are', () => {
  for (const [sentence, expected] of Object.entries(meant)) {
    test(sentence, () => assert.equal(near(sentence), expected))
  }
  for (const sentence of ['the shop is open', 'two coins are put in', '']) {
    test(`nothing is near '${sentence}'`, () => assert.equal(near(sentence), undefined))
  }
})
