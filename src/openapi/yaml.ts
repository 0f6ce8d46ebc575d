import { stringify } from 'yaml'
import type { OpenApiDocument } from './openapi-document.ts'

/** Writes a document as YAML 1.2, with every part in full: no anchors, no folded lines. */
export function toYaml(document: OpenApiDocument): string {
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 })
}
