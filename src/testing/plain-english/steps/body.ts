import { fileType } from '../../../http/files/file-type.ts'
import { type BodyFormat, requestFormat } from '../request-draft.ts'
import { namedFile } from '../request-files.ts'
import { type Step, step } from '../step.ts'
import { parseJson } from '../values/json-text.ts'
import { filledIn, filledInJson, filledInline, textOf, type Variables, wholeReference } from '../variables.ts'
import type { World } from '../world.ts'

const extensions: Readonly<Record<BodyFormat, string>> = { json: '.json', xml: '.xml', form: '', raw: '' }

/** The body of the request. */
export const bodySteps: readonly Step[] = [
  step({
    phrase: 'request is {name}',
    summary:
      'The body of the request. What is stored may be filled in anywhere: `#{name}`, and `#name` alone for the whole.',
    example:
      'Given REST method "POST"\nAnd URL path "/post"\nAnd request is "{"name": "Ann"}"\nWhen the URL is invoked\n' +
      'Then path "/json/name" is "Ann"',
    run: (world, text) => takeBody(world, text),
  }),
  step({
    phrase: 'request is',
    also: ['request is:', 'request body is', 'request body is:'],
    summary: 'The body of the request, on lines of its own.',
    example:
      'Given REST method "POST"\nAnd URL path "/post"\nAnd request is\n  """\n  {"name": "Ann"}\n  """\n' +
      'When the URL is invoked\nThen path "/json/name" is "Ann"',
    run: (world) => {
      if (world.docString === undefined)
        throw new Error('The body is missing: write it below, between two lines of """')
      takeBody(world, world.docString.content)
    },
  }),
  step({
    phrase: 'request {text}',
    summary:
      'Takes the body from a file in `json/request`, `xml/request` or `form/request` beside the feature, as the format says.',
    example:
      'Given REST method "POST"\nAnd URL path "/post"\nAnd request "order.json"\nWhen the URL is invoked\n' +
      'Then path "/json/customer" is "Ann"',
    run: async (world, name) => {
      const format = requestFormat(world.request)
      const file = await namedFile(
        world,
        name,
        format === 'raw' ? ['raw/request'] : [`${format}/request`],
        extensions[format],
      )
      const text = utf8(file.content)
      if (text === undefined) await takeBytes(world, name, file.content)
      else takeBody(world, text)
    },
  }),
  step({
    phrase: 'I upload {text}',
    summary: 'Sends a file as the body, with the media type that its name says.',
    example:
      'Given REST method "PUT"\nAnd URL path "/put"\nAnd I upload "note.txt"\nWhen the URL is invoked\n' +
      'Then path "/data" starts with "Remember"',
    run: async (world, name) => {
      const { content } = await namedFile(world, name, ['form/request'])
      await takeBytes(world, name, content)
    },
  }),
  step({
    phrase: 'the request has no body',
    summary: 'Drops the body that an earlier step gave.',
    example:
      'Given REST method "POST"\nAnd URL path "/post"\nAnd request is "{"a": 1}"\nAnd the request has no body\n' +
      'When the URL is invoked\nThen path "/data" is empty',
    run: ({ request }) => {
      request.body = undefined
    },
  }),
]

async function takeBytes({ request }: World, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  request.body = { kind: 'bytes', bytes, type: await fileType(name) }
}

function takeBody({ request, variables }: World, text: string): void {
  if (requestFormat(request) !== 'json') {
    request.body = { kind: 'text', text: textOf(filledWhole(text, variables)) }
    return
  }
  const whole = wholeReference(text.trim(), variables)
  if (whole !== undefined && typeof whole.value !== 'string') {
    request.body = { kind: 'json', value: structuredClone(whole.value) }
    return
  }
  const json = whole === undefined ? filledInJson(text, variables) : textOf(whole.value)
  request.body = { kind: 'json', value: parsed(json) }
}

/** Of a long text only references in braces are meant: `#name` may well begin it. */
function filledWhole(text: string, variables: Variables): unknown {
  return text.includes('\n') ? filledInline(text, variables) : filledIn(text, variables)
}

function parsed(json: string): unknown {
  try {
    return parseJson(json)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `The request is no JSON (${reason}): mend it, or write 'Given request format "RAW"' to send it as it is`,
    )
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
