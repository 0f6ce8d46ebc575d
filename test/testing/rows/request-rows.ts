import type { Row } from './row.ts'

const invoked = '\nWhen the URL is invoked\nThen '
const post = 'Given REST method "POST"\nAnd URL path "/anything"\nAnd '
const noRequest = 'No request was sent yet: write `When the URL is invoked` before'
const noName = 'The name to store under is empty: write one, as in "order"'
const noFormat = '"YAML" is no format: write "JSON", "XML", "FORM" or "RAW"'

const httpRows: readonly Row[] = [
  {
    right: `Given address "http://localhost:17010"\nAnd URL path "/get"${invoked}status is "200"`,
    wrong: 'Given address "http://"\nWhen the URL is invoked',
    fault: `'http://' is no address: write it as in "http://localhost:17010"`,
  },
  {
    right: `Given URL path "/get"${invoked}status is "200"`,
    wrong: 'Given URL path "ftp://localhost/a"\nWhen the URL is invoked',
    fault: "The address 'ftp://localhost/a' is not of HTTP: begin it with http:// or https://",
  },
  ...['HTTP', 'REST'].map(
    (word): Row => ({
      right: `Given ${word} method "DELETE"\nAnd URL path "/delete"${invoked}status is "200"`,
      wrong: `Given ${word} method "GE T"`,
      fault: '"GE T" is no method: write it as in "POST"',
    }),
  ),
  {
    right: `${post}format "FORM"\nAnd request is "a=b"${invoked}path "/form/a" is "b"`,
    wrong: 'Given format "YAML"',
    fault: noFormat,
  },
  {
    right: `${post}request format "RAW"\nAnd request is "a=b"${invoked}path "/data" is "a=b"`,
    wrong: 'Given request format "YAML"',
    fault: noFormat,
  },
  {
    right: `Given response format "RAW"\nAnd URL path "/status/402"${invoked}the response contains "Payment"`,
    wrong: 'Given response format "YAML"',
    fault: noFormat,
  },
  {
    right: `Given user agent is "x"\nAnd URL path "/user-agent"${invoked}path "/user-agent" is "x"`,
    wrong: 'Given user agent is "日"\nWhen the URL is invoked',
    fault: 'The header User-Agent cannot have the value "日": HTTP allows only letters of Latin-1 there, on one line',
  },
  {
    right: `Given header "X-A" "b"\nAnd URL path "/headers"${invoked}path "/headers/X-A" is "b"`,
    wrong: 'Given header "X A" "b"',
    fault: '"X A" is no name of a header: HTTP does not allow it',
  },
  {
    right: `${post}request "order.json"${invoked}path "/json/customer" is "Ann"`,
    wrong: 'Given request "none.json"',
    fault: 'There is no file "none.json" beside the feature: looked for json/request/none.json, none.json',
  },
  {
    right: `${post}request is "{"a": 1}"${invoked}path "/json/a" is "1"`,
    wrong: 'Given request is "{a}"',
    fault: `The request is no JSON (Expected property name or '}' in JSON at position 1 (line 1 column 2)): mend it, or write 'Given request format "RAW"' to send it as it is`,
  },
  {
    right: `${post}request file "note" is "note.txt"${invoked}path "/files/note" starts with "Remember"`,
    wrong: 'Given request file "note" is "none.txt"',
    fault: 'There is no file "none.txt" beside the feature: looked for form/request/none.txt, none.txt',
  },
  ...['request param', 'form field'].map(
    (word): Row => ({
      right: `${post}${word} "a" is "b"${invoked}path "/form/a" is "b"`,
      wrong: `${post}${word} "a" is "b"\nAnd request is "1"\nWhen the URL is invoked`,
      fault: 'The request has both a body and form fields: clean the form up, or leave the body out',
    }),
  ),
  {
    right: `Given query string "?a=b"\nAnd URL path "/get"${invoked}path "/args/a" is "b"`,
    wrong: `Given query string "?a=b"\nAnd URL path "/get"${invoked}path "/args/a" is "c"`,
    fault: 'path "/args/a" is "b", not "c"',
  },
  {
    right: 'Given date format "day" "YYYY-MM-DD"\nAnd I store a random date under "a", format "day"',
    wrong: 'Given date format "day" "yyyy-MM-dd"',
    fault:
      'The date format "yyyy-MM-dd" has "yyyy": write YYYY for the year, MM for the month and DD for the day, as in "YYYY-MM-DD"',
  },
  {
    right: `Given Basic Auth "ann" "secret"\nAnd URL path "/basic-auth/ann/secret"${invoked}path "/user" is "ann"`,
    wrong: 'Given Basic Auth "a:b" "secret"',
    fault: 'The name "a:b" has a colon, which Basic authentication cannot send',
  },
  ...['"v"', 'a random string', 'a random integer', 'a random float'].map(
    (what): Row => ({
      right: `Given I store ${what} under "a"\nThen variable "#a" is not empty`,
      wrong: `Given I store ${what} under ""`,
      fault: noName,
    }),
  ),
  {
    right: 'Given I store a random date under "a", format "default"\nThen variable "#a" is any string',
    wrong: 'Given I store a random date under "a", format "defalt"',
    fault: `No date format has the name "defalt": write "default" if that is meant, or name it with 'date format "defalt" "YYYY-MM-DD"'`,
  },
  {
    right: 'Given I encode "a" using Base64 under "b"\nThen variable "#b" is a string "YQ=="',
    wrong: 'Given I encode "a" using Base64 under "#b"',
    fault: '"#b" is a reference, and no name to store under: write "b"',
  },
]

