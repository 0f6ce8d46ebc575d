import { camelCase, pascalCase } from './words.ts'

/** Whose id is asked for. */
export interface Identified {
  readonly service: string
  /** In lower case. */
  readonly method: string
}

/**
 * One id for each operation, in order: the last part of the service's name, with the rest before it where services would
 * clash. Further operations of a service add their method, where it is another, and then a number.
 */
export function operationIds(operations: readonly Identified[]): readonly string[] {
  const services = new Set(operations.map(({ service }) => service))
  const sharing = Map.groupBy(services, (service) => shortId(service))
  const taken = new Set<string>()
  const firstMethods = new Map<string, string>()
  return operations.map(({ service, method }) => {
    const short = shortId(service)
    const base = sharing.get(short)?.length === 1 ? short : camelCase(service)
    const first = firstMethods.get(service) ?? method
    firstMethods.set(service, first)
    const wanted = method === first ? base : base + pascalCase(method)
    let id = wanted
    for (let number = 2; taken.has(id); number++) id = wanted + number
    taken.add(id)
    return id
  })
}

function shortId(service: string): string {
  return camelCase(service.slice(service.lastIndexOf('.') + 1)) || camelCase(service) || 'operation'
}
