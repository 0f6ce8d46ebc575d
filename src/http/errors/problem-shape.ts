import { problemSchema } from '../../kernel/problem-schema.ts'
import type { ErrorShape } from './error-shape.ts'

/** The default: `application/problem+json` (RFC 9457). */
export const problemShape: ErrorShape = {
  name: 'Problem',
  type: 'application/problem+json',
  schema: problemSchema,
  body: ({ problem: { title, code }, type, status, detail, cid, findings }) => {
    return {
      type,
      title,
      status,
      ...(detail !== undefined && { detail }),
      code,
      cid,
      ...(findings !== undefined && { errors: findings }),
    }
  },
}
