import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { OpenApiDocument, OpenApiResponse } from '../../src/openapi/openapi-document.ts'

/** A reply as it came. */
export interface ReceivedReply {
  readonly status: number
  readonly type: string | undefined
  readonly body: string
}

/** Says what is wrong with a reply to a method of a path of the document; nothing when the document has it so. */
export type FaultOf = (path: string, method: string, reply: ReceivedReply) => string | undefined

/** Compiles a document into a check of replies. */
export function documentedReplies(document: OpenApiDocument): FaultOf {
  const ajv = new Ajv2020({ strict: false, allErrors: false })
  addFormats.default(ajv)
  ajv.addSchema(document as object, 'document')
  const pointer = (...parts: readonly string[]): string =>
    `document#/${parts.map((each) => encodeURIComponent(each.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

  return (path, method, { status, type, body }) => {
    const item = document.paths[path] ?? {}
    const key = method.toLowerCase()
    const declared = key === 'head' && !('head' in item) ? 'get' : key
    const operation = (item as Readonly<Record<string, { readonly responses: Readonly<Record<string, unknown>> }>>)[
      declared
    ]
    // OpenAPI has a word for QUERY only since 3.2.
    if (operation === undefined && key === 'query') return undefined
    // What a path does not answer, and the automatic OPTIONS, are in no document.
    if (operation === undefined) return [204, 400, 404, 405].includes(status) ? undefined : `status ${status}`
    const shown = String(status) in operation.responses ? String(status) : 'default'
    const named = operation.responses[shown]
    if (named === undefined) return `the status ${status}, which is none of ${Object.keys(operation.responses).join()}`
    const reference = (named as { readonly $ref?: string }).$ref
    // What a server refuses for any operation, and nothing that an operation itself should have said.
    const isRefusal = reference?.startsWith('#/components/responses/Refusal')
    if (isRefusal && ![400, 408, 414, 421, 431, 501, 503].includes(status)) return `the status ${status}, not described`
    const parts =
      reference === undefined ? ['paths', path, declared, 'responses', shown] : reference.slice(2).split('/')
    const response = parts.reduce<unknown>(
      (at, part) => (at as Readonly<Record<string, unknown>>)[part],
      document,
    ) as OpenApiResponse
    if (method === 'HEAD' || (body === '' && response.content === undefined)) return undefined
    const essence = type?.split(';')[0]?.trim() ?? ''
    const media = response.content?.[type ?? ''] ?? response.content?.[essence]
    if (media === undefined) {
      return `the type ${type}, which is none of ${Object.keys(response.content ?? {}).join()} of status ${status}`
    }
    if (media.schema === undefined || !/[/+]json$/.test(essence)) return undefined
    const known = type !== undefined && response.content?.[type] !== undefined ? type : essence
    const validate = ajv.getSchema(pointer(...parts, 'content', known, 'schema'))
    if (validate === undefined) return 'a schema that cannot be found'
    return validate(JSON.parse(body)) ? undefined : `${ajv.errorsText(validate.errors)}: ${body.slice(0, 300)}`
  }
}
