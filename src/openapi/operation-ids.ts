import { camelCase, pascalCase } from './words.ts'

/** Whose id is asked for. */
export interface Identified {
  readonly service: string
  /** In lower case. */
  readonly method: string
}

/**
 * One id for each operation, in order: the last part of the service's name, with the rest before it where services would
 * clash. Further operations of a service add their method, if it is a new one, and then a number.
 */
export function operationIds(operations: readonly Identified[]): readonly string[] {
  const services = new Set(operations.map(({ service }) => service))
  const sharing = Map.groupBy(services, (service) => shortId(service))
  const taken = new Set<string>()
  const methods = new Map<string, Set<string>>()
  return operations.map(({ service, method }) => {
    const short = shortId(service)
    const base = sharing.get(short)?.length === 1 ? short : camelCase(service)
    const before = methods.get(service) ?? new Set()
    const wanted = before.size === 0 || before.has(method) ? base : base + pascalCase(method)
    methods.set(service, before.add(method))
    let id = wanted
    for (let number = 2; taken.has(id); number++) id = wanted + number
    taken.add(id)
    return id
  })
}

function shortId(service: string): string {
  return camelCase(service.slice(service.lastIndexOf('.') + 1)) || camelCase(service) || 'operation'
}
