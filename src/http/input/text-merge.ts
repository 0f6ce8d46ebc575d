import { type Finding, toPointer } from '../../schema/finding.ts'
import { isTextFailure } from '../../schema/text.ts'
import type { TextNode } from '../../schema/text-tree.ts'
import type { SourcedMember } from './input-sources.ts'

/** The members of an input while they are put together. */
export type Members = Record<string, unknown>

/** Puts coerced texts into the members of an input, and remembers those that cannot be coerced. */
export class TextMerge {
  readonly #members: Members
  failures: Map<string, Finding> | undefined
  /** The texts that cannot be coerced, by member. */
  refused: Members | undefined
  fromQuery: Set<string | undefined> | undefined

  constructor(members: Members) {
    this.#members = members
  }

  take(source: SourcedMember, text: string | readonly string[] | undefined): void {
    if (text === undefined) return
    const { member, separator } = source
    this.#put(source, text, member.readText(separator === undefined ? text : split(text, separator)))
  }

  #put({ member, in: place }: SourcedMember, sent: unknown, value: unknown): void {
    if (isTextFailure(value)) {
      const { code, message, path } = value
      this.failures ??= new Map()
      this.refused ??= {}
      this.refused[member.name] = sent
      this.failures.set(member.name, { in: place, path: toPointer([member.name]) + path, code, message })
    } else this.#members[member.name] = value
  }

  /** Takes what a form sent: its texts are coerced, and other values, such as files, are taken as they are. */
  takeSent(source: SourcedMember, value: unknown): void {
    if (isTexts(value)) this.take(source, value)
    else this.#members[source.member.name] = value
  }

  /** Takes what a form sent of members inside a member. */
  takeSentTree(source: SourcedMember, tree: TextNode): void {
    this.#put(source, undefined, source.member.readTree(tree))
  }

  /** Keeps what a form sent and the model does not declare. */
  keepSent(name: string, value: unknown): void {
    if (name !== '__proto__') this.#members[name] = value
  }

  /** Takes what the query says; what is there already stays, unless the query counts for more. */
  takeFromQuery(source: SourcedMember, values: readonly string[], stronger: boolean = false): void {
    const { name } = source.member
    if (!stronger && Object.hasOwn(this.#members, name)) return
    this.#note(name)
    this.failures?.delete(name)
    this.take({ ...source, in: 'query' }, values.length === 1 ? values[0] : values)
  }

  /** Takes what the query says of members inside a member. */
  takeTree(source: SourcedMember, tree: TextNode, stronger: boolean = false): void {
    const { name } = source.member
    if (!stronger && Object.hasOwn(this.#members, name)) return
    this.#note(name)
    this.failures?.delete(name)
    this.#put({ ...source, in: 'query' }, undefined, source.member.readTree(tree))
  }

  /** Keeps what the model does not declare, for a policy that refuses it or hands it on. */
  keep(name: string, values: readonly string[]): void {
    if (name === '__proto__' || Object.hasOwn(this.#members, name)) return
    this.#note(name)
    this.#members[name] = values.length === 1 ? values[0] : values
  }

  #note(name: string): void {
    this.fromQuery ??= new Set()
    this.fromQuery.add(name)
  }
}

function split(text: string | readonly string[], separator: string): readonly string[] {
  const texts = typeof text === 'string' ? [text] : text
  return texts.flatMap((each) => (each === '' ? [] : each.split(separator).map((item) => item.trim())))
}

/** Whether a value of a form is a text, or a list of them. */
export function isTexts(value: unknown): value is string | readonly string[] {
  return typeof value === 'string' || (Array.isArray(value) && value.every((each) => typeof each === 'string'))
}

/** Gives members that are sent under another name their own. */
export function rename(members: Members, renamed: readonly SourcedMember[]): void {
  const sent = renamed.flatMap(({ member, name }) =>
    Object.hasOwn(members, name) ? [[member.name, members[name]]] : [],
  )
  for (const { member, name } of renamed) {
    delete members[name]
    delete members[member.name]
  }
  Object.assign(members, Object.fromEntries(sent))
}
