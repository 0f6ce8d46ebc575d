import { stringify } from 'yaml'

/** Writes a value as YAML 1.2 (RFC 9512), with no text that a reader of YAML 1.1 would take for anything else. */
export function yamlText(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1', lineWidth: 0 })
}
