import type { Row } from './row.ts'

const sent = 'Given URL path "/row"\nWhen the URL is invoked\nThen '

/** What is said of a value, a path that it is true of and one that it is not, and how the message goes on behind its name. */
type Said = readonly [says: string, right: string, wrong: string, fault: string]

const said: readonly Said[] = [
  ['is "7"', 'number', 'text', 'is "abc", not "7"'],
  [`is "['a', 'b']" (with literal_eval)`, 'list', 'none', 'is [], not ["a","b"]'],
  ['is JSON "{"a": 1}"', 'object', 'members', 'is {}, not {"a":1}'],
  [
    'is JSON equal to that from "employee.json"',
    'employee',
    'object',
    'is {"a":1}, not {"name":"John Doe","department":"HR"}',
  ],
  ['is an integer "7"', 'number', 'text', 'is the text "abc", not the integer 7'],
  ['is a float "7.5"', 'fraction', 'number', 'is the number 7, not the number 7.5'],
  ['is any integer', 'number', 'yes', 'is the boolean true, not an integer'],
  ['is any float', 'fraction', 'text', 'is the text "abc", not a float'],
  ['is any bool', 'yes', 'number', 'is the number 7, not a bool'],
  ['is any string', 'text', 'number', 'is the number 7, not a string'],
  ['is a uuid', 'id', 'text', 'is the text "abc", not a uuid'],
  ['is a list "a, b"', 'list', 'none', 'is [], not the list "a", "b"'],
  ['is empty', 'empty', 'text', 'is "abc", not empty'],
  ['is not empty', 'text', 'empty', 'is empty: it is ""'],
  [`isn't empty`, 'text', 'none', 'is empty: it is []'],
  ['is an empty list', 'none', 'list', 'is the list ["a","b"], not an empty list'],
  ['is not an empty list', 'list', 'none', 'is an empty list'],
  ['is an empty dict', 'members', 'none', 'is the list [], not an empty object'],
  ['is one of "abc, def"', 'text', 'number', 'is 7, not one of "abc", "def"'],
  ['is not one of "abc, def"', 'number', 'text', 'is "abc", which it must not be'],
  [`isn't one of "abc, def"`, 'number', 'text', 'is "abc", which it must not be'],
  ['is True', 'yes', 'number', 'is the number 7, not true'],
  ['is False', 'no', 'nothing', 'is null, not false'],
  ['is null', 'nothing', 'empty', 'is the text "", not null'],
  ['is not a string "abc"', 'number', 'text', 'is the text "abc", which it must not be'],
  ['starts with "ab"', 'text', 'number', 'is "7", which does not start with "ab"'],
  ['starts with any of "x, ab"', 'text', 'number', 'is "7", which starts with none of "x", "ab"'],
  ['ends with "bc"', 'text', 'yes', 'is the boolean true, not a text'],
  ['contains "b"', 'list', 'none', 'is [], which does not contain "b"'],
  [
    'contains data from "employee.json"',
    'employees',
    'none',
    `is [], which does not contain the data of 'employee.json'`,
  ],
  [
    'is a BASE32 Crockford, checksum "true"',
    'checked',
    'text',
    `is "abc", which is no Base32 of Crockford: it has the checksum 'C' instead of '='`,
  ],
]

const pathRows = ['path', 'JSON Pointer', 'JSONPath'].flatMap((word) =>
  said.map(([says, right, wrong, fault]): Row => {
    const at = (name: string): string => (word === 'JSONPath' ? `$.${name}` : `/${name}`)
    return {
      right: `${sent}${word} "${at(right)}" ${says}`,
      wrong: `${sent}${word} "${at(wrong)}" ${says}`,
      fault: `path "${at(wrong)}" ${fault}`,
    }
  }),
)

