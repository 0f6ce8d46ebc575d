import { type Node, parse } from '@cucumber/tag-expressions'
import type { Scenario } from '../feature-file.ts'
import { RunFault, reasonOf } from './run-fault.ts'

/**
 * The tags that mean something to the runner, on a scenario, a rule or a feature:
 *
 * - `@skip` and `@wip`: reported as skipped. Whoever asks for such a scenario, by a tag expression that names the tag or by
 *   its line, gets it all the same: so one works on what others should not be bothered by.
 * - `@isolated`: a scenario with a context of its own, which nothing is carried into and nothing out of; the only ones of a
 *   feature that may run side by side.
 * - `@serial`: a feature beside which no other one runs.
 * - `@reusable`: not run by itself; others use its steps.
 * - `@setup` and `@cleanup`: run at the begin and at the end of their feature whenever a scenario of it runs; the cleanup also
 *   when the run is ended early.
 * - `@before-all` and `@after-all`: the same for the whole run, once, wherever below the folder they are. What a `@before-all`
 *   stores is known in all features.
 */
export const roles = ['@reusable', '@before-all', '@after-all', '@setup', '@cleanup'] as const

/** What a scenario is for, if it is no test. */
export type Role = (typeof roles)[number]

/** The first role among the tags of a scenario. */
export function roleOf({ tags }: Scenario): Role | undefined {
  return roles.find((role) => tags.includes(role))
}

const leftOut: readonly string[] = ['@skip', '@wip']

/** The tag for which a scenario is left out; none where somebody asks for it. */
export function leftOutFor({ tags }: Scenario, { asksFor }: TagFilter): string | undefined {
  const found = tags.filter((tag) => leftOut.includes(tag))
  return found.some(asksFor) ? undefined : found[0]
}

/** Some tag expressions, all of which have to hold. */
export interface TagFilter {
  readonly fits: (tags: readonly string[]) => boolean
  /** Whether an expression asks for the tag; `not @wip` does not. */
  readonly asksFor: (tag: string) => boolean
}

/** Compiles tag expressions such as `@smoke and not @slow`. @throws RunFault for one that is none */
export function tagFilter(expressions: readonly string[]): TagFilter {
  const nodes = expressions.map(parsed)
  const fits = (tags: readonly string[]): boolean => nodes.every((node) => node.evaluate([...tags]))
  const asksFor = (tag: string): boolean => expressions.some((text) => names(text, tag))
  return { fits, asksFor }
}

function parsed(expression: string): Node {
  try {
    return parse(expression)
  } catch (error) {
    const hint = "write it as '@smoke and not (@slow or @wip)'"
    throw new RunFault([`'${expression}' is no tag expression (${reasonOf(error).split('\n')[0]}): ${hint}`], true)
  }
}

function names(expression: string, tag: string): boolean {
  const words = expression.split(/[\s()]+/)
  return words.some((word, index) => word === tag && words[index - 1] !== 'not')
}
