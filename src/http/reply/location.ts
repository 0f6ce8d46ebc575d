import type { CallState } from '../../kernel/call-state.ts'
import { memberOf } from '../../schema/member.ts'
import type { RestChannel } from '../rest-channel.ts'
import { prefixed } from '../route/prefix.ts'

/** Makes the Location of a success; undefined when a member that it needs has no value. */
export type Locate = (call: CallState, output: unknown) => string | undefined

/** A name in a template. */
export const braces: RegExp = /\{([^{}]*)\}/g

/**
 * The settings of a channel with its location in full, behind its prefix, and the status that it answers with if it does
 * not say: what a POST has made is created.
 */
export function withCreated(method: RestChannel['method'], options: RestChannel['options']): RestChannel['options'] {
  if (options.location === undefined) return options
  const location = prefixed(options.prefix, options.location)
  return { ...(method === 'POST' && { status: 201 }), ...options, location }
}

/** Compiles how the Location of a channel is made. */
export function locator(template: string): Locate {
  // Literals and names in turn.
  const pieces = template.split(braces)
  return (call, output) => {
    let location = ''
    for (let at = 0; at < pieces.length; at += 2) {
      location += pieces[at]
      const name = pieces[at + 1]
      if (name === undefined) continue
      const text = textOf(memberIn(output, name) ?? memberIn(call.input, name))
      if (text === undefined) return undefined
      location += encodeURIComponent(text.toWellFormed())
    }
    return location
  }
}

function memberIn(members: unknown, name: string): unknown {
  return typeof members === 'object' && members !== null ? memberOf(members, name) : undefined
}

/** A scalar as text; an empty one would lead to another address. */
function textOf(value: unknown): string | undefined {
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined
  return value === '' ? undefined : String(value)
}
