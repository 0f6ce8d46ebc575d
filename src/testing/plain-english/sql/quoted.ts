/** A name in SQL, whatever signs it has; `schema.table` names both. */
export function quoted(name: string): string {
  return name
    .split('.')
    .map((part) => `"${part.trim().replaceAll('"', '""')}"`)
    .join('.')
}
