import type { Operation, OperationParameter } from '../kernel/operation.ts'
import { exampleOf } from './example-value.ts'

/**
 * A curl command for the first GET operation, or else the first one, with examples where it takes values; for one that
 * asks for credentials only where all of them do.
 */
export function curlLine(operations: readonly Operation[], url: string): string | undefined {
  const open = operations.filter(({ security = [{}] }) => security.some((each) => Object.keys(each).length === 0))
  const tried = open.length > 0 ? open : operations
  const operation = tried.find(({ method }) => method === 'GET') ?? tried[0]
  if (operation === undefined) return undefined
  const { method, path, body, definitions } = operation
  const parameters = operation.parameters.filter(({ required }) => required)
  const text = (parameter: OperationParameter): string =>
    encodeURIComponent(String(exampleOf(parameter.schema, definitions, parameter.name)))
  const inPath = new Map(parameters.filter((each) => each.in === 'path').map((each) => [each.name, text(each)]))
  const inQuery = parameters.filter((each) => each.in === 'query').map((each) => `${each.name}=${text(each)}`)
  const address = `${url}${path.replaceAll(/\{([^}]*)\}/g, (_, name: string) => inPath.get(name) ?? '')}`
  const schema = body?.contents.find(({ type }) => type === 'application/json')?.schema
  const sent = schema && JSON.stringify(exampleOf(schema, definitions, 'body'))
  return [
    'curl',
    ...(method === 'GET' || method === '*' ? [] : [`-X ${method}`]),
    ...(sent === undefined ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(sent)}`]),
    inQuery.length === 0 ? address : quoted(`${address}?${inQuery.join('&')}`),
  ].join(' ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
