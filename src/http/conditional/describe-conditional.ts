import type { Operation, OperationHeader } from '../../kernel/operation.ts'
import { kindOf } from '../../kernel/problem-kind.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import { withCodes, withProblems } from '../describe/operation-problems.ts'
import type { RestChannel } from '../rest-channel.ts'
import type { Route } from '../route/route-table.ts'
import { conditionsOf, readsSame, tagsOf } from './paired-channel.ts'

const etag: OperationHeader = { name: 'ETag', description: 'Identifies the state of the resource; send it back to ask' }

/** Tells clients which conditions a channel takes, and what it answers to them. */
export function describeConditional(
  operation: Operation,
  channel: RestChannel,
  _entry: RegisteredService,
  _services: readonly RegisteredService[],
  routes: readonly Route<RegisteredService>[],
): Operation {
  const all = routes.map((route) => route.channel)
  const conditions = conditionsOf(channel, all)
  if (conditions !== undefined) {
    return withReading(updating(operation, conditions === 'required'), channel, routes)
  }
  const reads = channel.method === 'GET' || channel.method === 'QUERY'
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
    problems: withCodes(operation.problems, ['precondition_failed']),
  }
}

/** `If-None-Match: *` stands in for `If-Match`, so that neither is required by itself. */
function updating(operation: Operation, required: boolean): Operation {
  const failing = withCodes(operation.problems, ['precondition_failed'])
  return {
    ...operation,
    parameters: [
      ...operation.parameters,
      condition('If-Match', 'The ETag of the state that is to be changed'),
      ...(operation.method === 'PUT' ? [condition('If-None-Match', '`*`, so that nothing is overwritten')] : []),
    ],
    problems: required ? withCodes(failing, ['precondition_required']) : failing,
  }
}

/** Whether the resource is as it should be is asked of the service that reads it, which may have to refuse. */
function withReading(
  operation: Operation,
  channel: RestChannel,
  routes: readonly Route<RegisteredService>[],
): Operation {
  const thrown = routes.flatMap((route) => (readsSame(channel, route.channel) ? route.target.service.throws : []))
  const kinds = thrown.flatMap((each) => kindOf(each) ?? [])
  // To PUT what is not there yet is no failure.
  const raised = kinds.filter(({ status }) => operation.method !== 'PUT' || (status !== 404 && status !== 410))
  return { ...operation, problems: withProblems(operation.problems, raised) }
}

function condition(name: string, description: string): Operation['parameters'][number] {
  return { name, in: 'header', required: false, schema: { type: 'string' }, description }
}
