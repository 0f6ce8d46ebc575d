import type { Operation } from '../../src/kernel/operation.ts'

/** An operation that reads something without any input, changed as a test needs it. */
export function sampleOperation(changes: Partial<Operation> = {}): Operation {
  return {
    service: 'sample.read',
    method: 'GET',
    path: '/sample',
    summary: 'Read it',
    description: undefined,
    tags: [],
    deprecated: false,
    hidden: false,
    parameters: [],
    body: undefined,
    reply: { status: 200, headers: ['X-Correlation-ID'], body: undefined, definitions: {} },
    problems: [{ status: 500, codes: ['internal_error'] }],
    definitions: {},
    ...changes,
  }
}
