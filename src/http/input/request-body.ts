import { isProblem, type Problem, problem } from '../../kernel/problem.ts'
import type { Exchange } from '../exchange.ts'
import { isJsonType, readJson } from './json-body.ts'

/**
 * Reads the body of a request as JSON; undefined when there is none.
 *
 * @throws Problem `unsupported_media_type` for anything else, `body_too_large` beyond the limit, in bytes, and as
 *   {@link readJson} does.
 */
export async function readRequestBody(exchange: Exchange, limit: number): Promise<unknown> {
  if (exchange.bodyLength === 0) return undefined
  const refusal = contentRefusal(exchange)
  if (refusal === undefined) {
    const bytes = await exchange.readBody(limit)
    return bytes.length === 0 ? undefined : readJson(bytes)
  }
  if (exchange.bodyLength === undefined && (await isEmpty(exchange))) return undefined
  throw refusal
}

/** Whether a body of unknown length turns out to be none. */
async function isEmpty(exchange: Exchange): Promise<boolean> {
  try {
    await exchange.readBody(0)
    return true
  } catch (error) {
    if (isProblem(error) && error.code === 'body_too_large') return false
    throw error
  }
}

function contentRefusal({ headers }: Exchange): Problem | undefined {
  const type = headers['content-type'] as string | undefined
  const coding = headers['content-encoding']
  if (!isJsonType(type)) {
    const what = type === undefined || type === '' ? 'The body has no Content-Type' : `The body is ${type}`
    return problem('unsupported_media_type', `${what}; send application/json`, {
      headers: { Accept: 'application/json' },
    })
  }
  if (coding === undefined || coding === 'identity') return undefined
  return problem('unsupported_media_type', `The body is encoded as ${coding}; send it as it is`, {
    headers: { 'Accept-Encoding': 'identity' },
  })
}