/** A step about tokens, what the endpoint then gets, and what it gets without the step. */
const tokenSettings: readonly (readonly [step: string, body: string])[] = [
  ['OAuth2 scopes "a b"', 'grant_type=password&scope=a+b'],
  ['OAuth2 grant type "client_credentials"', 'grant_type=client_credentials'],
  ['OAuth2 credentials "ann" "secret"', 'grant_type=password&username=ann&password=secret'],
  ['OAuth2 extra fields "a=b,c=d"', 'grant_type=password&a=b&c=d'],
  ['OAuth2 client ID field "id"\nAnd OAuth2 credentials "ann" "secret"', 'grant_type=password&id=ann&password=secret'],
  [
    'OAuth2 client secret field "pin"\nAnd OAuth2 credentials "ann" "secret"',
    'grant_type=password&username=ann&pin=secret',
  ],
]
const endpoint = (body: string): string => `Given OAuth2 endpoint "/token?body=${encodeURIComponent(body)}"\nAnd `
const taken = '\nAnd I store an OAuth2 bearer token under "token"'
const tokenRows: readonly Row[] = [
  ...tokenSettings.map(
    ([step, body]): Row => ({
      right: `${endpoint(body)}${step}${taken}`,
      wrong: `${endpoint('other')}${step}${taken}`,
      fault: 'http://localhost:17010/token?body=other gave no token, but status 400',
    }),
  ),
  {
    right: `${endpoint('{"grant_type":"password"}')}OAuth2 request format "json"${taken}`,
    wrong: 'Given OAuth2 request format "xml"',
    fault: '"xml" is no format for this: write "json" or "form"',
  },
  {
    right: `Given OAuth2 bearer token "abc"\nAnd URL path "/bearer"${invoked}path "/token" is "abc"`,
    wrong: `Given OAuth2 bearer token "abc"\nAnd URL path "/bearer"${invoked}path "/token" is "abcd"`,
    fault: 'path "/token" is "abc", not "abcd"',
  },
]

const dates = [
  'is a random date "default"',
  'is now "default"',
  'is UTC now "default"',
  'is UTC now "default" minus one hour',
  'is a random date after "2026-01-01T00:00:00" "default"',
  'is a random date before "2026-01-01T00:00:00" "default"',
  'is a random date between "2026-01-01T00:00:00" and "2026-02-01T00:00:00" "default"',
]
const texts = ['is "b"', 'is a random string', 'is a random integer', 'is a random float', 'is one of "a, b"']
const values = [
  ...[...texts, ...dates, 'is "[1, 2]" (with literal_eval)', 'is a UUID', 'is a UUID4', 'is an integer "1"'],
  ...['is a float "1.5"', 'is a list "a, b"', 'is True', 'is False'],
]
const jsonRows = ['path', 'JSON Pointer', 'JSONPath'].flatMap((word) =>
  values.map(
    (says): Row => ({
      right: `${post}${word} "$.a.b" in request ${says}${invoked}path "/json/a/b" is not null`,
      wrong: `${post}${word} "a.b" in request ${says}`,
      fault: `The path "a.b" begins with neither '/' nor '$': write "/a/b" if that is meant`,
    }),
  ),
)

const xml = `${post}request format "XML"\nAnd request is "<a><b/></a>"\nAnd `
const xmlRows: readonly Row[] = [
  ...[...texts, ...dates].map(
    (says): Row => ({
      right: `${xml}XPath "/a/b" in request ${says}${invoked}path "/data" starts with "<a><b>"`,
      wrong: `${xml}XPath "/a/c" in request ${says}`,
      fault: 'XPath "/a/c" finds nothing in the request: its root is <a>',
    }),
  ),
  {
    right: `Given namespace prefix "n" of "urn:x"\nAnd request format "XML"\nAnd request is "<a xmlns="urn:x"/>"\nAnd XPath "/n:a" in request is "b"`,
    wrong: `Given namespace prefix "n" of "urn:y"\nAnd request format "XML"\nAnd request is "<a xmlns="urn:x"/>"\nAnd XPath "/n:a" in request is "b"`,
    fault: 'XPath "/n:a" finds nothing in the request: its root is <a>',
  },
  {
    right: `Given SOAP action "urn:read"\nAnd URL path "/headers"${invoked}path "/headers/Soapaction" is "urn:read"`,
    wrong: 'Given SOAP action "日"\nWhen the URL is invoked',
    fault: 'The header SOAPAction cannot have the value "日": HTTP allows only letters of Latin-1 there, on one line',
  },
]

const sendingRows: readonly Row[] = [
  {
    right: 'When the URL is invoked',
    wrong: 'Given address "http://no host"\nWhen the URL is invoked',
    fault: `'http://no host' is no address: write it as in "http://localhost:17010"`,
  },
  ...['this scenario is invoked', 'this step is invoked'].map(
    (sentence): Row => ({
      right: `When ${sentence}`,
      wrong: `When ${sentence}\nThen status is "200"`,
      fault: noRequest,
    }),
  ),
]

/** The rows of what is sent. */
export const requestRows: readonly Row[] = [...httpRows, ...tokenRows, ...jsonRows, ...xmlRows, ...sendingRows]
