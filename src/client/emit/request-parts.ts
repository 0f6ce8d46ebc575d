import { bodyKind, preferred } from './body-kind.ts'
import { comment, schemaWords } from './comment.ts'
import type { EmittedContent, EmittedOperation, EmittedParameter, EmittedSchema } from './emitted-api.ts'
import { kindOf, parameterValue } from './parameter-value.ts'
import { isWholeQuery, pathName } from './path-template.ts'
import { componentOf, isBytes, membersOf, schemaType, type TypeUse, type TypeWriter, typeText } from './schema-type.ts'
import { plain, type TypeText, typedLine } from './type-text.ts'
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
  const within = (place: string): readonly EmittedParameter[] =>
    operation.parameters.filter((each) => each.in === place)
  return [
    ...paramsPart(writer, operation),
    ...textsPart(writer, 'headers', within('header'), ['string', 'number']),
    ...textsPart(writer, 'cookies', within('cookie'), ['string']),
    ...bodyParts(writer, operation),
  ]
}

function paramsPart(writer: TypeWriter, operation: EmittedOperation): readonly RequestPart[] {
  const whole = operation.parameters.find((each) => each.in === 'querystring' && !isWholeQuery(each))
  const parameters = operation.parameters
    .filter((each) => each.in === 'path' || each.in === 'query' || isWholeQuery(each))
    // Without a whole query its braces in the address would stay empty.
    .map((each) => (isWholeQuery(each) ? { ...each, required: true } : each))
  const nameOf = (each: EmittedParameter): string => (each.in === 'path' ? pathName(each, operation) : each.name)
  const required = parameters.some((each) => each.required) || whole?.required === true
  const values = parameters.map((each) => ({ each, ...parameterValue(writer, each, nameOf(each), required) }))
  const lines = values.map(({ each, type }) => member(each, nameOf(each), type))
  const at = `options${required ? '' : '?'}.params`
  if (whole !== undefined) {
    const type = schemaType(writer, whole.schema, request, '  ')
    const query = kindOf(writer, whole.schema) === 'object' ? type : '{ [name: string]: unknown }'
    const all = lines.length === 0 ? query : `${block(lines)} & (${query})`
    return [{ name: 'params', type: all, required, sent: `params: fields(${at})` }]
  }
  if (parameters.length === 0) return []
  const changed = values.flatMap(({ sent = [] }) => sent)
  const inner = [`...${at}`, ...changed].map((each) => `        ${each},\n`).join('')
  return [
    { name: 'params', type: block(lines), required, ...(changed.length > 0 && { sent: `params: {\n${inner}      }` }) },
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
    const type = typeText(writer, each.schema, request, '    ')
    const isText = type.alternatives.every((part) => allowed.includes(part) || /^'([^'\\]|\\.)*'$/.test(part))
    return member(each, each.name, isText ? type : plain('string'))
  })
  return [{ name, type: block(lines), required: parameters.some(({ required }) => required) }]
}

function member({ required, description, schema, deprecated }: EmittedParameter, name: string, type: TypeText): string {
  const words = schemaWords(schema)
  const lines = [description ?? words.lines[0], ...words.lines.slice(1)]
  const head = comment({ lines, deprecated: deprecated || words.deprecated === true }, '    ')
  return head + typedLine(`${memberKey(name)}${required ? '' : '?'}:`, type, '    ')
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
  if (kind === 'form') return [formPart(writer, content, required)]
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

function formPart(writer: TypeWriter, { schema, encoding }: EmittedContent, required: boolean): RequestPart {
  const isObject = kindOf(writer, schema) === 'object'
  const isDeep = Object.values(encoding).some((each) => membersOf(each).style === 'deepObject')
  const convert = isDeep ? 'deepFields' : 'fields'
  return {
    name: 'form',
    type: isObject ? schemaType(writer, schema, request, '  ') : '{ [name: string]: unknown }',
    required,
    sent: required ? `form: ${convert}(options.form)` : `form: options?.form && ${convert}(options.form)`,
  }
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
  const line = ([name, each]: readonly [string, unknown], type: TypeText): string => {
    return (
      comment(schemaWords(each), '    ') + typedLine(`${memberKey(name)}${needed.has(name) ? '' : '?'}:`, type, '    ')
    )
  }
  const files = properties.filter(([, each]) => isFile(each))
  const texts = properties.filter(([, each]) => !isFile(each) && membersOf(each).readOnly !== true)
  const fileLines = files.map((each) => line(each, plain(isBytes(each[1]) ? 'FilePart' : 'FilePart[]')))
  const textLines = texts.map((each) => line(each, typeText(writer, each[1], request, '    ')))
  const isNeeded = (group: typeof files): boolean => required && group.some(([name]) => needed.has(name))
  const filePart: RequestPart = {
    name: 'files',
    type: fileLines.length === 0 ? '{ [name: string]: FilePart | FilePart[] }' : block(fileLines),
    required: isNeeded(files),
  }
  // Without files, too, what is sent is a form in parts.
  const open = 'files: { ...options?.files }'
  if (texts.length === 0) return [isNeeded(files) || !required ? filePart : { ...filePart, sent: open }]
  const isFormNeeded = isNeeded(texts)
  const sentFiles = required ? open : 'files: (options?.files ?? options?.form) && { ...options?.files }'
  return [
    { ...filePart, ...(!isNeeded(files) && { sent: sentFiles }) },
    {
      name: 'form',
      type: block(textLines),
      required: isFormNeeded,
      sent: isFormNeeded ? 'form: fields(options.form)' : 'form: options?.form && fields(options.form)',
    },
  ]
}

function followed(writer: TypeWriter, schema: EmittedSchema | undefined): EmittedSchema | undefined {
  const name = componentOf(schema)
  return name === undefined ? schema : followed(writer, writer.schemas[name])
}
