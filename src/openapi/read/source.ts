import { faultAt } from './document-error.ts'
import { type Place, textAt } from './place.ts'

/** A document that is read. */
export interface Source {
  readonly root: Place
  /** The version of OpenAPI, as the document has it. */
  readonly version: string
  /** Its second number: 0, 1 or 2. */
  readonly minor: number
  /** The address that the document gives itself, without a fragment. */
  readonly self: string | undefined
}

/** Looks at what a document says of itself; what is no OpenAPI 3 is a fault that says how to make it so. */
export function sourceOf(document: unknown): Source {
  const root: Place = { value: document, pointer: '#' }
  const swagger = textOrNumber(root, 'swagger')
  if (swagger !== undefined) {
    const convert = "convert it to OpenAPI 3 first, for example with 'npx swagger2openapi swagger.json -o openapi.json'"
    throw faultAt(root, `is one of Swagger ${swagger}: ${convert}`)
  }
  const version = textOrNumber(root, 'openapi')
  if (version === undefined) {
    throw faultAt(
      root,
      'has no "openapi": write its version there, such as 3.1.0, or look whether this is another file',
    )
  }
  const minor = /^3\.(\d+)(\.|$)/.exec(version)?.[1]
  if (minor === undefined) {
    throw faultAt(root, `is one of OpenAPI ${version}, which cannot be read: versions 3.0, 3.1 and 3.2 can`)
  }
  if (Number(minor) > 2) {
    throw faultAt(root, `is one of OpenAPI ${version}, which is newer than what can be read: 3.0, 3.1 and 3.2`)
  }
  return { root, version, minor: Number(minor), self: textAt(root, '$self')?.split('#')[0] || undefined }
}

/** YAML reads `swagger: 2.0` without quotes as a number. */
function textOrNumber(root: Place, name: string): string | undefined {
  const value = typeof root.value === 'object' && root.value !== null ? Reflect.get(root.value, name) : undefined
  if (typeof value === 'number') return String(Number.isInteger(value) ? value.toFixed(1) : value)
  return textAt(root, name)
}
