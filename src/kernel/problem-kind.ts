import { isDeepStrictEqual } from 'node:util'
import { catalogue, type ProblemCode } from './catalogue.ts'
import type { ProblemKind, Thrown } from './problem.ts'
import type { NamedService } from './service-names.ts'

/** Whether a code is one of the catalogue. */
export function isCatalogueCode(code: string): code is ProblemCode {
  return Object.hasOwn(catalogue, code)
}

/** The kind of problem that `throws` names; undefined for what is none. */
export function kindOf(thrown: Thrown): ProblemKind | undefined {
  if (typeof thrown === 'function') return thrown.kind
  return isCatalogueCode(thrown) ? { code: thrown, ...catalogue[thrown] } : undefined
}

/** The kinds of an app's own that its services name in `throws`, each once, in their order. */
export function ownKinds(services: readonly NamedService[]): readonly ProblemKind[] {
  const kinds = services.flatMap(({ service }) => service.throws.flatMap((each) => kindOf(each) ?? []))
  return [...new Map(kinds.filter(({ code }) => !isCatalogueCode(code)).map((kind) => [kind.code, kind])).values()]
}

/** What is wrong with the kinds of problems that services name. */
export function kindFaults(services: readonly NamedService[]): string[] {
  const known = new Map<string, readonly [kind: ProblemKind, service: string]>()
  return services.flatMap(({ name, service }) =>
    service.throws.flatMap((thrown) => {
      const kind = kindOf(thrown)
      if (kind === undefined) {
        if (typeof thrown !== 'function')
          return [`${name} throws '${thrown}', which is no code of the catalogue: remove it`]
        return [`${name} throws a function that defineProblem did not make: remove it`]
      }
      const { code } = kind
      if (isCatalogueCode(code)) {
        if (isDeepStrictEqual(kind, { code, ...catalogue[code] })) return []
        return [`${name} throws a problem of its own with the code '${code}' of the catalogue: give it another code`]
      }
      if (!/^[\w.-]+$/.test(code)) {
        return [`${name} throws a problem with the code '${code}': make it of letters, digits, '_', '-' and '.'`]
      }
      if (!Number.isInteger(kind.status) || kind.status < 400 || kind.status > 599) {
        return [`the problem '${code}' has the status ${kind.status}: give it one from 400 to 599`]
      }
      const other = known.get(code)
      if (other === undefined) known.set(code, [kind, name])
      else if (!isDeepStrictEqual(other[0], kind)) {
        return [
          `${other[1]} and ${name} throw different problems with the code '${code}': give one of them another code`,
        ]
      }
      return []
    }),
  )
}
