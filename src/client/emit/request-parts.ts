import { bodyKind, preferred } from './body-kind.ts'
import { comment, schemaWords } from './comment.ts'
import type { EmittedOperation, EmittedParameter, EmittedSchema } from './emitted-api.ts'
import { parameterValue } from './parameter-value.ts'
import { componentOf, isBytes, membersOf, schemaType, type TypeUse, type TypeWriter } from './schema-type.ts'
import { memberKey, quoted } from './words.ts'

/** One setting of a function: a part of the request. */
export interface RequestPart {
  readonly name: 'params' | 'headers' | 'cookies' | 'json' | 'form' | 'files' | 'body'
  readonly type: string
  readonly required: boolean
  /** What is handed to the client where it is not the setting itself: members of an object, as text. */
  readonly sent?: string
}

const request: TypeUse = { direction: 'request', inForm: false }

/** The parts of the request that a function takes. */
export function requestParts(writer: TypeWriter, operation: EmittedOperation): readonly RequestPart[] {
  const { parameters } = operation
  const within = (...places: readonly string[]): readonly EmittedParameter[] => {
    const named = new Map(parameters.filter((each) => places.includes(each.in)).map((each) => [each.name, each]))
    // What is in the path and in the query by one name is sent once, in the path.
    for (const each of parameters) if (each.in === 'path' && places.includes('path')) named.set(each.name, each)
    return [...named.values()]
  }
  return [
    ...paramsPart(
      writer,
      within('path', 'query'),
      parameters.find((each) => isFormQuery(each)),
    ),
    ...textsPart(writer, 'headers', within('header'), ['string', 'number']),
    ...textsPart(writer, 'cookies', within('cookie'), ['string']),
    ...bodyParts(writer, operation),
  ]
}

/** Whether a parameter is the whole query, as a form: its members are sent as parameters. */
function isFormQuery({ in: place, contentType = '' }: EmittedParameter): boolean {
  return place === 'querystring' && bodyKind(contentType) === 'form'
}

function paramsPart(
  writer: TypeWriter,
  parameters: readonly EmittedParameter[],
  whole: EmittedParameter | undefined,
): readonly RequestPart[] {
  if (whole !== undefined) {
    const type = schemaType(writer, whole.schema, request, '  ')
    const query = type === 'unknown' ? '{ [name: string]: unknown }' : `(${type})`
    const required = whole.required || parameters.length > 0
    const path = parameters.map((each) => member(each, parameterValue(writer, each, true).type))
    const sent = `params: fields(options${required ? '' : '?'}.params)`
    return [{ name: 'params', type: path.length === 0 ? query : `${block(path)} & ${query}`, required, sent }]
  }
  if (parameters.length === 0) return []
  const required = parameters.some((each) => each.required)
  const values = parameters.map((each) => ({ parameter: each, ...parameterValue(writer, each, required) }))
  const lines = values.map(({ parameter, type }) => member(parameter, type))
  const changed = values.flatMap(({ sent }) => sent ?? [])
  return [
    {
      name: 'params',
      type: block(lines),
      required,
      ...(changed.length > 0 && {
        sent: `params: {\n${[`...options${required ? '' : '?'}.params`, ...changed].map((each) => `        ${each},\n`).join('')}      }`,
      }),
    },
  ]
}

/** Headers and cookies are texts: what else a schema allows is written as one. */
function textsPart(
  writer: TypeWriter,
  name: 'headers' | 'cookies',
  parameters: readonly EmittedParameter[],
  allowed: readonly string[],
): readonly RequestPart[] {
  if (parameters.length === 0) return []
  const lines = parameters.map((each) => {
    const type = schemaType(writer, each.schema, request, '    ')
    const isText = type.split(' | ').every((part) => allowed.includes(part) || /^'([^'\\]|\\.)*'$/.test(part))
    return member(each, isText ? type : 'string')
  })
  return [{ name, type: block(lines), required: parameters.some(({ required }) => required) }]
}

function member({ name, required, description, schema, deprecated }: EmittedParameter, type: string): string {
  const words = schemaWords(schema)
  const lines = [description ?? words.lines[0], ...words.lines.slice(1)]
  const head = comment({ lines, deprecated: deprecated || words.deprecated === true }, '    ')
  return `${head}    ${memberKey(name)}${required ? '' : '?'}: ${type}\n`
}

