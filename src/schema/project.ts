import type { JsonSchema } from './schema.ts'

export type Project = (value: unknown) => unknown

export function projector(_root: JsonSchema): Project | undefined {
  return undefined
}

export function undeclaredPaths(_root: JsonSchema): (value: unknown) => string[] {
  return () => []
}
