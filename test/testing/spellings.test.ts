import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { phrasesOf } from '../../src/testing/plain-english/phrases.ts'
import { builtInSteps } from '../../src/testing/plain-english/steps/all-steps.ts'

const paths = ['path "/a"', 'JSON Pointer "/a"']
const headers = ['header "X"', 'HTTP header "X"']
const dates = [
  'is a random date "default"',
  'is now "default"',
  'is UTC now "default"',
  'is UTC now "default" minus one hour',
  'is a random date after "2026-01-01" "day"',
  'is a random date before "2026-01-01" "day"',
  'is a random date between "2026-01-01" and "2026-02-01" "day"',
]

/** Every sentence that Zato's tool reads, in old spellings too. */
const sentences: Readonly<Record<string, readonly string[]>> = {
  'what is sent': [
    'address "http://localhost:17010"',
    'URL path "/api"',
    'HTTP method "POST"',
    'REST method "POST"',
    'format "JSON"',
    'request format "JSON"',
    'response format "JSON"',
    'user agent is "x"',
    'header "X" "y"',
    'request "x.json"',
    'request is "{"a": "b"}"',
    'request file "a" is "b.png"',
    'request param "a" is "b"',
    'form field "a" is "b"',
    'query string "?a=b"',
    'date format "day" "YYYY-MM-DD"',
    'Basic Auth "user" "password"',
    'I store "value" under "name"',
    'I store a random string under "name"',
    'I store a random integer under "name"',
    'I store a random float under "name"',
    'I store a random date under "name", format "default"',
    'I encode "value" using Base64 under "name"',
    'OAuth2 endpoint "http://localhost/token"',
    'OAuth2 credentials "user" "password"',
    'OAuth2 scopes "a b"',
    'OAuth2 grant type "password"',
    'OAuth2 extra fields "a=b,c=d"',
    'OAuth2 client ID field "id"',
    'OAuth2 client secret field "secret"',
    'OAuth2 request format "json"',
    'I store an OAuth2 bearer token under "token"',
    'OAuth2 bearer token "#token"',
  ],
  'JSON in the request': paths.flatMap((path) =>
    [
      'is "b"',
      'is "[1, 2]" (with literal_eval)',
      'is a UUID',
      'is a UUID4',
      'is an integer "1"',
      'is a float "1.5"',
      'is a list "a, b"',
      'is a random string',
      'is a random integer',
      'is a random float',
      'is one of "a, b"',
      'is True',
      'is False',
      ...dates,
    ].map((what) => `${path} in request ${what}`),
  ),
  'XML in the request': [
    'namespace prefix "n" of "urn:x"',
    'SOAP action "x"',
    ...['is "b"', 'is a random string', 'is a random integer', 'is a random float', 'is one of "a, b"', ...dates]
      .filter((what) => !what.includes('minus'))
      .map((what) => `XPath "/a" in request ${what}`),
  ],
  sending: ['the URL is invoked', 'this scenario is invoked', 'this step is invoked'],
  'status and headers': [
    'status is "200"',
    ...headers.flatMap((header) =>
      [
        'is "y"',
        'is not "y"',
        `isn't "y"`,
        'contains "y"',
        'does not contain "y"',
        `doesn't contain "y"`,
        'exists',
        'does not exist',
        `doesn't exist`,
        'is empty',
        'is not empty',
        `isn't empty`,
        'starts with "y"',
        'does not start with "y"',
        `doesn't start with "y"`,
        'ends with "y"',
        'does not end with "y"',
        `doesn't end with "y"`,
      ].map((what) => `${header} ${what}`),
    ),
  ],
  'what is shared': [
    'I store "/a" from response under "name"',
    'I store "/a" from response under "name", default "b"',
    'context is cleaned up',
    'form is cleaned up',
    'OAuth2 context is cleaned up',
    'context is logged',
    'I proceed further',
    'I sleep for "0.5"',
  ],
  'JSON in the response': [
    ...paths.flatMap((path) =>
      [
        'is "b"',
        'is "[1, 2]" (with literal_eval)',
        'is JSON "{"a": 1}"',
        'is JSON equal to that from "x.json"',
        'is an integer "1"',
        'is a float "1.5"',
        'is any integer',
        'is any float',
        'is any bool',
        'is any string',
        'is a uuid',
        'is a list "a, b"',
        'is empty',
        'is not empty',
        `isn't empty`,
        'is an empty list',
        'is not an empty list',
        'is an empty dict',
        'is one of "a, b"',
        'is not one of "a, b"',
        `isn't one of "a, b"`,
        'is True',
        'is False',
        'is null',
        'is not a string "b"',
        'starts with "b"',
        'starts with any of "a, b"',
        'ends with "b"',
        'contains "b"',
        'contains data from "x.json"',
        'is a BASE32 Crockford, checksum "true"',
      ].map((what) => `${path} ${what}`),
    ),
    'JSON response exists',
    'JSON response does not exist',
    'JSON response is equal to "{"a": 1}"',
    'response is equal to "{"a": 1}"',
    'response is equal to that from "x.json"',
  ],
  'XML in the response': [
    'is "b"',
    'is an integer "1"',
    'is a float "1.5"',
    'is empty',
    `isn't empty`,
    'is one of "a, b"',
    `isn't one of "a, b"`,
  ].map((what) => `XPath "/a" ${what}`),
  variables: [
    'is a list "a, b"',
    'is an empty list',
    'is an integer "1"',
    'is a float "1.5"',
    'is a string "b"',
    'is True',
    'is False',
    'is any string',
    'is any list',
    'is any dict',
    'is any integer',
    'is any float',
    'is any UUID4',
    'is any Boolean',
  ].map((what) => `variable "#name" ${what}`),
}

const phrases = phrasesOf(builtInSteps)

for (const [title, all] of Object.entries(sentences)) {
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
