import { type Capture, capturesOf, isJsonText } from './fault-captures.ts'
import { expectations } from './fault-expectations.ts'
import { mask } from './masked.ts'
import { quoted } from './quoted.ts'
import type { Fault, SentRequest } from './result.ts'

/**
 * A feature in plain English that shows a fault again: it fails while the fault is there. Values that the server has
 * chosen, such as the id of what was created, are taken from its replies.
 */
export function faultFeature(fault: Fault, settings: { readonly address?: string } = {}): string {
  const { operation, check, steps, message, seed } = fault
  const captures = capturesOf(steps)
  const lines = steps.flatMap((step, at) => [
    ...(at === 0 ? [] : ['', ...freshLines(steps[at - 1]?.request, step.request)]),
    ...stepLines(step.request, captures, at),
    ...captures.filter((each) => each.at === at).map(storeLine),
  ])
  const scenario = [
    ...(settings.address === undefined ? [] : [`Given address ${quoted(settings.address)}`]),
    'Given redirects are not followed',
    ...lines,
    ...expectations(fault, captures),
  ]
  return [
    `# Made by generated tests, seed ${seed}: ${check}.`,
    ...(scenario.some((line) => line.includes(mask))
      ? [`# Put a credential where ${mask} is, such as $API_TOKEN from the environment.`]
      : []),
    `Feature: ${oneLine(operation)}`,
    '',
    `  ${oneLine(message)}`,
    '',
    `  Scenario: ${titles[check] ?? check}`,
    ...scenario.map((line) => (line === '' ? '' : `    ${line}`)),
    '',
  ].join('\n')
}

/** The name of a file for the feature of a fault, such as `post-things-server-error-500.feature`. */
export function faultFileName({ operation, check, status }: Fault): string {
  const name = `${operation}-${check}-${status}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return `${name.replaceAll(/^-|-$/g, '')}.feature`
}

const titles: Readonly<Partial<Record<Fault['check'], string>>> = {
  server_error: 'The server does not fail',
  status_documented: 'The status is documented',
  content_type_documented: 'The media type is documented',
  body_matches: 'The body is as documented',
  headers_match: 'The headers are as documented',
  undeclared_member: 'Nothing is sent that is not declared',
  bad_input_refused: 'Bad input is refused',
  malformed_refused: 'A malformed body is refused',
  good_input_accepted: 'Good input is accepted',
  authentication_enforced: 'Credentials are asked for',
  method_not_allowed: 'A method that is not there is refused',
  allow_true: 'Allow names the methods that are there',
  head_matches_get: 'HEAD answers as GET does',
  conditional: 'ETags are honoured',
  problem_shape: 'The problem is one of RFC 9457',
  cid_present: 'The reply has a correlation id',
  created_is_readable: 'What was created can be read',
  lost_update: 'No update is lost',
  idempotent: 'Twice is the same as once',
  safe: 'Reading changes nothing',
  use_after_delete: 'What was deleted is gone',
}

function storeLine({ from, name }: Capture): string {
  const source = 'header' in from ? `header ${quoted(from.header)}` : quoted(from.pointer)
  return `And I store ${source} from response under ${quoted(name)}`
}

/** What a request before has left behind in the scenario, and this one has not. */
function freshLines(before: SentRequest | undefined, { headers, body, target }: SentRequest): readonly string[] {
  const gone = Object.keys(before?.headers ?? {}).filter(
    (name) => !(name in headers) && !['accept', 'content-type'].includes(name),
  )
  const isTyped = before?.headers['content-type'] !== undefined && before.headers['content-type'] !== 'application/json'
  return [
    ...gone.map((name) => `Given request header ${quoted(name)} is removed`),
    ...(isTyped ? ['Given request header "content-type" is removed'] : []),
    ...(before?.body !== undefined && body === undefined ? ['Given the request has no body'] : []),
    ...(before?.target.includes('?') === true && !target.includes('?') ? ['Given query string ""'] : []),
  ]
}

function stepLines(
  { method, target, headers, body }: SentRequest,
  captures: readonly Capture[],
  at: number,
): readonly string[] {
  const [path = '/', query] = target.split(/\?(.*)/s)
  const known = captures.filter((each) => each.at < at)
  const shownPath = path
    .split('/')
    .map((segment) => {
      const capture = known.find(({ text }) => encodeURIComponent(text) === segment)
      return capture === undefined ? segment : `#{${capture.name}}`
    })
    .join('/')
  const { 'content-type': type, accept, ...others } = headers
  const isPlainJson = type === 'application/json' && body !== undefined && isJsonText(body)
  const format = isPlainJson ? ['Given format "JSON"'] : body === undefined ? [] : ['Given request format "RAW"']
  const shown = {
    ...others,
    ...(accept === '*/*' ? {} : { accept }),
    ...(isPlainJson || type === undefined ? {} : { 'content-type': type }),
  }
  return [
    `Given URL path "${shownPath.replaceAll('"', '\\"')}"`,
    ...(query === undefined ? [] : [`Given query string ${quoted(`?${query}`)}`]),
    `Given REST method ${quoted(method)}`,
    ...Object.entries(shown).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [`Given header ${quoted(name)} ${known.find(({ text }) => text === value)?.reference ?? quoted(value)}`],
    ),
    ...format,
    ...(body === undefined ? [] : bodyLines(body)),
    'When the URL is invoked',
  ]
}

function bodyLines(body: string): readonly string[] {
  const text = body.replaceAll(/[$@#](?=\{)/g, '\\$&').replaceAll('"""', '\\"\\"\\"')
  return ['Given request is', '  """', ...text.split('\n').map((line) => `  ${line}`), '  """']
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
