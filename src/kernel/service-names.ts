import { isService, type Service } from './service.ts'

/**
 * Services to register: a list of those that have a name, or a tree whose keys name them, such as the modules of an
 * app folder: `{ employee: { getEmployee } }` holds `employee.get-employee`. Lists and trees may hold each other; what is
 * no service is passed over.
 */
export type ServiceTree = readonly (Service | ServiceTree)[] | { readonly [key: string]: unknown }

/** A service and the name it goes by. */
export interface NamedService {
  readonly name: string
  readonly service: Service
}

/** Every service of the tree with its name, each once; a service without a name in a list has the name `''`. */
export function nameServices(tree: ServiceTree): NamedService[] {
  const found = new Map<Service, string>()
  const seen = new Set<unknown>()
  const visit = (value: unknown, path: readonly string[]): void => {
    if (seen.has(value)) return
    if (typeof value === 'object') seen.add(value)
    if (isService(value)) {
      found.set(value, value.name ?? path.join('.'))
    } else if (Array.isArray(value)) {
      for (const each of value) visit(each, path)
    } else if (isTree(value)) {
      for (const [key, member] of Object.entries(value)) visit(member, [...path, toKebabCase(key)])
    }
  }
  visit(tree, [])
  return [...found].map(([service, name]) => ({ name, service }))
}

/** Whether a service is one of Trestle's own, such as those for health and documentation. */
export function isBuiltIn(service: string): boolean {
  return service.startsWith('trestle.')
}

function isTree(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

function toKebabCase(text: string): string {
  return text
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1-$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1-$2')
    .toLowerCase()
}
