import { problem } from '../../kernel/problem.ts'
import type { Exchange } from '../exchange.ts'
import { addVary } from '../reply/vary.ts'

/** Whether a POST may ask to be taken for another method, by a header of this name (`X-HTTP-Method-Override`). */
export type MethodOverride = boolean | { readonly header?: string }

/** Whether clients that can only send GET and POST reach the other methods. */
export interface MethodOverrideSettings {
  /**
   * Takes a POST for the PUT, PATCH, DELETE or QUERY that its `X-HTTP-Method-Override` names, or the header of another
   * name; false if it is not given.
   */
  readonly methodOverride?: MethodOverride
}

const targets: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE', 'QUERY'])

/**
 * Compiles how a POST is taken for the method that it asks for; undefined where it may not.
 *
 * @throws Problem `bad_request` for a method that a POST may not stand for
 */
export function overrideMethod(setting: MethodOverride): ((exchange: Exchange) => void) | undefined {
  if (setting === false) return undefined
  const { header = 'X-HTTP-Method-Override' } = setting === true ? {} : setting
  const name = header.toLowerCase()
  return (exchange) => {
    if (exchange.method !== 'POST') return
    exchange.filter((outgoing) => {
      addVary(outgoing.headers, header)
      return outgoing
    })
    const wanted = exchange.headers[name]
    if (wanted === undefined) return
    const method = String(wanted).trim().toUpperCase()
    if (method === 'POST') return
    if (!targets.has(method)) throw problem('bad_request', `${header} takes ${[...targets].join(', ')}`)
    exchange.method = method
  }
}
