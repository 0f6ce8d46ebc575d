import type { Operation, OperationErrors, OperationProblem, OperationReply } from '../../kernel/operation.ts'
import { Problem, type ProblemKind } from '../../kernel/problem.ts'
import { problemGuide } from '../../kernel/problem-guide.ts'
import { isCatalogueCode, kindOf } from '../../kernel/problem-kind.ts'
import type { Service } from '../../kernel/service.ts'
import { type GivenInput, Invalid } from '../../schema/invalid.ts'
import type { JsonSchema } from '../../schema/schema.ts'
import { withProblems } from '../describe/operation-problems.ts'
import type { RepresentationSettings } from '../represent/representation-settings.ts'
import { renderedContent } from './error-renderer.ts'
import type { ErrorSettings } from './error-settings.ts'
import { type ProblemType, problemTypeOf } from './problem-type.ts'
import { problemXml, tellsXml } from './problem-xml.ts'
import { errorShape } from './shapes.ts'

/** Describes how the problems of an operation are told: their shape, the status they have, and the app's own kinds. */
export function describeErrors(
  operation: Operation,
  settings: ErrorSettings & RepresentationSettings,
  { throws }: Pick<Service, 'throws'>,
  problemType?: ProblemType,
): Operation {
  const kinds = throws.flatMap((each) => kindOf(each) ?? []).filter(({ code }) => !isCatalogueCode(code))
  const problems = toldProblems(operation.problems, settings)
  const errors = operationErrors(settings, problemType)
  const described = { ...operation, problems, errors, ...(kinds.length > 0 && { kinds }) }
  return settings.alwaysOk === true ? withinOk(described, errors) : described
}

/** How problems are told under some settings. */
export function operationErrors(
  settings: ErrorSettings & RepresentationSettings,
  problemType: ProblemType = problemTypeOf(),
): OperationErrors {
  const { name, type, schema } = errorShape(settings.errors)
  const contentOf = renderedContent(settings, { clock: exampleClock, problemType })
  return {
    name,
    type,
    schema: settings.alwaysOk === true && schema !== undefined ? withStatus(schema) : schema,
    ...(tellsXml(settings) && {
      further: [{ name: problemXml.name, type: problemXml.type, schema: problemXml.schema }],
    }),
    example: (kind) => {
      try {
        return contentOf(exampleOf(kind), { method: 'GET', path: '/', cid: exampleCid, type: undefined }).content
      } catch {
        // A shape of the app's own may need more than an example has.
        return undefined
      }
    },
  }
}

const exampleCid = '5f0c954ed2744a5a9ad7d2d3b6d3e1f0'
const exampleClock = { now: () => new Date('2030-12-31T23:59:59Z'), elapsed: () => 0 }

/** The input that the findings of the guide are about. */
const given: GivenInput = {
  json: { type: 'object', properties: { page: { type: 'integer' }, size: { type: 'integer', maximum: 100 } } },
  value: { page: 'two', size: 500 },
  placeOf: () => 'query',
}

function exampleOf(kind: ProblemKind): Problem {
  const { detail, sent = {} } = (isCatalogueCode(kind.code) ? problemGuide[kind.code] : undefined) ?? {}
  const { findings } = sent
  return new Problem(kind, detail, { ...sent, refused: findings && new Invalid(findings, given) })
}

/** The problems as they are told: a 401 may be a 403, and a 403 look like what is not there. */
function toldProblems(
  problems: readonly OperationProblem[],
  { authFailureStatus, forbiddenStatus }: ErrorSettings,
): readonly OperationProblem[] {
  if (authFailureStatus !== 403 && forbiddenStatus !== 404) return problems
  const told = problems.flatMap(({ status, codes }) =>
    codes.map((code) => {
      if (code === 'forbidden' && forbiddenStatus === 404) return { status: 404, code: 'not_found' }
      return { status: status === 401 && authFailureStatus === 403 ? 403 : status, code }
    }),
  )
  const statuses = problems.map((each) => ({ ...each, codes: [] }))
  return withProblems(statuses, told).filter(({ codes }) => codes.length > 0)
}

/** Where errors are told with 200, they are further forms of that reply. */
function withinOk(operation: Operation, errors: OperationErrors): Operation {
  const { reply, furtherReplies = [] } = operation
  const all = [reply, ...furtherReplies]
  const ok: OperationReply = all.find(({ status }) => status === 200) ?? {
    status: 200,
    description: 'What went wrong: the body has the status',
    headers: ['X-Correlation-ID'],
    body: undefined,
    definitions: {},
  }
  const told = [errors, ...(errors.further ?? [])].reduce(withErrorBody, ok)
  const others = all.filter((each) => each !== ok)
  const [first = told, ...further] = ok === reply ? [told, ...others] : [...others, told]
  return { ...operation, reply: first, problems: [], ...(further.length > 0 && { furtherReplies: further }) }
}

function withErrorBody(
  ok: OperationReply,
  { name, type, schema }: Pick<OperationErrors, 'name' | 'type' | 'schema'>,
): OperationReply {
  const contents = ok.body?.contents ?? []
  const free = name in ok.definitions ? `${name}Body` : name
  const error = schema === undefined ? {} : { $ref: `#/$defs/${free}` }
  const known = contents.some((each) => each.type === type)
  const widened = contents.map((each) =>
    each.type === type ? { ...each, schema: { anyOf: [each.schema ?? {}, error] } } : each,
  )
  const { $defs = {}, ...own } = schema ?? {}
  return {
    ...ok,
    body: { required: true, ...ok.body, contents: known ? widened : [...contents, { type, schema: error }] },
    definitions: { ...ok.definitions, ...($defs as Record<string, JsonSchema>), [free]: own },
  }
}

function withStatus(schema: JsonSchema): JsonSchema {
  const { properties = {}, required = [] } = schema as { properties?: object; required?: readonly string[] }
  return {
    ...schema,
    properties: { ...properties, status: { type: 'integer', description: 'The status that the reply would have had' } },
    required: [...new Set([...required, 'status'])],
  }
}
