import { isProblem, type Problem, problem } from '../../kernel/problem.ts'
import type { InputModel } from '../../schema/input-model.ts'
import { Invalid } from '../../schema/invalid.ts'
import { uploadOf } from '../../schema/upload-model.ts'
import { readJson } from '../input/json-body.ts'
import type { Read } from './incoming-messages.ts'

/** Whether messages are bytes by their model, as `bytes()` is one, and not JSON texts. */
export function areBytes(model: InputModel | undefined): boolean {
  return model !== undefined && uploadOf(model.json, model.json)?.as === 'bytes'
}

/**
 * Reads a message of a client by its model. `refuse` is told why one cannot be taken, with the code for closing; `denied`
 * says whether the client may not send it.
 */
export function messageReader(
  model: InputModel,
  refuse: (reason: Problem, code: number) => void,
  denied: (raw: unknown) => Problem | undefined = () => undefined,
): (message: Buffer) => Promise<Read | undefined> {
  const parse = areBytes(model) ? (message: Buffer): unknown => message : readJson
  return async (message) => {
    let raw: unknown
    try {
      raw = parse(message)
    } catch (error) {
      if (!isProblem(error)) throw error
      refuse(error, 1007)
      return undefined
    }
    const refused = denied(raw)
    if (refused !== undefined) {
      refuse(refused, 1008)
      return undefined
    }
    const value = await model.validate(raw, () => 'body')
    if (!(value instanceof Invalid)) return { value }
    refuse(problem('invalid_input', undefined, { findings: value.findings }), 1008)
    return undefined
  }
}
