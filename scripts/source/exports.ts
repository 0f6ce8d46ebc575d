import { type Token, tokens } from './tokens.ts'

/** The names that an entry file gives its users, sorted. */
export type EntryNames = Readonly<Record<string, 'value' | 'type'>>

/**
 * The names in the `export { ... }` and `export type { ... }` lists of an entry file. An entry says each name that it
 * exports; a star or a declaration there would make names public by accident, and throws.
 */
export function exportedNames(source: string): EntryNames {
  const all = tokens(source)
  const found: [name: string, kind: 'value' | 'type'][] = []
  for (const [index, token] of all.entries()) {
    if (token.kind !== 'word' || token.text !== 'export') continue
    const typeOnly = all[index + 1]?.text === 'type'
    const open = index + (typeOnly ? 2 : 1)
    if (all[open]?.text !== '{') {
      throw new Error(
        'An entry file exports something other than a list: write `export { name } from` for each name, so that nothing becomes public by accident',
      )
    }
    for (const item of listItems(all, open + 1)) {
      const name = item.at(-1)
      if (name !== undefined) found.push([name, typeOnly || (item.length > 1 && item[0] === 'type') ? 'type' : 'value'])
    }
  }
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The words of each item of a list that starts at a token: `a as b, type C }` is `[a as b] [type C]`. */
function listItems(all: readonly Token[], start: number): readonly (readonly string[])[] {
  const items: string[][] = [[]]
  for (let index = start; all[index] !== undefined && all[index]?.text !== '}'; index += 1) {
    const text = all[index]?.text ?? ''
    if (text === ',') items.push([])
    else items.at(-1)?.push(text)
  }
  return items
}