const stored = `${sent}I store the response under "all"\nAnd variable `
const saidOfVariables: readonly Said[] = [
  ...said.filter(([says]) =>
    /^is (a list|an integer|a float|True|False|an empty list|any string|any integer|any float)/.test(says),
  ),
  ['is a string "abc"', 'text', 'number', 'is the number 7, not the text "abc"'],
  ['is any list', 'list', 'text', 'is the text "abc", not a list'],
  ['is any dict', 'object', 'list', 'is the list ["a","b"], not a dict'],
  ['is any UUID4', 'id', 'text', 'is the text "abc", not a UUID4'],
  ['is any Boolean', 'yes', 'number', 'is the number 7, not a bool'],
]
const variableRows = saidOfVariables.map(([says, right, wrong, fault]): Row => {
  return {
    right: `${stored}"#all.${right}" ${says}`,
    wrong: `${stored}"#all.${wrong}" ${says}`,
    fault: `variable "#all.${wrong}" ${fault}`,
  }
})

const ordered = 'Given URL path "/order"\nWhen the URL is invoked\nThen XPath '
const saidOfXml: readonly Said[] = [
  ['is "open"', '/order/state', '/order/@id', 'is "A-1", not "open"'],
  ['is an integer "2"', '//count', '//price', 'is the number 7.5, not the integer 2'],
  ['is a float "7.5"', '//price', '//state', 'is the text "open", not the number 7.5'],
  ['is empty', '//note', '//state', 'is "open", not empty'],
  [`isn't empty`, '//state', '//note', 'is empty: it is ""'],
  ['is one of "open, paid"', '//state', '//count', 'is "2", not one of "open", "paid"'],
  [`isn't one of "open, paid"`, '//count', '//state', 'is "open", which it must not be'],
]
const xmlRows = saidOfXml.map(([says, right, wrong, fault]): Row => {
  return {
    right: `${ordered}"${right}" ${says}`,
    wrong: `${ordered}"${wrong}" ${says}`,
    fault: `XPath "${wrong}" ${fault}`,
  }
})

const saidOfHeaders: readonly Said[] = [
  ['is "abc"', 'X-One', 'X-None', 'is "", not "abc"'],
  ['is not "abc"', 'X-None', 'X-One', 'is "abc", but should not be'],
  [`isn't "abc"`, 'X-None', 'X-One', 'is "abc", but should not be'],
  ['contains "b"', 'X-One', 'X-None', 'is "", which does not contain "b"'],
  ['does not contain "b"', 'X-None', 'X-One', 'is "abc", which should not contain "b"'],
  [`doesn't contain "b"`, 'X-None', 'X-One', 'is "abc", which should not contain "b"'],
  ['exists', 'X-One', 'X-Two', 'does not exist: the response has content-type, x-none, x-one'],
  ['does not exist', 'X-Two', 'X-One', 'is "abc", but should not be there'],
  [`doesn't exist`, 'X-Two', 'X-One', 'is "abc", but should not be there'],
  ['is empty', 'X-None', 'X-One', 'is "abc", but should be empty'],
  ['is not empty', 'X-One', 'X-None', 'is empty'],
  [`isn't empty`, 'X-One', 'X-None', 'is empty'],
  ['starts with "a"', 'X-One', 'X-None', 'is "", which does not start with "a"'],
  ['does not start with "a"', 'X-None', 'X-One', 'is "abc", which should not start with "a"'],
  [`doesn't start with "a"`, 'X-None', 'X-One', 'is "abc", which should not start with "a"'],
  ['ends with "c"', 'X-One', 'X-None', 'is "", which does not end with "c"'],
  ['does not end with "c"', 'X-None', 'X-One', 'is "abc", which should not end with "c"'],
  [`doesn't end with "c"`, 'X-None', 'X-One', 'is "abc", which should not end with "c"'],
]
const headerRows = ['header', 'HTTP header'].flatMap((word) =>
  saidOfHeaders.map(([says, right, wrong, fault]): Row => {
    return {
      right: `${sent}${word} "${right}" ${says}`,
      wrong: `${sent}${word} "${wrong}" ${says}`,
      fault: `header "${wrong}" ${fault}`,
    }
  }),
)

