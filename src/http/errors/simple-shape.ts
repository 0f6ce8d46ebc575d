import type { Finding } from '../../schema/finding.ts'
import type { ErrorShape, Told } from './error-shape.ts'

/** So many findings fit into one sentence. */
const most = 10

/** One text: `{ "error": "There is no order 8" }`. */
export const simpleShape: ErrorShape = {
  name: 'SimpleError',
  type: 'application/json',
  schema: {
    type: 'object',
    description: 'Why a call was refused or failed',
    properties: { error: { type: 'string', description: 'What is wrong, in words' } },
    required: ['error'],
  },
  body: (told) => ({ error: sentenceOf(told) }),
}

function sentenceOf({ detail, problem, findings = [] }: Told): string {
  if (detail !== undefined) return detail
  if (findings.length === 0) return problem.title
  const more = findings.length > most ? [`and ${findings.length - most} more`] : []
  return `${problem.title}: ${[...findings.slice(0, most).map(clause), ...more].join('; ')}`
}

function clause({ in: place, path, message }: Finding): string {
  return `${path === '' ? `the ${place}` : path.slice(1)} ${message}`
}
