import type { JsonSchema } from '../../schema/schema.ts'
import { acceptedBy, type CheckedApp } from './checked-app.ts'
import type { CheckFinding } from './finding.ts'

/** Passwords that may be tried without end. */
export function unlimitedGuesses(app: CheckedApp): readonly CheckFinding[] {
  if (app.settings.failures !== false) return []
  return app.channels
    .filter(({ settings: { limit } }) => limit === undefined || limit === false)
    .filter((channel) => acceptedBy(channel, app).some(({ kind }) => kind === 'basic'))
    .map(({ where }) => ({
      level: 'warning',
      code: 'unlimited_guesses',
      where,
      message: "It checks passwords without any limit: take 'failures: false' away, or give it a 'limit'.",
    }))
}

const pages = /^(?:limit|page|page_?size|per_?page|size|count|first|top|cursor|offset)$/i

/** Lists that may become as long as what is stored. */
export function unboundedLists({ channels }: CheckedApp): readonly CheckFinding[] {
  return channels
    .filter(({ method }) => method === 'GET' || method === 'ANY')
    .filter(({ entry: { output, input } }) => {
      const paged = [...(input?.members?.keys() ?? [])].some((name) => pages.test(name))
      return output !== undefined && !paged && isUnboundedList(output.json)
    })
    .map(({ where }) => ({
      level: 'note',
      code: 'unbounded_list',
      where,
      message: "It returns a list of any length: give its input a 'limit' or 'page', or its model a maximum.",
    }))
}

function isUnboundedList(json: JsonSchema): boolean {
  const { $ref: reference, type, maxItems } = json
  const target = typeof reference === 'string' ? Object(json.$defs)[reference.slice('#/$defs/'.length)] : undefined
  if (typeof target === 'object' && target !== null) return target.type === 'array' && target.maxItems === undefined
  return type === 'array' && maxItems === undefined
}
