import type { SourcedMember } from './input-sources.ts'
import { isTexts, type TextMerge } from './text-merge.ts'
import { takeTrees } from './text-trees.ts'

/** How what a form holds is taken. */
interface FormRules {
  /** Whether the model or the policy wants to see what is not declared. */
  readonly keepsUnknown: boolean
  /** How deep names with brackets may go. */
  readonly deepest: number
}

/** Takes what a form holds: its texts are coerced, and other values, such as files, are taken as they are. */
export function takeForm(
  texts: TextMerge,
  form: Readonly<Record<string, unknown>>,
  sources: ReadonlyMap<string, SourcedMember>,
  { keepsUnknown, deepest }: FormRules,
): void {
  const entries = Object.entries(form)
  const given = new Map(entries.flatMap(([name, value]) => (isTexts(value) ? [[name, [value].flat()]] : [])))
  const trees = takeTrees(given, sources, deepest)
  for (const [source, tree] of trees) texts.takeSentTree(source, tree)
  for (const [name, value] of entries) {
    const source = sources.get(name)
    if (isTexts(value) && !given.has(name)) continue
    if (source !== undefined) texts.takeSent(source, value)
    else if (keepsUnknown) texts.keepSent(name, value)
  }
}