const noJson = 'Given URL path "/status/204"\nWhen the URL is invoked\nThen '
const agent = 'Given user agent is "x"\nAnd URL path "/user-agent"\nWhen the URL is invoked\nThen '
const wholeRows: readonly Row[] = [
  { right: `${sent}status is "200"`, wrong: `${sent}status is "404"`, fault: 'status is 200, not 404' },
  { right: `${sent}JSON response exists`, wrong: `${noJson}JSON response exists`, fault: 'the response is empty' },
  {
    right: `${noJson}JSON response does not exist`,
    wrong: `${agent}JSON response does not exist`,
    fault: 'the response is "{\\"user-agent\\":\\"x\\"}\\n", not empty',
  },
  ...['JSON response', 'response'].map(
    (word): Row => ({
      right: `${agent}${word} is equal to "{"user-agent": "x"}"`,
      wrong: `${agent}${word} is equal to "{"user-agent": "y"}"`,
      fault: 'the response is {"user-agent":"x"}, not {"user-agent":"y"}',
    }),
  ),
  {
    right: agent.replace('"x"', '"trestle-test"').concat('response is equal to that from "user-agent.json"'),
    wrong: `${agent}response is equal to that from "employee.json"`,
    fault: 'the response is {"user-agent":"x"}, not {"name":"John Doe","department":"HR"}',
  },
]

const sharedRows: readonly Row[] = [
  {
    right: `${sent}I store "/text" from response under "a"\nAnd variable "#a" is a string "abc"`,
    wrong: `${sent}I store "/texts" from response under "a"`,
    fault:
      'path "/texts" does not exist: the whole has text, number, fraction, yes, no, nothing, empty, checked, list, none and 5 more; is "text" meant?',
  },
  {
    right: `${sent}I store "/texts" from response under "a", default "b"\nAnd variable "#a" is a string "b"`,
    wrong: `${sent}I store "/text" from response under "", default "b"`,
    fault: 'The name to store under is empty: write one, as in "order"',
  },
  {
    right:
      'Given header "X-A" "b"\nAnd context is cleaned up\nAnd URL path "/headers"\nWhen the URL is invoked\nThen path "/headers/X-A" does not exist',
    wrong: 'Given I store "b" under "a"\nAnd context is cleaned up\nThen variable "#a" is a string "b"',
    fault: String.raw`Nothing is stored under 'a': store it in a step before, or write \#a if the text itself is meant`,
  },
  {
    right:
      'Given form field "a" is "b"\nAnd form is cleaned up\nAnd URL path "/post"\nAnd REST method "POST"\nWhen the URL is invoked\nThen path "/form" is an empty dict',
    wrong:
      'Given form field "a" is "b"\nAnd form is cleaned up\nAnd URL path "/post"\nAnd REST method "POST"\nWhen the URL is invoked\nThen path "/form/a" is "b"',
    fault: 'path "/form/a" does not exist: "/form" is an object without members',
  },
  {
    right:
      'Given OAuth2 bearer token "a"\nAnd OAuth2 context is cleaned up\nAnd URL path "/bearer"\nWhen the URL is invoked\nThen status is "401"',
    wrong:
      'Given OAuth2 endpoint "/token"\nAnd OAuth2 context is cleaned up\nAnd I store an OAuth2 bearer token under "a"',
    fault: 'No endpoint is known that gives tokens: write `Given OAuth2 endpoint "..."` before',
  },
  {
    right: 'Given I store "b" under "a"\nThen context is logged',
    wrong: 'Then context is logged\nAnd status is "200"',
    fault: 'No request was sent yet: write `When the URL is invoked` before',
  },
  {
    right: `${sent}I proceed further`,
    wrong: 'Then I proceed further\nAnd status is "200"',
    fault: 'No request was sent yet: write `When the URL is invoked` before',
  },
  {
    right: 'Then I sleep for "0.001"',
    wrong: 'Then I sleep for "soon"',
    fault: `The duration 'soon' is not understood: write it as "2 days" or "1 hour and 30 minutes"`,
  },
]

/** The rows of what is said of a response. */
export const responseRows: readonly Row[] = [
  ...wholeRows,
  ...headerRows,
  ...pathRows,
  ...variableRows,
  ...xmlRows,
  ...sharedRows,
]
