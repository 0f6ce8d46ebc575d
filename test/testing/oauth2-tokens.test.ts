import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { faultsOf, httpbinTarget, runLines } from './feature-runner.ts'
import { toldServer } from './told-server.ts'

const target = await httpbinTarget()
after(() => target[Symbol.asyncDispose]())

suite('a request for an OAuth 2 token', () => {
  const answer = () =>
    toldServer(
      (_, response) => void response.setHeader('Content-Type', 'application/json').end('{"access_token":"abc-123"}'),
    )
  const lines = (url: string, more: string): string =>
    `Given OAuth2 endpoint "${url}/token"\nAnd OAuth2 credentials "ann" "secret"\n${more}And I store an OAuth2 bearer token under "token"`
  const cases: Readonly<Record<string, readonly [more: string, type: string, body: string]>> = {
    'is a form with name and password': [
      '',
      'application/x-www-form-urlencoded',
      'grant_type=password&username=ann&password=secret',
    ],
    'of a client has its id and secret': [
      'And OAuth2 grant type "client_credentials"\n',
      'application/x-www-form-urlencoded',
      'grant_type=client_credentials&client_id=ann&client_secret=secret',
    ],
    'has scopes, extra fields and other names of fields': [
      'And OAuth2 scopes "a,b c"\nAnd OAuth2 extra fields "x=1,y=a=b"\nAnd OAuth2 client ID field "id"\nAnd OAuth2 client secret field "pin"\n',
      'application/x-www-form-urlencoded',
      'grant_type=password&id=ann&pin=secret&scope=a+b+c&x=1&y=a%3Db',
    ],
    'may be JSON': [
      'And OAuth2 request format "JSON"\n',
      'application/json',
      '{"grant_type":"password","username":"ann","password":"secret"}',
    ],
  }
  for (const [title, [more, type, body]] of Object.entries(cases)) {
    test(title, async () => {
      await using server = await answer()
      const result = await runLines(lines(server.url, more), target)
      assert.deepEqual(faultsOf(result), [])
      const [request] = server.requests
      assert.deepEqual(
        [request?.method, request?.path, request?.headers['content-type'], request?.body],
        ['POST', '/token', type, body],
      )
    })
  }
})
