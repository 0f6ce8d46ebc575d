import type { TextNode } from '../../schema/text-tree.ts'

/** How deep names may go, and how many there may be at one level: more is no query that a person would write. */
const most = 8
const widest = 1000

/** A name with members inside it, taken apart: `filter[price][gte]` is `filter` with `price`, `gte`. */
export interface BracketedName {
  readonly name: string
  readonly keys: readonly string[]
}

/** Takes a name apart; nothing when it has no brackets, or none that match. */
export function bracketedName(text: string, deepest: number = most): BracketedName | undefined {
  const open = text.indexOf('[')
  if (open < 1 || !text.endsWith(']')) return undefined
  const keys = text.slice(open + 1, -1).split('][')
  if (keys.length > Math.min(deepest, most) || keys.some((key) => /[[\]]/.test(key) || key === '__proto__'))
    return undefined
  return { name: text.slice(0, open), keys }
}

/** Adds texts to a tree under the keys; what is too wide is left out, and its model then finds it missing. */
export function plant(root: TextNode, keys: readonly string[], texts: readonly string[]): void {
  let node = root
  for (const key of keys) {
    const known = node.members.get(key)
    if (known === undefined && node.members.size >= widest) return
    const next = known ?? { texts: [], members: new Map() }
    node.members.set(key, next)
    node = next
  }
  node.texts.push(...texts)
}
