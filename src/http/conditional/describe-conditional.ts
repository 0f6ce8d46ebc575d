import type { Operation, OperationHeader, OperationProblem } from '../../kernel/operation.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import type { RestChannel } from '../rest-channel.ts'
import type { Route } from '../route/route-table.ts'
import { tagsOf, updatesConditionally } from './paired-channel.ts'

const etag: OperationHeader = { name: 'ETag', description: 'Identifies the state of the resource; send it back to ask' }

/** Tells clients which conditions a channel takes, and what it answers to them. */
export function describeConditional(
  operation: Operation,
  channel: RestChannel,
  _entry: RegisteredService,
  _services: readonly RegisteredService[],
  routes: readonly Route<RegisteredService>[],
): Operation {
  if (updatesConditionally(channel)) return updating(operation, channel.options.ifMatch === 'required')
  const reads = channel.method === 'GET' || channel.method === 'QUERY'
  const all = routes.map((route) => route.channel)
  return reads && tagsOf(channel, all) !== 'none' ? reading(operation) : operation
}

function reading(operation: Operation): Operation {
  const { reply, furtherReplies = [], parameters } = operation
  return {
    ...operation,
    parameters: [...parameters, condition('If-None-Match', 'The ETag of what the client has')],
    reply: { ...reply, headers: [...reply.headers, etag] },
    furtherReplies: [
      ...furtherReplies,
      {
        status: 304,
        description: 'The client has what would be sent',
        headers: ['X-Correlation-ID', etag],
        body: undefined,
        definitions: {},
      },
    ],
    problems: withProblem(operation.problems, 412, 'precondition_failed'),
  }
}

/** `If-None-Match: *` stands in for `If-Match`, so that neither is required by itself. */
function updating(operation: Operation, required: boolean): Operation {
  const failing = withProblem(operation.problems, 412, 'precondition_failed')
  return {
    ...operation,
    parameters: [
      ...operation.parameters,
      condition('If-Match', 'The ETag of the state that is to be changed'),
      ...(operation.method === 'PUT' ? [condition('If-None-Match', '`*`, so that nothing is overwritten')] : []),
    ],
    problems: required ? withProblem(failing, 428, 'precondition_required') : failing,
  }
}

function condition(name: string, description: string): Operation['parameters'][number] {
  return { name, in: 'header', required: false, schema: { type: 'string' }, description }
}

function withProblem(problems: readonly OperationProblem[], status: number, code: string): OperationProblem[] {
  const known = problems.find((each) => each.status === status)
  const codes = [...new Set([...(known?.codes ?? []), code])]
  return [...problems.filter((each) => each !== known), { status, codes }].sort((a, b) => a.status - b.status)
}
