import type { OperationLink } from '../kernel/operation.ts'
import type { OpenApiLink } from './openapi-document.ts'

/** The links of a reply; one that leads to an operation which the document does not show is left out. */
export function openApiLinks(
  links: Readonly<Record<string, OperationLink>>,
  idOf: (service: string) => string | undefined,
): Readonly<Record<string, OpenApiLink>> {
  return Object.fromEntries(
    Object.entries(links).flatMap(([name, { service, ...link }]) => {
      const operationId = idOf(service)
      return operationId === undefined ? [] : [[name, { operationId, ...link }]]
    }),
  )
}
