import type { Operation, OperationContent, OperationEncoding } from '../../kernel/operation.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import { dereference, toSchemas } from '../../schema/reference.ts'
import type { JsonSchema } from '../../schema/schema.ts'
import { type Upload, uploadOf } from '../../schema/upload-model.ts'
import type { RestChannel } from '../rest-channel.ts'
import { bodyMember, consumed } from './body-member.ts'

/** Describes the forms that a channel takes, with how their members are sent, or the bytes that its whole body is. */
export function describeForms(operation: Operation, channel: RestChannel, { input }: RegisteredService): Operation {
  const { body, definitions } = operation
  const [first] = body?.contents ?? []
  if (body === undefined || first === undefined || input === undefined) return operation
  const { consumes } = channel.options
  const takes = consumed(input, consumes)
  if (takes?.[0] === 'bytes') {
    const upload = bodyMember(input, consumes)?.upload ?? uploadOf(input.json, input.json)
    const contents = (upload?.types ?? ['*/*']).map((type): OperationContent => ({ type, schema: bytesSchema(upload) }))
    return { ...operation, body: { ...body, contents } }
  }
  const root = { $defs: definitions }
  const contents = takes === consumes ? body.contents : [{ ...first, type: multipart }]
  return { ...operation, body: { ...body, contents: contents.map((each) => formContent(each, root)) } }
}

const multipart = 'multipart/form-data'
const urlencoded = 'application/x-www-form-urlencoded'

function formContent(content: OperationContent, root: JsonSchema): OperationContent {
  const isMultipart = content.type === multipart
  if ((!isMultipart && content.type !== urlencoded) || content.schema === undefined) return content
  const model = dereference(content.schema, root)
  const properties: Record<string, JsonSchema> = {}
  const encoding: Record<string, OperationEncoding> = {}
  for (const [name, schema] of toSchemas(model.properties)) {
    const upload = uploadOf(schema, root)
    properties[name] = upload === undefined ? schema : fileSchema(schema, upload, root)
    const how = upload === undefined ? textEncoding(schema, root, isMultipart) : fileEncoding(upload)
    if (how !== undefined) encoding[name] = how
  }
  if (model.properties === undefined) return content
  const form = { ...content, schema: { ...model, properties } }
  return Object.keys(encoding).length === 0 ? form : { ...form, encoding }
}

/** Lists are repeated; objects are JSON, which goes without saying in multipart (OpenAPI 3.1, 4.8.15). */
function textEncoding(schema: JsonSchema, root: JsonSchema, isMultipart: boolean): OperationEncoding | undefined {
  const { type } = dereference(schema, root)
  if (isMultipart) return undefined
  if (type === 'array') return { style: 'form', explode: true }
  return type === 'object' ? { contentType: 'application/json' } : undefined
}

function fileEncoding({ types }: Upload): OperationEncoding | undefined {
  return types === undefined ? undefined : { contentType: types.join(', ') }
}

function fileSchema(schema: JsonSchema, upload: Upload, root: JsonSchema): JsonSchema {
  const { title, description, minItems, maxItems } = dereference(schema, root)
  const words = { ...(title !== undefined && { title }), ...(description !== undefined && { description }) }
  if (!upload.list) return { ...bytesSchema(upload), ...words }
  const least = typeof minItems === 'number' && minItems > 0 && { minItems }
  return { type: 'array', items: bytesSchema(upload), ...least, ...(maxItems !== undefined && { maxItems }), ...words }
}

/** Bytes as they are; the largest size of a stream is its `maxLength` (OpenAPI 3.1, 4.8.14.4). */
function bytesSchema(upload: Upload | undefined): JsonSchema {
  const bound = upload?.maxBytes === undefined ? {} : { maxLength: upload.maxBytes }
  return { type: 'string', contentMediaType: 'application/octet-stream', ...bound }
}
