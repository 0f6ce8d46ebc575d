import { createRequire } from 'node:module'
import type { Document, Element, Node } from '@xmldom/xmldom'
import { Expectation } from '../expectation.ts'
import type { Memory } from '../memory.ts'
import type { World } from '../world.ts'

/** What is used of the library; its own types would give all of this code the globals of a browser. */
interface XPathLibrary {
  readonly selectWithResolver: (
    expression: string,
    node: Node,
    resolver: { readonly lookupNamespaceURI: (prefix: string) => string | null },
  ) => readonly Node[] | string | number | boolean
}

const memory: Memory<Map<string, string>> = { scope: 'feature', make: () => new Map() }

/** Names a namespace, for the expressions of later steps. */
export function nameNamespace(world: World, prefix: string, uri: string): void {
  world.recall(memory).set(prefix, uri)
}

let library: XPathLibrary | undefined

/**
 * What an expression finds: nodes, or a value. Prefixes are those that steps have named, and those of the document's root.
 *
 * @throws Error when the expression cannot be read
 */
export function evaluate(
  world: World,
  expression: string,
  document: Document,
): readonly Node[] | string | number | boolean {
  library ??= createRequire(import.meta.url)('xpath') as XPathLibrary
  const named = world.recall(memory)
  const lookupNamespaceURI = (prefix: string): string | null =>
    named.get(prefix) ?? document.documentElement?.lookupNamespaceURI(prefix) ?? null
  try {
    return library.selectWithResolver(expression, document, { lookupNamespaceURI })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const [, prefix] = /Cannot resolve QName (\w+)/.exec(reason) ?? []
    const mend = prefix === undefined ? reason : `name the prefix with 'namespace prefix "${prefix}" of "<address>"'`
    throw new Error(`The XPath "${expression}" cannot be used: ${mend}`)
  }
}

/** The texts that an expression finds; a value that it computes is one. */
export function textsAt(world: World, expression: string, document: Document): readonly string[] {
  const found = evaluate(world, expression, document)
  return Array.isArray(found) ? found.map((node: Node) => node.textContent ?? node.nodeValue ?? '') : [String(found)]
}

/** Fails, saying what may be the reason why an expression finds nothing. */
export function nothingAt(expression: string, document: Document, where: string): Expectation {
  const root: Element | null = document.documentElement
  const uri = root?.namespaceURI
  const hint =
    uri && root?.prefix === null && !expression.includes(':')
      ? `: its elements are in a namespace; write 'namespace prefix "n" of "${uri}"' and put n: before their names`
      : `: its root is <${root?.nodeName ?? ''}>`
  return new Expectation(`XPath "${expression}" finds nothing in the ${where}${hint}`)
}
