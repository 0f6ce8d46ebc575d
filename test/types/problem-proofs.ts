// What the compiler says of problems; see service-proofs.ts.
import { defineProblem, isProblem, notFound, type Problem, problem, type Raise } from 'trestle'
import { type Equal, proves } from './equal.ts'

const outOfStock = defineProblem({ code: 'out_of_stock', status: 409, title: 'Out of stock' })
proves<Equal<typeof outOfStock.kind.code, 'out_of_stock'>>(true)
export const raise: Raise = outOfStock

export function expression(found: string | undefined): string {
  const name = found ?? notFound('No such order')
  proves<Equal<typeof name, string>>(true)
  return name
}

export function told(error: unknown): Problem | undefined {
  return isProblem(error) ? error : undefined
}

export const raised = problem('conflict', 'The number is taken', { headers: { 'Retry-After': '3' } })

// @ts-expect-error: the catalogue has no such code
export const wrongCode = problem('out_of_stock')

// @ts-expect-error: a header is text
export const wrongHeader = problem('conflict', 'taken', { headers: { 'Retry-After': 3 } })

// @ts-expect-error: a problem has a title
export const noTitle = defineProblem({ code: 'out_of_stock', status: 409 })
