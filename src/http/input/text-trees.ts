import type { TextNode } from '../../schema/text-tree.ts'
import { bracketedName, plant } from './bracketed-name.ts'
import type { SourcedMember } from './input-sources.ts'
import type { TextMembers } from './query-text.ts'

const noTrees: ReadonlyMap<SourcedMember, TextNode> = new Map()

/** Takes the names with brackets out of a query or form, as trees of texts by the member that they belong to. */
export function takeTrees(
  given: TextMembers,
  sources: ReadonlyMap<string, SourcedMember>,
  deepest: number,
): ReadonlyMap<SourcedMember, TextNode> {
  let trees: Map<SourcedMember, TextNode> | undefined
  for (const [sent, texts] of given) {
    const path = !sent.endsWith(']') || sources.has(sent) ? undefined : bracketedName(sent, deepest)
    const source = path && sources.get(path.name)
    if (path === undefined || source === undefined) continue
    trees ??= new Map()
    const root = trees.get(source) ?? { texts: given.get(path.name) ?? [], members: new Map() }
    trees.set(source, root)
    plant(root, path.keys, texts)
    given.delete(sent)
    given.delete(path.name)
  }
  return trees ?? noTrees
}
