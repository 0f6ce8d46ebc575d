import { z } from 'zod'
import { type Check, Rejected } from './issue.ts'
import { compiledZod } from './zod-compiled.ts'
import { zodIssues } from './zod-issue.ts'
import { zodWording } from './zod-wording.ts'

/** A model that has checked so many values is worth compiling, which takes a few milliseconds. */
const worthwhile = 100

/** Whether a model is one of Zod 4, whatever copy of Zod made it. */
export function isZod(schema: object): schema is z.core.$ZodType {
  const internals: unknown = Reflect.get(schema, '_zod')
  return typeof internals === 'object' && internals !== null && typeof Reflect.get(internals, 'run') === 'function'
}

/**
 * Checks values with a Zod model. It runs the model itself, as `~standard.validate` does, because that never learns
 * that a model waits: it would start every refinement twice in each call, and leave the first run unobserved.
 */
export function zodCheck(schema: z.core.$ZodType, direction: 'forward' | 'backward' = 'forward'): Check {
  let internals = schema._zod
  let checked = 0
  // Zod is fast only when it may not wait. The first value is run the other way, to learn whether the model waits.
  let waits: boolean | undefined

  const contextOf = (async: boolean): z.core.ParseContextInternal =>
    direction === 'forward' ? { async, error: zodWording } : { async, error: zodWording, direction }

  const run = (value: unknown, async: boolean): unknown => {
    const context = contextOf(async)
    const payload = internals.run({ value, issues: [] }, context)
    if (payload instanceof Promise) return payload.then((settled) => settle(settled, context))
    return payload.issues.length === 0 ? payload.value : new Rejected(zodIssues(payload.issues, context))
  }

  return (value) => {
    if (waits === false) {
      if (++checked === worthwhile && direction === 'forward') internals = compiledZod(schema)._zod
      try {
        return run(value, false)
      } catch (error) {
        if (!isAsyncError(error)) throw error
        waits = true
      }
    }
    const made = run(value, true)
    waits ??= made instanceof Promise
    return made
  }
}

function settle(payload: z.core.ParsePayload, context: z.core.ParseContextInternal): unknown {
  return payload.issues.length === 0 ? payload.value : new Rejected(zodIssues(payload.issues, context))
}

/** Whether a model cannot be run backwards, because it holds a transform without a way back. */
export function isEncodeError(error: unknown): boolean {
  return error instanceof z.core.$ZodEncodeError || isNamed(error, '$ZodEncodeError')
}

function isAsyncError(error: unknown): boolean {
  return error instanceof z.core.$ZodAsyncError || isNamed(error, '$ZodAsyncError')
}

/** A model may come from another copy of Zod, whose classes are not ours. */
function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.constructor.name === name
}
