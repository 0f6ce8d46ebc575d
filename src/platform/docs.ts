import { get } from '../http/rest-channel.ts'
import type { Service } from '../kernel/service.ts'
import { service } from '../kernel/service.ts'
import type { DocsPage } from '../openapi/docs-pages.ts'

/** The documentation pages as services of their own, kept out of the API description. */
export function docsServices(pages: readonly DocsPage[]): readonly Service[] {
  return pages.map(({ path, headers, render }) =>
    service({
      name: `trestle.docs${path.replaceAll('/', '.')}`,
      on: get(path, { hidden: true, headers, compress: true }),
      handle: ({ http }) => render({ version: versionIn(http?.query ?? ''), prefix: http?.prefix }),
    }),
  )
}

function versionIn(query: string): string | undefined {
  return query === '' ? undefined : (new URLSearchParams(query).get('version') ?? undefined)
}
