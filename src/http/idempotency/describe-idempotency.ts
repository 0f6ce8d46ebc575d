import type { ProblemCode } from '../../kernel/catalogue.ts'
import type { Operation, OperationHeader } from '../../kernel/operation.ts'
import { withCodes } from '../describe/operation-problems.ts'
import { keyPattern, longestKey } from './idempotency-key.ts'

const replayed: OperationHeader = {
  name: 'Idempotency-Replayed',
  description: '`true` where the call had been done already, and this is its reply',
}

/** Tells clients how they may repeat the calls of a channel. */
export function describeIdempotency(operation: Operation, required: boolean): Operation {
  const { reply, furtherReplies = [], parameters } = operation
  const codes: readonly ProblemCode[] = [
    'bad_request',
    ...(required ? (['idempotency_key_missing'] as const) : []),
    'conflict',
    'idempotency_in_progress',
    'idempotency_key_reused',
    'unavailable',
  ]
  return {
    ...operation,
    parameters: [
      ...parameters,
      {
        name: 'Idempotency-Key',
        in: 'header',
        required,
        // Two more characters for the quotes.
        schema: { type: 'string', minLength: 1, maxLength: longestKey + 2, pattern: keyPattern },
        description: 'A random text of your own, the same for each repetition of a call: it is done once',
      },
    ],
    reply: { ...reply, headers: [...reply.headers, replayed] },
    ...(operation.furtherReplies !== undefined && {
      furtherReplies: furtherReplies.map((each) => ({ ...each, headers: [...each.headers, replayed] })),
    }),
    problems: withCodes(operation.problems, codes),
  }
}
