import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { faultsOf, httpbinTarget, runLines } from './feature-runner.ts'

const target = await httpbinTarget((request) => {
  return new URL(request.url).pathname === '/broken'
    ? new Response('{"a":', { headers: { 'Content-Type': 'application/json' } })
    : undefined
})
after(() => target[Symbol.asyncDispose]())

/** Checks of one reply: those that are right, and those that are wrong with what is said of them. */
interface Checked {
  readonly given: string
  readonly right: readonly string[]
  readonly wrong: Readonly<Record<string, string>>
}

const cookie = `/response-headers?Set-Cookie=${encodeURIComponent('session=abc; Path=/a; HttpOnly; SameSite=Lax; Max-Age=7200')}`
const refused = `/response-headers?Set-Cookie=${encodeURIComponent('other=x; Domain=example.com')}`

const table: Readonly<Record<string, Checked>> = {
  'the status': {
    given: '/status/404',
    right: [
      'status is "404"',
      'status is 404',
      'status is "4xx"',
      'status is not "200"',
      `status isn't "5xx"`,
      'status is one of "200, 404"',
      'status is a client error',
    ],
    wrong: {
      'status is "200"': 'status is 404, not 200',
      'status is 200': 'status is 404, not 200',
      'status is "2xx"': 'status is 404, not 2xx',
      'status is "20"': '"20" is no status: write three digits, or a class such as "2xx"',
    },
  },
  'the class of a status': {
    given: '/status/500',
    right: ['status is a server error'],
    wrong: {
      'status is not "500"': 'status is 500, but should not be 500',
      'status is one of "200, 201"': 'status is 500, not one of 200, 201',
      'status is a success': 'status is 500, which is not a success',
      'status is a redirect': 'status is 500, which is not a redirect',
      'status is a client error': 'status is 500, which is not a client error',
    },
  },
  headers: {
    given: '/response-headers?X-One=abc&X-None=',
    right: ['header', 'HTTP header'].flatMap((header) => [
      `${header} "X-One" is "abc"`,
      `${header} "x-one" is not "ABC"`,
      `${header} "X-One" isn't "ab"`,
      `${header} "X-One" contains "b"`,
      `${header} "X-One" does not contain "B"`,
      `${header} "X-One" doesn't contain "d"`,
      `${header} "X-One" exists`,
      `${header} "X-Two" does not exist`,
      `${header} "X-Two" doesn't exist`,
      `${header} "X-None" is empty`,
      `${header} "X-One" is not empty`,
      `${header} "X-One" isn't empty`,
      `${header} "X-One" starts with "ab"`,
      `${header} "X-One" does not start with "b"`,
      `${header} "X-One" doesn't start with "b"`,
      `${header} "X-One" ends with "bc"`,
      `${header} "X-One" does not end with "b"`,
      `${header} "X-One" doesn't end with "b"`,
      `${header} "X-One" matches "^[a-c]{3}$"`,
      `${header} "X-One" is one of "abc, def"`,
    ]),
    wrong: {
      'header "X-One" is "abcd"': 'header "X-One" is "abc", not "abcd"',
      'header "X-One" is not "abc"': 'header "X-One" is "abc", but should not be',
      'header "X-One" contains "d"': 'header "X-One" is "abc", which does not contain "d"',
      'header "X-One" does not contain "b"': 'header "X-One" is "abc", which should not contain "b"',
      'header "X-One" does not exist': 'header "X-One" is "abc", but should not be there',
      'header "X-One" is empty': 'header "X-One" is "abc", but should be empty',
      'header "X-None" is not empty': 'header "X-None" is empty',
      'header "X-One" starts with "b"': 'header "X-One" is "abc", which does not start with "b"',
      'header "X-One" does not start with "a"': 'header "X-One" is "abc", which should not start with "a"',
      'header "X-One" ends with "b"': 'header "X-One" is "abc", which does not end with "b"',
      'header "X-One" does not end with "c"': 'header "X-One" is "abc", which should not end with "c"',
      'header "X-One" matches "^b"': 'header "X-One" is "abc", which does not match "^b"',
      'header "X-One" does not match "b"': 'header "X-One" is "abc", which should not match "b"',
      'header "X-One" is one of "a, b"': 'header "X-One" is "abc", not one of a, b',
      'header "X-One" matches "("':
        '"(" is no regular expression: Invalid regular expression: /(/u: Unterminated group',
    },
  },
  'the body as a whole': {
    given: '/bytes/100?seed=1',
    right: [
      'content type is "application/octet-stream"',
      'the response is not empty',
      `the response isn't empty`,
      'the response is smaller than "101"',
      'the response is larger than "0.09 kB"',
      'the response size is "100 bytes"',
      'the response took less than "1 minute"',
    ],
    wrong: {
      'the content type is "image/png"': 'the content type is "application/octet-stream", not "image/png"',
      'the response is JSON':
        'the response is not JSON: its header "Content-Type" says that it is "application/octet-stream"',
      'the response is XML':
        'the response is not XML: its header "Content-Type" says that it is "application/octet-stream"',
      'the response is text':
        'the response is not text: its header "Content-Type" says that it is "application/octet-stream"',
      'the response is smaller than "100 bytes"': 'the response has 100 bytes, not less than 100 bytes',
      'the response is larger than "1 kB"': 'the response has 100 bytes, not more than 1 kB',
      'the response size is "1 KiB"': 'the response has 100 bytes, not 1 KiB',
      'the response size is "many"': '"many" is no size: write it as in "500 bytes" or "10 kB"',
    },
  },
  'the text of the body': {
    given: '/status/402',
    right: [
      'the response is text',
      'the content type is "text/plain; charset=UTF-8"',
      'the response contains "Payment"',
      'response does not contain "tea"',
      'the response matches "^Pay.*\\.\\n$"',
    ],
    wrong: {
      'the response is empty': 'the response is not empty: 17 bytes, it is "Payment, please.\\n"',
      'the response contains "tea"': 'the response does not contain "tea": it is "Payment, please.\\n"',
      'the response does not contain "Pay"': 'the response contains "Pay", but should not',
      'the response matches "^pay"': 'the response does not match "^pay": it is "Payment, please.\\n"',
      'path "/a" is "b"': 'The response (text/plain) is no JSON: it starts with "Payment, please.\\n"',
      'the response took more than "1 hour"': '',
    },
  },
  'an empty body': {
    given: '/status/204',
    right: ['the response is empty', 'response is empty'],
    wrong: {
      'the response is not empty': 'the response is empty',
      'path "/a" is "b"': 'The response is empty, so that there is no JSON in it',
      'the response contains "a"': 'the response does not contain "a": it is empty',
    },
  },
  'cookies that are kept': {
    given: cookie,
    right: [
      'cookie "session" is "abc"',
      'cookie "session" is not "ab"',
      'cookie "session" exists',
      'cookie "other" does not exist',
      'cookie "session" is HTTP-only',
      'cookie "session" has path "/a"',
      'cookie "session" has same-site "lax"',
      'cookie "session" has domain "localhost"',
      'cookie "session" expires within "2 hours"',
    ],
    wrong: {
      'cookie "session" is "b"': 'cookie "session" is "abc", not "b"',
      'cookie "session" is not "abc"': 'cookie "session" is "abc", but should not be',
      'cookie "other" exists': 'cookie "other" does not exist: there are session',
      'cookie "session" does not exist': 'cookie "session" is "abc", but should not be there',
      'cookie "session" is secure': 'cookie "session" is not secure',
      'cookie "session" has path "/"': 'cookie "session" has path "/a", not "/"',
      'cookie "session" has same-site "Strict"': 'cookie "session" has same-site "Lax", not "Strict"',
      'cookie "session" has domain "example.com"': 'cookie "session" has domain "localhost", not "example.com"',
    },
  },
  'cookies that no browser keeps': {
    given: refused,
    right: ['cookie "other" does not exist'],
    wrong: {
      'cookie "other" exists':
        'cookie "other" does not exist: it was set, but no browser would keep it, because its domain example.com is not that of localhost',
      'cookie "else" exists': 'cookie "else" does not exist: no response has set a cookie',
    },
  },
  redirects: {
    given: '/redirect/2',
    right: [
      'the request was redirected',
      'the request was redirected 2 times',
      'the final URL is "/get"',
      'the final URL is "http://localhost:17010/get"',
    ],
    wrong: {
      'the request was redirected 1 time': 'the request was redirected 2 times, not 1',
      'the request was not redirected': 'the request was redirected to http://localhost:17010/get, but should not be',
      'the final URL is "/"': 'the final URL is "/get", not "/"',
    },
  },
  'no redirects': {
    given: '/get',
    right: [
      'the request was not redirected',
      'the request was redirected 0 times',
      'the response matches the API description',
    ],
    wrong: {
      'the request was redirected': 'the request was not redirected',
      'I store header "X-None" under "a"': 'header "X-None" does not exist, so that it cannot be stored',
    },
  },
  'broken JSON': {
    given: '/broken',
    right: ['status is "200"'],
    wrong: {
      'the response is JSON': 'the response says that it is JSON, but is not: Unexpected end of JSON input',
      'path "/a" is "1"': 'The response (application/json) is no JSON: it starts with "{\\"a\\":"',
    },
  },
}

