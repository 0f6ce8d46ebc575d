import { CucumberExpression, type Node, NodeType } from '@cucumber/cucumber-expressions'
import { placeholders } from '../phrases.ts'

/** A piece of a phrase: words as they are written in a feature, or a placeholder. */
export type PhrasePart = { readonly words: string } | { readonly placeholder: string; readonly quoted: boolean }

/** Placeholders whose values stand between quotes in a feature. */
const quoted: ReadonlySet<string> = new Set(['text', 'value', 'name', 'string'])

const known = placeholders()

/** A phrase in pieces: without its escapes, of alternatives the first, and with what may be left out. */
export function phraseParts(phrase: string): readonly PhrasePart[] {
  const parts: PhrasePart[] = []
  for (const part of partsOf(new CucumberExpression(phrase, known).ast)) {
    const last = parts.at(-1)
    if (last !== undefined && 'words' in last && 'words' in part)
      parts[parts.length - 1] = { words: last.words + part.words }
    else parts.push(part)
  }
  return parts
}

function partsOf(node: Node): readonly PhrasePart[] {
  if (node.type === NodeType.parameter) {
    const placeholder = node.text()
    return [{ placeholder, quoted: quoted.has(placeholder) }]
  }
  if (node.type === NodeType.alternation) return node.nodes?.slice(0, 1).flatMap(partsOf) ?? []
  return node.nodes === undefined ? [{ words: node.text() }] : node.nodes.flatMap(partsOf)
}
