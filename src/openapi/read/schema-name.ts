import { partsOf } from './pointer.ts'

const structure: ReadonlySet<string> = new Set([
  ...['components', 'schemas', 'paths', 'responses', 'requestBodies', 'parameters', 'headers', 'content', 'schema'],
  ...['properties', 'patternProperties', '$defs', 'definitions', 'x-documents'],
])

/** A name for the schema at a pointer: letters, digits, `.`, `_` and `-` only, so that references to it need no escapes. */
export function schemaName(pointer: string): string {
  const parts = (partsOf(pointer) ?? []).filter((part) => !structure.has(part))
  // The model of another file is called what the file calls it, or as the file.
  const own = pointer.startsWith('#/x-documents/') ? [parts.slice(1).at(-1) ?? fileName(parts[0] ?? '')] : parts
  return tidied(own.length === 1 ? (own[0] ?? '') : own.map(capital).join(''))
}

function fileName(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\.(json|ya?ml)$/i, '').replace(/\.(schema|openapi)$/i, '')
}

function capital(part: string): string {
  return part
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

function tidied(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^_+|_+$/g, '') || 'Schema'
}