for (const [title, { given, right, wrong }] of Object.entries(table)) {
  suite(`checks of ${title}`, () => {
    const sent = `Given responses are not checked against the API description\nAnd URL path "${given}"\nWhen the URL is invoked\n`
    for (const sentence of right) {
      test(`right: ${sentence}`, async () => {
        assert.deepEqual(faultsOf(await runLines(`${sent}Then ${sentence}`, target)), [])
      })
    }
    for (const [sentence, message] of Object.entries(wrong)) {
      test(`wrong: ${sentence}`, async () => {
        const [found = '', ...others] = faultsOf(await runLines(`${sent}Then ${sentence}`, target))
        if (message === '') assert.match(found, /^the response took \d+ milliseconds, not more than 1 hour$/)
        else assert.equal(found, message)
        assert.deepEqual(others, [])
      })
    }
  })
}

/** Scenarios whose last step cannot work, with what is said of it. */
const mistakes: Readonly<Record<string, readonly [lines: string, message: string]>> = {
  'a method that HTTP does not allow': ['Given REST method "GE T"', '"GE T" is no method: write it as in "POST"'],
  'an unknown format': ['Given format "YAML"', '"YAML" is no format: write "JSON", "XML", "FORM" or "RAW"'],
  'an address that is none': [
    'Given address "http://"\nWhen the URL is invoked',
    `'http://' is no address: write it as in "http://localhost:17010"`,
  ],
  'another protocol': [
    'Given URL path "ftp://localhost/a"\nWhen the URL is invoked',
    "The address 'ftp://localhost/a' is not of HTTP: begin it with http:// or https://",
  ],
  'a body that is no JSON': [
    'Given request is "{a}"',
    `The request is no JSON (Expected property name or '}' in JSON at position 1 (line 1 column 2)): mend it, or write 'Given request format "RAW"' to send it as it is`,
  ],
  'a cookie whose value would end it': [
    'Given cookie "a" "b; c"',
    'The cookie "a" cannot be sent with the value "b; c", because of ";": encode it, as servers do with %3B',
  ],
  'a cookie without a name': ['Given cookie "" "b"', 'A cookie needs a name: write it as in cookie "theme" "dark"'],
  'a body that is missing': ['Given request is', 'The body is missing: write it below, between two lines of """'],
  'a file that is not there': [
    'Given request "none.json"',
    'There is no file "none.json" beside the feature: looked for json/request/none.json, none.json',
  ],
  'an upload of a file that is not there': [
    'Given request file "a" is "none.png"',
    'There is no file "none.png" beside the feature: looked for form/request/none.png, none.png',
  ],
  'a body and a form': [
    'Given REST method "POST"\nAnd request is "1"\nAnd form field "a" is "b"\nWhen the URL is invoked',
    'The request has both a body and form fields: clean the form up, or leave the body out',
  ],
  'a header that HTTP does not allow': [
    'Given header "a b" "c"',
    '"a b" is no name of a header: HTTP does not allow it',
  ],
  'a name with a colon': [
    'Given Basic Auth "a:b" "c"',
    'The name "a:b" has a colon, which Basic authentication cannot send',
  ],
  'a token without an endpoint': [
    'Given I use an OAuth2 bearer token',
    'No endpoint is known that gives tokens: write `Given OAuth2 endpoint "..."` before',
  ],
  'an endpoint that refuses': [
    'Given OAuth2 endpoint "/status/400"\nAnd I use an OAuth2 bearer token',
    'http://localhost:17010/status/400 gave no token, but status 400',
  ],
  'an endpoint that gives none': [
    'Given OAuth2 endpoint "/post"\nAnd I use an OAuth2 bearer token',
    'http://localhost:17010/post gave no token: its response has no "access_token"',
  ],
  'a field that is none': ['Given OAuth2 extra fields "a"', '"a" is no field: write it as in "audience=orders"'],
  'a format of tokens': ['Given OAuth2 request format "xml"', '"xml" is no format for this: write "json" or "form"'],
  'a check before a request': [
    'Then status is "200"',
    'No request was sent yet: write `When the URL is invoked` before',
  ],
  'Base64 that is none': ['Given I decode "a$" using Base64 under "b"', '"a$" is not Base64'],
  'a timeout that is none': [
    'Given timeout "0 seconds"',
    'The timeout "0 seconds" is out of range: give at least "1 millisecond"',
  ],
  'a scenario that is not there': [
    'Given the steps of "login"',
    'No scenario of this run has the name "login": mend the name, or add its feature',
  ],
  'steps that use themselves': [
    'Given the steps of "tested"',
    'in the steps of "tested", "the steps of "tested"": The steps of "tested" use themselves: take the step out of one of them',
  ],
  'a response that is not kept': [
    'Then in response "first" status is "200"',
    `No response is kept as "first": write 'I keep the response as "first"' before`,
  ],
  'a loop without steps': [
    'Given for each "a" of "1, 2"',
    'The steps are missing: write them below, between two lines of """',
  ],
  'a status that is not described': [
    'Given URL path "/get"\nAnd REST method "PUT"\nWhen the URL is invoked\nThen status is "200"',
    'status is 405, not 200',
  ],
}

suite('what cannot work is said in one sentence', () => {
  for (const [title, [lines, message]] of Object.entries(mistakes)) {
    test(title, async () => {
      assert.deepEqual(faultsOf(await runLines(lines, target)), [message])
    })
  }
})
