import { findingsSchema } from '../../kernel/problem-schema.ts'
import type { ErrorShape } from './error-shape.ts'

/** The counterpart of `envelope: 'meta'`: `{ meta: { cid, is_ok: false, timestamp }, error }`. */
export const envelopeShape: ErrorShape = {
  name: 'ErrorEnvelope',
  type: 'application/json',
  schema: {
    type: 'object',
    description: 'Why a call was refused or failed',
    properties: {
      meta: {
        type: 'object',
        properties: {
          cid: { type: 'string', description: 'The correlation id of the call: quote it when you report the error' },
          is_ok: { type: 'boolean', const: false, description: 'Whether the call succeeded' },
          timestamp: { type: 'string', format: 'date-time', description: 'When the answer was made' },
        },
        required: ['cid', 'is_ok', 'timestamp'],
      },
      error: {
        type: 'object',
        properties: {
          code: { type: 'string', description: 'The kind of problem, for programs: it never changes its meaning' },
          title: { type: 'string', description: 'The kind of problem, in words' },
          detail: { type: 'string', description: 'What is wrong in this case' },
          errors: findingsSchema,
        },
        required: ['code', 'title'],
      },
    },
    required: ['meta', 'error'],
  },
  body: ({ problem: { code, title }, cid, time, detail, findings }) => {
    return {
      meta: { cid, is_ok: false, timestamp: time.toISOString() },
      error: {
        code,
        title,
        ...(detail !== undefined && { detail }),
        ...(findings !== undefined && { errors: findings }),
      },
    }
  },
}
