import { catalogue } from '../kernel/catalogue.ts'
import type { Operation, OperationHeader, OperationProblem } from '../kernel/operation.ts'
import type { ProblemKind } from '../kernel/problem.ts'
import type { Publish } from './content.ts'
import { repliesOf } from './described-operations.ts'
import type { OpenApiExample, OpenApiResponse } from './openapi-document.ts'
import { type ProblemForm, problemForms } from './problem-forms.ts'
import { reasonPhrase } from './reason-phrase.ts'
import { correlationId, headersOf } from './reply-headers.ts'
import type { SchemaUse } from './schema-use.ts'
import { pascalCase } from './words.ts'

/** The problems of an API as responses that its operations share. */
export interface ProblemResponses {
  /** The schemas of the bodies, as they are used. */
  readonly uses: readonly SchemaUse[]
  /** What the response for a status of an operation is called, such as `NotFound`. */
  readonly nameOf: (operation: Operation, status: ProblemStatus) => string
  /** The responses by name. */
  readonly responses: (publish: Publish) => Readonly<Record<string, OpenApiResponse>>
}

/** A status that problems have; `default` stands for all that an operation does not name. */
export type ProblemStatus = number | 'default'

interface Shared {
  readonly status: ProblemStatus
  readonly form: ProblemForm
  readonly kinds: Map<string, ProblemKind>
  readonly headers: Map<string, OperationHeader>
}

/**
 * One response for each status of a problem, in each form that the API tells problems in. It covers the codes of all
 * operations together: the document stays short, and a client handles a status in one place.
 */
export function problemResponses(operations: readonly Operation[]): ProblemResponses {
  const formOf = problemForms(operations)
  const nameOf = (operation: Operation, status: ProblemStatus): string =>
    (status === 'default' ? 'Refusal' : pascalCase(reasonPhrase(status))) + formOf(operation).suffix
  const shared = new Map<string, Shared>()
  for (const operation of operations) {
    const told: readonly Told[] = [...operation.problems, ...(isRefused(operation) ? [anyOther] : [])]
    for (const { status, codes, headers = [] } of told) {
      const name = nameOf(operation, status)
      const form = formOf(operation)
      const one: Shared = shared.get(name) ?? { status, form, kinds: new Map(), headers: new Map() }
      shared.set(name, one)
      for (const header of headers) one.headers.set(header.name, header)
      for (const kind of codes.flatMap((code) => kindOf(operation, code) ?? [])) one.kinds.set(kind.code, kind)
    }
  }
  const rank = ({ status }: Shared): number => (status === 'default' ? 600 : status)
  const sorted = [...shared].sort(([, a], [, b]) => rank(a) - rank(b))
  const forms = new Set(sorted.map(([, { form }]) => form))
  return {
    uses: [...forms].flatMap(({ use, further }) => [use ?? [], ...further.map(([, other]) => other ?? [])].flat()),
    nameOf,
    responses: (publish) => Object.fromEntries(sorted.map(([name, each]) => [name, response(each, publish)])),
  }
}

type Told = Omit<OperationProblem, 'status'> & { readonly status: ProblemStatus }

const anyOther: Told = { status: 'default', codes: [] }

/**
 * Whether an operation has statuses that its document does not name, each since any operation could have it: those of
 * what a server refuses before it asks what is served, such as 408, 414, 421, 431 and 503.
 */
export function isRefused(operation: Operation): boolean {
  return operation.problems.length > 0 && repliesOf(operation).every(({ status }) => status !== 'default')
}

function kindOf({ kinds = [] }: Operation, code: string): ProblemKind | undefined {
  if (isKnown(code)) return { code, ...catalogue[code] }
  return kinds.find((kind) => kind.code === code)
}

const retryAfter = headersOf([
  { name: 'Retry-After', description: 'How long to wait, in seconds', schema: { type: 'integer' } },
])

function response(
  { status, form: { errors, use, further }, kinds, headers }: Shared,
  publish: Publish,
): OpenApiResponse {
  const titles = [...kinds.values()].map(({ title }, index) =>
    index === 0 ? title : title.replace(/^[A-Z](?=[a-z])/, lower),
  )
  const examples = [...kinds.values()].flatMap((kind) => example(kind, errors.example(kind)))
  return {
    description:
      titles.length > 0 ? alternatives.format(titles) : status === 'default' ? refusal : reasonPhrase(status),
    headers: { ...correlationId, ...(status === 429 && retryAfter), ...headersOf([...headers.values()]) },
    content: {
      [errors.type]: {
        ...(use !== undefined && { schema: publish(use) }),
        ...(examples.length > 0 && { examples: Object.fromEntries(examples) }),
      },
      ...Object.fromEntries(
        further.map(([type, other]) => [type, other === undefined ? {} : { schema: publish(other) }]),
      ),
    },
  }
}

const refusal = 'Any other refusal, as every API has them: of a URL that is too long, too many connections and the like'
const alternatives = new Intl.ListFormat('en', { type: 'disjunction' })

function example(
  { code, title, help }: ProblemKind,
  value: unknown,
): readonly (readonly [code: string, example: OpenApiExample])[] {
  if (value === undefined) return []
  return [[code, { summary: title, ...(help !== undefined && { description: help }), value }]]
}

function isKnown(code: string): code is keyof typeof catalogue {
  return Object.hasOwn(catalogue, code)
}

function lower(letter: string): string {
  return letter.toLowerCase()
}
