import type { ReadApi, ReadOperation, ReadParameter } from '../../openapi/read/read-api.ts'
import { contentFaults } from './body-check.ts'
import type { Checking } from './checking.ts'
import { decoded, operationFinder } from './find-operation.ts'
import { formValue } from './form-value.ts'
import { contentFor, essenceOf, isJson } from './media-type.ts'
import { parameterValue, type QueryPairs } from './parameter-value.ts'
import { type SchemaCheck, schemaCheck } from './schema-check.ts'

/** A request as it is sent. */
export interface RequestToCheck {
  readonly method: string
  /** The path with its query, or the whole address. */
  readonly target: string
  readonly headers: Headers
  /** Empty where there is none. */
  readonly body: Uint8Array
}

/** Says what is wrong with a request, a sentence for each fault; nothing when the document allows it. */
export type RequestCheck = (request: RequestToCheck) => readonly string[]

/** Makes a check of requests by an API description; credentials are not looked at. */
export function requestCheck(api: ReadApi): RequestCheck {
  const find = operationFinder(api)
  const check = schemaCheck(api.schemas, 'request')
  const checking: Checking = { check, schemas: api.schemas, ownDocument: false }
  return (request) => {
    const { method, target } = request
    const { path, operation, values } = find(method, target)
    if (operation === undefined) {
      return [
        `The API description has ${path === undefined ? `no path for ${target}` : `no ${method.toUpperCase()} for ${path}`}`,
      ]
    }
    const query = queryPairs(target)
    return [
      ...operation.parameters.flatMap((each) => parameterFaults(each, { request, values, query, api, check })),
      ...undocumentedQuery(operation, query),
      ...requestBodyFaults(operation, request, checking).map((fault) => `The body of the request ${fault}`),
    ]
  }
}

interface Given {
  readonly request: RequestToCheck
  readonly values: ReadonlyMap<string, string>
  readonly query: QueryPairs
  readonly api: ReadApi
  readonly check: SchemaCheck
}

function parameterFaults(parameter: ReadParameter, given: Given): readonly string[] {
  const { name, required, schema } = parameter
  const { api, check } = given
  const shown = `The ${parameter.in} parameter ${name}`
  if (parameter.in === 'querystring') return wholeQueryFaults(parameter, given).map((fault) => `${shown} ${fault}`)
  const value = parameterValue(parameter, textsOf(parameter, given), api.schemas, check)
  if ('why' in value) return [`${shown} ${value.why}`]
  if (value.value === undefined) return required ? [`${shown} is missing`] : []
  return check(schema, value.value).map((fault) => `${shown} is wrong ${fault}`)
}

/** What is wrong with a query that is one value: ends of sentences. */
function wholeQueryFaults(parameter: ReadParameter, { request, query, api, check }: Given): readonly string[] {
  const { required, schema, contentType = '' } = parameter
  const text = queryOf(request.target)
  if (text === '') return required ? ['is missing'] : []
  const isForm = essenceOf(contentType) === 'application/x-www-form-urlencoded'
  const value = isForm
    ? { value: formValue(query, schema, api.schemas, check) }
    : isJson(contentType)
      ? parameterValue(parameter, [[parameter.name, decoded(text)]], api.schemas, check)
      : { value: undefined }
  if ('why' in value) return [value.why]
  return value.value === undefined ? [] : check(schema, value.value).map((fault) => `is wrong ${fault}`)
}

/** What a request has of a parameter, as names and texts. */
function textsOf({ name, in: place }: ReadParameter, { request, values, query }: Given): QueryPairs {
  if (place === 'query') return query
  const text =
    place === 'path'
      ? values.get(name)
      : place === 'header'
        ? request.headers.get(name)
        : cookieOf(request.headers, name)
  return text === undefined || text === null ? [] : [[name, text]]
}

function cookieOf(headers: Headers, wanted: string): string | undefined {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${wanted}=`))?.slice(wanted.length + 1)
}

function queryPairs(target: string): QueryPairs {
  return [...new URLSearchParams(queryOf(target))]
}

function queryOf(target: string): string {
  return target.split('#')[0]?.split('?').slice(1).join('?') ?? ''
}

/** Parameters of the query that no parameter of the operation is written as. */
function undocumentedQuery({ parameters }: ReadOperation, query: QueryPairs): readonly string[] {
  const inQuery = parameters.filter((each) => each.in === 'query' || each.in === 'querystring')
  // The members of an object stand in the query by their own names.
  const isOpen = inQuery.some((each) => {
    return each.in === 'querystring' || (each.style === 'form' && each.explode && !isPlain(each))
  })
  if (isOpen) return []
  const names = new Set(query.map(([name]) => name))
  return [...names].flatMap((name) => {
    const known = inQuery.some(
      (each) => each.name === name || (each.style === 'deepObject' && name.startsWith(`${each.name}[`)),
    )
    return known ? [] : [`The query parameter ${name} is not documented`]
  })
}

/** Whether the values of a parameter are certainly no objects. */
function isPlain({ schema, contentType }: ReadParameter): boolean {
  if (contentType !== undefined || typeof schema === 'boolean') return true
  const types = [schema.type].flat()
  return types.every((type) => type !== undefined && type !== 'object') || 'enum' in schema
}

function requestBodyFaults({ body }: ReadOperation, request: RequestToCheck, checking: Checking): readonly string[] {
  const isEmpty = request.body.length === 0
  if (body === undefined) return isEmpty ? [] : [`has ${request.body.length} bytes, but none is documented`]
  const types = body.contents.map(({ type }) => type).join(', ')
  const type = request.headers.get('content-type')
  if (isEmpty && type === null) return body.required ? [`is missing; ${types} is documented`] : []
  if (type === null) return [`has no Content-Type; ${types} is documented`]
  const content = contentFor(body.contents, type)
  if (content === undefined) return [`is ${type}, which is not documented: ${types} is`]
  return contentFaults(content, type, request.body, checking)
}
