import { type Finding, toPointer } from '../../schema/finding.ts'
import { isTextFailure } from '../../schema/text.ts'
import type { SourcedMember } from './input-sources.ts'

/** The members of an input while they are put together. */
export type Members = Record<string, unknown>

/** Puts coerced texts into the members of an input, and remembers those that cannot be coerced. */
export class TextMerge {
  readonly #members: Members
  failures: Map<string, Finding> | undefined
  fromQuery: Set<string | undefined> | undefined

  constructor(members: Members) {
    this.#members = members
  }

  take({ member, in: place }: SourcedMember, text: string | readonly string[] | undefined): void {
    if (text === undefined) return
    const value = member.readText(text)
    if (isTextFailure(value)) {
      const { code, message, path } = value
      this.failures ??= new Map()
      this.failures.set(member.name, { in: place, path: toPointer([member.name]) + path, code, message })
    } else this.#members[member.name] = value
  }

  takeFromQuery({ member }: SourcedMember, values: readonly string[]): void {
    if (Object.hasOwn(this.#members, member.name)) return
    this.#note(member.name)
    this.take({ member, in: 'query', name: member.name }, values.length === 1 ? values[0] : values)
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
