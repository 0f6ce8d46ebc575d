import { bodyKind } from './body-kind.ts'
import type { EmittedOperation, EmittedParameter } from './emitted-api.ts'

/** What a parameter of the path is called: its name, or another where a parameter of the query has the same. */
export function pathName({ name }: Pick<EmittedParameter, 'name'>, operation: EmittedOperation): string {
  const isTaken = operation.parameters.some((each) => each.name === name && each.in === 'query')
  return isTaken ? pathName({ name: `${name}InPath` }, operation) : name
}

/** Whether a parameter is the whole query, but no form: it is one text. */
export function isWholeQuery({ in: place, contentType = '' }: EmittedParameter): boolean {
  return place === 'querystring' && bodyKind(contentType) !== 'form'
}

/** The path as the client is given it, in whose braces are the names of the parameters. */
export function pathTemplate(operation: EmittedOperation): string {
  const { path, parameters } = operation
  const filled = path.replaceAll(/\{([^{}]*)\}/g, (whole, name: string) => {
    const parameter = parameters.find((each) => each.in === 'path' && each.name === name)
    if (parameter === undefined) return whole
    const given = `{${pathName(parameter, operation)}}`
    return parameter.style === 'label' ? `.${given}` : parameter.style === 'matrix' ? `;${name}=${given}` : given
  })
  const query = parameters.find(isWholeQuery)
  return query === undefined ? filled : `${filled}?{${query.name}}`
}
