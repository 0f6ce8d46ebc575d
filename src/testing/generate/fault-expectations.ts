import { isObject } from '../openapi/schema-parts.ts'
import type { Capture } from './fault-captures.ts'
import { quoted } from './quoted.ts'
import type { Fault, Step } from './result.ts'

/** The last steps of a feature for a fault: what the last reply of it should have been. */
export function expectations(fault: Fault, captures: readonly Capture[]): readonly string[] {
  const { check, status, steps } = fault
  const last = steps.at(-1)
  switch (check) {
    case 'server_error':
      return ['Then status is not "5xx"']
    case 'good_input_accepted':
      return [`Then status is not "${status}"`]
    case 'authentication_enforced':
      return ['Then status is one of "401, 403"']
    case 'method_not_allowed':
      return ['Then status is one of "404, 405, 501"']
    case 'bad_input_refused':
    case 'malformed_refused':
      return ['Then status is "4xx"']
    case 'use_after_delete':
      return goneLines(steps, captures)
    case 'created_is_readable':
      return ['Then status is "2xx"']
    case 'conditional':
      return [`Then status is "${last !== undefined && 'if-none-match' in last.request.headers ? 304 : 412}"`]
    case 'cid_present':
      return ['Then header "X-Correlation-ID" exists']
    case 'allow_true':
      return allowLines(last)
    case 'lost_update':
    case 'idempotent':
    case 'safe':
      return ['Then status is "2xx"', ...stateLines(steps)]
    case 'head_matches_get':
      return [`Then status is "${steps[0]?.reply.status ?? 200}"`, ...typeLines(steps)]
    case 'undeclared_member':
      return ['Then status is "2xx"', ...fault.members.map((pointer) => `And path ${quoted(pointer)} does not exist`)]
    case 'problem_shape':
      return [`Then path "/status" is an integer "${status}"`]
    default:
      return ['Then the response matches the API description']
  }
}

/** What was deleted answers no longer, or is no longer among the others. */
function goneLines(steps: readonly Step[], captures: readonly Capture[]): readonly string[] {
  const deleted = steps.find(({ request }) => request.method === 'DELETE')?.request.target
  const isList = deleted !== undefined && !steps.at(-1)?.request.target.startsWith(deleted)
  if (!isList) return ['Then status is "4xx"']
  const segment = deleted.split(/[/?]/).findLast((each) => each !== '') ?? ''
  const known = captures.find(({ text }) => encodeURIComponent(text) === segment)
  return [
    'Then status is "2xx"',
    `And the response does not contain ${known?.reference ?? quoted(decodeURIComponent(segment))}`,
  ]
}

function allowLines(last: Step | undefined): readonly string[] {
  const allow = last?.reply.headers.allow
  return allow === undefined ? ['Then header "Allow" exists'] : [`Then header "Allow" is not "${allow}"`]
}

function typeLines([get]: readonly Step[]): readonly string[] {
  const type = get?.reply.headers['content-type']
  return type === undefined ? [] : [`And header "Content-Type" is "${type.replaceAll('"', '\\"')}"`]
}

/** What was sent or shown before is what the last reply has to show. */
function stateLines(steps: readonly Step[]): readonly string[] {
  const last = jsonOf(steps.at(-1)?.reply.body)
  const sent = steps
    .slice(0, -1)
    .map(({ request, reply }) => (request.method === 'GET' ? jsonOf(reply.body) : jsonOf(request.body)))
  const expected = sent.findLast(isObject)
  if (expected === undefined) return []
  return Object.entries(expected).flatMap(([name, value]) => {
    const pointer = pointerTo(last, name, '')
    if (pointer === undefined || typeof value === 'object') return []
    const found = pointer.value
    const isText = typeof value === 'string'
    if (JSON.stringify(found) === JSON.stringify(value)) return []
    const shown = JSON.stringify(value)
    return [`And path "${pointer.at}" is ${isText ? shown : `JSON "${shown}"`}`]
  })
}

function pointerTo(
  value: unknown,
  name: string,
  at: string,
): { readonly at: string; readonly value: unknown } | undefined {
  if (!isObject(value)) return undefined
  if (name in value) return { at: `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, value: value[name] }
  for (const [key, inner] of Object.entries(value)) {
    const found = pointerTo(inner, name, `${at}/${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
