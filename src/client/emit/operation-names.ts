import type { EmittedOperation } from './emitted-api.ts'
import { namesBeside } from './names.ts'
import { camelCase, pascalCase } from './words.ts'

/** What would make the object of functions something else: a promise, or without a constructor. */
const taken = ['then', 'constructor', 'prototype', 'toString', 'valueOf', 'toJSON', 'hasOwnProperty', '__proto__']

/** The names of the functions of operations, in their order: of the operation's id, or else of method and path. */
export function operationNames(operations: readonly EmittedOperation[]): readonly string[] {
  const names = namesBeside(taken)
  // An id that is good as it is should not lose its name to one that has to be changed.
  const exact = new Map<EmittedOperation, string>()
  const seen = new Set<string>()
  for (const each of operations) {
    const { id = '' } = each
    if (id === '' || id !== camelCase(id) || seen.has(id)) continue
    seen.add(id)
    exact.set(each, names.take(id, 'call'))
  }
  return operations.map((each) => exact.get(each) ?? names.take(camelCase(each.id ?? '') || ofPath(each), 'call'))
}

/** `GET /users/{id}/cars` becomes `getUsersByIdCars`. */
function ofPath({ method, path }: EmittedOperation): string {
  const parts = path.split('/').map((part) => {
    return part.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => ` By ${name} `)
  })
  return camelCase(method.toLowerCase()) + parts.map(pascalCase).join('')
}