function block(lines: readonly string[]): string {
  return `{\n${lines.join('')}  }`
}

function bodyParts(writer: TypeWriter, { body }: EmittedOperation): readonly RequestPart[] {
  const content = body && preferred(body.contents)
  if (body === undefined || content === undefined) return []
  const { required } = body
  const { type, schema } = content
  const kind = bodyKind(type)
  if (kind === 'json') {
    const part: RequestPart = { name: 'json', type: schemaType(writer, schema, request, '  '), required }
    return [
      isUsualJson(type)
        ? part
        : {
            ...part,
            sent: `json: undefined,\n      ${asBlob('json', `JSON.stringify(options.json)`, type, required)}`,
          },
    ]
  }
  if (kind === 'form') return [formPart(writer, schema, required)]
  if (kind === 'multipart') return multipartParts(writer, schema, required)
  const isText = kind === 'text' || kind === 'events' || kind === 'lines'
  return [
    {
      name: 'body',
      type: isText ? 'string | Blob' : 'Blob | ArrayBuffer | Uint8Array<ArrayBuffer>',
      required,
      sent: asBlob('body', 'options.body', type, required),
    },
  ]
}

function isUsualJson(type: string): boolean {
  return /^(application\/json|\*\/\*|application\/\*)(;|$)/i.test(type)
}

/** A body with its media type, which a blob carries. */
function asBlob(setting: 'json' | 'body', content: string, type: string, required: boolean): string {
  const fitting = /[*]/.test(type) ? undefined : type
  const blob = `new Blob([${content}]${fitting === undefined ? '' : `, { type: ${quoted(fitting)} }`})`
  return required ? `body: ${blob}` : `...(options?.${setting} !== undefined && { body: ${blob} })`
}

function formPart(writer: TypeWriter, schema: EmittedSchema | undefined, required: boolean): RequestPart {
  const type = schemaType(writer, schema, request, '  ')
  const sent = `form: fields(options${required ? '' : '?'}.form)`
  return { name: 'form', type: type === 'unknown' ? '{ [name: string]: unknown }' : type, required, sent }
}

/** A form in parts: members of bytes are files, wherever the form is described. */
function multipartParts(
  writer: TypeWriter,
  schema: EmittedSchema | undefined,
  required: boolean,
): readonly RequestPart[] {
  const members = membersOf(followed(writer, schema))
  const composed = ['allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in members)
  const properties = Object.entries(membersOf(members.properties))
  if (composed || properties.length === 0) return [{ name: 'body', type: 'FormData', required }]
  const needed = new Set(Array.isArray(members.required) ? members.required.map(String) : [])
  const isFile = (value: unknown): boolean => isBytes(value) || isBytes(membersOf(value).items)
  const line = ([name, each]: readonly [string, unknown], type: string): string => {
    return `${comment(schemaWords(each), '    ')}    ${memberKey(name)}${needed.has(name) ? '' : '?'}: ${type}\n`
  }
  const files = properties.filter(([, each]) => isFile(each))
  const texts = properties.filter(([, each]) => !isFile(each) && membersOf(each).readOnly !== true)
  const fileLines = files.map((each) => line(each, isBytes(each[1]) ? 'FilePart' : 'FilePart[]'))
  const textLines = texts.map((each) => line(each, schemaType(writer, each[1] as EmittedSchema, request, '    ')))
  const isNeeded = (group: typeof files): boolean => required && group.some(([name]) => needed.has(name))
  const form = isNeeded(texts)
  return [
    {
      name: 'files',
      type: fileLines.length === 0 ? '{ [name: string]: FilePart | FilePart[] }' : block(fileLines),
      required: isNeeded(files),
      // Without files, too, the form is sent in parts.
      ...(!isNeeded(files) && { sent: 'files: { ...options?.files }' }),
    },
    ...(texts.length === 0
      ? []
      : [
          {
            name: 'form' as const,
            type: block(textLines),
            required: form,
            sent: `form: fields(options${form ? '' : '?'}.form)`,
          },
        ]),
  ]
}

function followed(writer: TypeWriter, schema: EmittedSchema | undefined): EmittedSchema | undefined {
  const name = componentOf(schema)
  return name === undefined ? schema : followed(writer, writer.schemas[name])
}
