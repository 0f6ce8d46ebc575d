import type { ReadApi, ReadOperation } from '../../openapi/read/read-api.ts'
import { documentedReply } from '../openapi/documented-reply.ts'
import { contentFor } from '../openapi/media-type.ts'
import { isObject, namedIn, resolved, type Schemas } from '../openapi/schema-parts.ts'
import { operationName } from './cases/parts.ts'
import type { Seen } from './checks/check.ts'
import { isGuarded } from './credentials.ts'
import type { Coverage, CoveragePart } from './result.ts'

/** Keeps count of what a run has reached. */
export interface CoverageBook {
  readonly record: (seen: Seen) => void
  readonly coverage: () => Coverage
}

type Kind = 'operations' | 'statuses' | 'parameters' | 'mediaTypes' | 'security'

/** Makes an empty book of what the operations of a document have, and of what was reached of it. */
export function createCoverage(
  operations: readonly ReadOperation[],
  { schemas }: Pick<ReadApi, 'schemas'>,
): CoverageBook {
  const hit = new Set<string>()
  const all: Readonly<Record<Kind, ReadonlySet<string>>> = {
    operations: new Set(operations.map(operationName)),
    statuses: new Set(
      operations.flatMap((each) => statusesOf(each).map((status) => `${operationName(each)} ${status}`)),
    ),
    parameters: new Set(
      operations.flatMap((each) => parametersOf(each, schemas).map((name) => `${operationName(each)} ${name}`)),
    ),
    mediaTypes: new Set(
      operations.flatMap((each) => mediaTypesOf(each).map((type) => `${operationName(each)} ${type}`)),
    ),
    security: new Set(
      operations
        .filter(isGuarded)
        .flatMap((each) =>
          ['known', 'anonymous', 'wrong'].map((caller) => `${operationName(each)} ${callers[caller]}`),
        ),
    ),
  }
  const reach = (kind: Kind, text: string): void => {
    if (all[kind].has(text)) hit.add(`${kind} ${text}`)
  }
  const part = (kind: Kind): CoveragePart => {
    const missed = [...all[kind]].filter((each) => !hit.has(`${kind} ${each}`))
    return { hit: all[kind].size - missed.length, total: all[kind].size, missed }
  }
  return {
    record: ({ operation, request, reply, test, caller }) => {
      const { status } = reply
      if (status === 0) return
      const name = operationName(operation)
      if (request.method !== operation.method) return
      reach(
        'security',
        `${name} ${callers[caller === 'known' && (status === 401 || status === 403) ? 'refused' : caller]}`,
      )
      const documented = documentedReply(operation, reply.status)
      if (documented !== undefined) reach('statuses', `${name} ${documented.status}`)
      const type = contentFor(documented?.contents ?? [], reply.headers['content-type'] ?? '')?.type
      if (type !== undefined && documented !== undefined) reach('mediaTypes', `${name} ${documented.status} ${type}`)
      if (status < 500) reach('operations', name)
      if (status >= 400) return
      for (const { in: place, name: parameter } of operation.parameters) {
        if (place !== 'querystring' && parameter in test.parts[place])
          reach('parameters', `${name} ${place}.${parameter}`)
      }
      const { body } = test.parts
      if (body === undefined) return
      const sent = contentFor(operation.body?.contents ?? [], request.headers['content-type'] ?? '')?.type
      if (sent !== undefined) reach('mediaTypes', `${name} request ${sent}`)
      if ('value' in body && isObject(body.value)) {
        for (const member of Object.keys(body.value)) reach('parameters', `${name} body.${member}`)
      }
    },
    coverage: () => {
      const parts = {
        operations: part('operations'),
        statuses: part('statuses'),
        parameters: part('parameters'),
        mediaTypes: part('mediaTypes'),
        security: part('security'),
      }
      const sum = (of: 'hit' | 'total'): number => Object.values(parts).reduce((total, each) => total + each[of], 0)
      return { ...parts, percent: sum('total') === 0 ? 100 : Math.floor((100 * sum('hit')) / sum('total')) }
    },
  }
}

const callers: Readonly<Record<string, string>> = {
  known: 'with credentials',
  anonymous: 'without credentials',
  wrong: 'with wrong credentials',
}

function statusesOf({ replies }: ReadOperation): readonly string[] {
  return replies.map(({ status }) => status).filter((status) => /^[1-4]/.test(status))
}

function parametersOf({ parameters, body }: ReadOperation, schemas: Schemas): readonly string[] {
  const named = parameters.filter((each) => each.in !== 'querystring').map((each) => `${each.in}.${each.name}`)
  const members = (body?.contents ?? []).flatMap(({ schema }) =>
    schema === undefined ? [] : Object.entries(namedIn(resolved(schema, schemas), 'properties')),
  )
  const writable = members.filter(([, schema]) => !(isObject(schema) && schema.readOnly === true))
  return [...new Set([...named, ...writable.map(([name]) => `body.${name}`)])]
}

function mediaTypesOf({ replies, body }: ReadOperation): readonly string[] {
  const sent = (body?.contents ?? []).map(({ type }) => `request ${type}`)
  // Errors have one shape for a whole API; what they look like is no question of the operation.
  const received = replies.filter(({ status }) => /^[23]/.test(status))
  return [...sent, ...received.flatMap(({ status, contents }) => contents.map(({ type }) => `${status} ${type}`))]
}
