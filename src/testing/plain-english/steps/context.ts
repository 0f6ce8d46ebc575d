import type { Memory } from '../memory.ts'
import type { Reply } from '../reply.ts'
import type { DraftBody } from '../request-draft.ts'
import { type Step, step } from '../step.ts'
import { textOf } from '../variables.ts'
import type { World } from '../world.ts'

const kept: Memory<Map<string, Reply>> = { scope: 'feature', make: () => new Map() }
const got = 'Given URL path "/status/201"\nWhen the URL is invoked\nThen I keep the response as "first"\n'

/** What scenarios of a feature hand on to each other. */
export const contextSteps: readonly Step[] = [
  step({
    phrase: 'context is cleaned up',
    also: ['the context is cleaned up'],
    summary:
      'Forgets what is stored, headers, credentials, cookies and the request, and closes databases, as when the feature begins.',
    example:
      'Given header "X-Client" "tests"\nAnd context is cleaned up\nAnd URL path "/headers"\nWhen the URL is invoked\nThen path "/headers/X-Client" does not exist',
    run: ({ cleanUp }) => cleanUp(),
  }),
  step({
    phrase: 'context is logged',
    also: ['the context is logged'],
    summary: 'Writes what is stored, the request and the last response into the report.',
    example: 'Given I store "Ann" under "name"\nThen context is logged',
    run: (world) => {
      for (const line of contextLines(world)) world.note(line)
    },
  }),
  step({
    phrase: 'I proceed further',
    summary: 'Does nothing: for scenarios whose steps need one more.',
    example: 'Given URL path "/get"\nWhen the URL is invoked\nThen I proceed further',
    run: () => undefined,
  }),
  step({
    phrase: 'I keep the response as {text}',
    summary: 'Keeps the response, so that later steps can go back to it.',
    example: `${got}And in response "first" status is "201"`,
    run: (world, name) => void world.recall(kept).set(name, world.reply),
  }),
  step({
    phrase: 'in response {text} {}',
    kind: 'check',
    summary: 'Makes a check of a response that was kept, while another is the last one.',
    example: `${got}Given URL path "/get"\nWhen the URL is invoked\nThen in response "first" status is "201"\nAnd status is "200"`,
    run: (world, name, check) => {
      const reply = world.recall(kept).get(name)
      if (reply === undefined)
        throw new Error(`No response is kept as "${name}": write 'I keep the response as "${name}"' before`)
      return world.withReply(reply, () => world.perform({ text: String(check) }))
    },
  }),
]

function contextLines(world: World): readonly string[] {
  const { request, variables, target } = world
  const { headers, form, files, body } = request
  const fields = [
    ...form.map(([name, value]) => `${name}=${value}`),
    ...files.map(({ field, filename }) => `${field}=@${filename}`),
  ]
  return [
    `request: ${request.method} ${request.address ?? target.address}${request.path}${request.query}`,
    ...headers.map(([name, value]) => `  ${name}: ${value}`),
    ...(body === undefined ? [] : [`  ${bodyLine(body)}`]),
    ...fields.map((each) => `  ${each}`),
    ...(world.hasReply ? [`response: ${world.reply.status} from ${world.reply.url.href}`] : []),
    ...[...variables.stored].map(([name, value]) => `#${name}: ${textOf(value)}`),
  ]
}

function bodyLine(body: DraftBody): string {
  if (body.kind === 'bytes') return `[${body.bytes.length} bytes of ${body.type}]`
  return body.kind === 'text' ? body.text : textOf(body.value)
}
