import { type CatalogueEntry, catalogue } from '../kernel/catalogue.ts'
import type { Operation } from '../kernel/operation.ts'
import type { OpenApiExample, OpenApiResponse } from './openapi-document.ts'
import { problemExample } from './problem-example.ts'
import { reasonPhrase } from './reason-phrase.ts'
import { correlationId } from './reply-headers.ts'
import { pascalCase } from './words.ts'

/** What the problems of one status are called among the shared responses, such as `NotFound`. */
export function problemResponseName(status: number): string {
  return pascalCase(reasonPhrase(status))
}

/**
 * One response for each status of a problem, by name. It covers the codes of all operations together: the document stays
 * short, and a client handles a status in one place.
 */
export function problemResponses(operations: readonly Operation[]): Readonly<Record<string, OpenApiResponse>> {
  const byStatus = Map.groupBy(
    operations.flatMap(({ problems }) => problems),
    ({ status }) => status,
  )
  const sorted = [...byStatus].sort(([a], [b]) => a - b)
  return Object.fromEntries(
    sorted.map(([status, problems]) => {
      const codes = new Set(problems.flatMap((each) => each.codes))
      return [problemResponseName(status), response(status, [...codes])]
    }),
  )
}

function response(status: number, codes: readonly string[]): OpenApiResponse {
  const known = codes.flatMap((code) => (isKnown(code) ? [[code, catalogue[code]] as const] : []))
  const titles = known.map(([, { title }], index) => (index === 0 ? title : title.replace(/^[A-Z](?=[a-z])/, lower)))
  return {
    description: titles.length === 0 ? reasonPhrase(status) : alternatives.format(titles),
    headers: correlationId,
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        ...(known.length > 0 && {
          examples: Object.fromEntries(known.map(([code, entry]) => [code, example(code, entry)])),
        }),
      },
    },
  }
}

const alternatives = new Intl.ListFormat('en', { type: 'disjunction' })

function example(code: string, entry: CatalogueEntry): OpenApiExample {
  return { summary: entry.title, description: entry.help, value: problemExample(code, entry) }
}

function isKnown(code: string): code is keyof typeof catalogue {
  return Object.hasOwn(catalogue, code)
}

function lower(letter: string): string {
  return letter.toLowerCase()
}
