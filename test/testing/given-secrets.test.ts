import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { makeReporters, reporterNames } from '../../src/testing/plain-english/report/reporters.ts'
import { digestEndpoint } from './digest-endpoint.ts'
import { httpbinTarget, runText } from './feature-runner.ts'

const secret = 'Zx9-hidden&word'
const anything = 'Given REST method "POST"\nAnd URL path "/anything"\n'
const failing = '\nWhen the URL is invoked\nThen path "/no" is "1"\nAnd status is "201"'

/** Ways to give a secret, or to get one, in scenarios that fail. */
const ways: Readonly<Record<string, string>> = {
  'Basic Auth': `${anything}And Basic Auth "ann" "${secret}"${failing}`,
  'Digest Auth': `Given URL path "/digest"\nAnd Digest Auth "ann" "${secret}"${failing}`,
  'a bearer token': `${anything}And bearer token "${secret}"${failing}`,
  'an API key in a header': `${anything}And API key "${secret}" in header "X-Mine"${failing}`,
  'an API key in the query': `${anything}And API key "${secret}" in query "mine"${failing}`,
  'an API key in a cookie': `${anything}And API key "${secret}" in cookie "mine"${failing}`,
  'a header': `${anything}And header "Authorization" "Bearer ${secret}"${failing}`,
  'another header': `${anything}And another header "Authorization" "Bearer ${secret}"${failing}`,
  'a session cookie': `${anything}And cookie "session_id" "${secret}"${failing}`,
  'a form field': `${anything}And form field "password" is "${secret}"${failing}`,
  'a query parameter': `${anything}And query parameter "api_key" is "${secret}"${failing}`,
  'a member of the request': `${anything}And path "/user/password" in request is "${secret}"${failing}`,
  'a row of the request': `${anything}And the JSON request has\n  | /password | ${secret} |${failing}`,
  'the password of an address': `Given address "http://ann:${encodeURIComponent(secret)}@localhost:17010"${failing}`,
  'OAuth 2 credentials': `Given OAuth2 endpoint "/status/400"\nAnd OAuth2 credentials "ann" "${secret}"\nAnd I use an OAuth2 bearer token`,
  'an OAuth 2 field': `Given OAuth2 endpoint "/status/400"\nAnd OAuth2 extra fields "client_secret=${secret}"\nAnd I use an OAuth2 bearer token`,
  'what is stored as a password': `Given I store "${secret}" under "password"\nThen variable "#password" is "x"`,
  'stored values of a table': `Given I store these values\n  | api_token | ${secret} |\nThen variable "#api_token" is "x"`,
  'a token of a reply': `Given URL path "/login"\nWhen the URL is invoked\nThen path "/access_token" is "x"\nAnd the response is equal to "{}"`,
  'a token of a reply that is used': `Given URL path "/login"\nWhen the URL is invoked\nThen I store "/access_token" from response under "mine"\nAnd the response does not contain "#mine"`,
  'a database': `Given I connect to "mysql://root:${encodeURIComponent(secret)}@localhost/db" as "db"`,
}

const described = await httpbinTarget((request) => {
  const { pathname } = new URL(request.url)
  if (pathname === '/digest') return digestEndpoint(request)
  return pathname === '/login' ? Response.json({ access_token: secret, note: `it is ${secret}` }) : undefined
})
const target = { ...described, api: undefined }
after(() => described[Symbol.asyncDispose]())

const forms = [
  ...[secret, encodeURIComponent(secret), secret.replace('&', '&amp;'), Buffer.from(secret).toString('base64')],
  Buffer.from(`ann:${secret}`).toString('base64'),
]

for (const name of reporterNames) {
  suite(`the report ${name} does not show a secret`, () => {
    for (const [way, lines] of Object.entries(ways)) {
      test(`of ${way}`, async () => {
        let text = ''
        const standardOutput = {
          write: (part: string) => {
            text += part
          },
          ...{ colors: false, live: false, columns: 100, folder: '/' },
        }
        const result = await runText(`Feature: tested\n  Scenario: tested\n${lines}\n`, target, {
          reporterFor: (secrets) => makeReporters([name], { standardOutput, secrets }),
        })
        assert.equal(result.features[0]?.scenarios[0]?.status, 'failed')
        assert.notEqual(text, '')
        const shown = forms.filter((form) => text.includes(form))
        assert.deepEqual(shown, [])
      })
    }
  })
}
