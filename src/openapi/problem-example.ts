import type { CatalogueEntry } from '../kernel/catalogue.ts'

/** Where the pages that explain the codes are served, before the code. */
export const problemPages = '/docs/errors/'

const findings = [{ in: 'query', path: '/page', code: 'invalid_type', message: 'must be an integer' }]

/** The body of a problem as a client may get it. */
export function problemExample(code: string, { title, status }: CatalogueEntry): object {
  const cid = '5f0c954ed2744a5a9ad7d2d3b6d3e1f0'
  return { type: problemPages + code, title, status, code, cid, ...(code === 'invalid_input' && { errors: findings }) }
}
