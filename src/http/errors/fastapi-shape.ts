import type { JsonSchema } from '../../schema/schema.ts'
import type { ErrorShape, Told } from './error-shape.ts'
import { offences } from './offence.ts'
import { pydanticError } from './pydantic-error.ts'

const schema: JsonSchema = {
  type: 'object',
  description: 'Why a call was refused or failed',
  properties: {
    detail: {
      anyOf: [
        { type: 'string', description: 'What is wrong, in words' },
        {
          type: 'array',
          description: 'All that is wrong with the input, at once',
          items: {
            type: 'object',
            properties: {
              type: { type: 'string', description: 'What is wrong, for programs' },
              loc: {
                type: 'array',
                items: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
                description: 'Where: the part of the request, then names and indexes',
              },
              msg: { type: 'string', description: 'What is wrong, in words' },
              input: { description: 'The value that is wrong' },
              ctx: { type: 'object', description: 'The values in the message', additionalProperties: true },
            },
            required: ['type', 'loc', 'msg', 'input'],
          },
        },
      ],
    },
  },
  required: ['detail'],
}

/** What FastAPI with pydantic 2 answers. */
export const fastapiShape: ErrorShape = {
  name: 'FastapiError',
  type: 'application/json',
  schema,
  texts: {
    route_not_found: 'Not Found',
    method_not_allowed: 'Method Not Allowed',
    internal_error: '{detail|Internal Server Error}',
  },
  body: (told) => ({ detail: detailOf(told) }),
}

function detailOf({ problem, findings, detail }: Told): unknown {
  if (findings !== undefined) {
    return offences(problem, findings).map((offence) => {
      const { finding, keys, shown, container } = offence
      const { type, msg, ctx } = pydanticError(offence)
      const input = (finding.code === 'missing' ? container : shown) ?? null
      return { type, loc: [finding.in, ...keys], msg, input, ...(ctx !== undefined && { ctx }) }
    })
  }
  if (problem.code !== 'malformed_body') return detail ?? problem.title
  const at = problem.params?.at ?? 0
  return [
    { type: 'json_invalid', loc: ['body', at], msg: 'JSON decode error', input: {}, ctx: { error: detail ?? '' } },
  ]
}
