import { catalogue } from '../kernel/catalogue.ts'
import { type Media, media } from '../kernel/media.ts'
import type { ProblemKind } from '../kernel/problem.ts'
import { problemPages } from '../kernel/problem-schema.ts'
import { assets, readAsset } from './assets.ts'
import type { ApiDescription } from './document.ts'
import type { ErrorPages } from './error-pages.ts'
import { htmlMedia } from './html.ts'
import { assetHeaders, documentHeaders, plainPage, redocPageHeaders, swaggerPageHeaders } from './page-headers.ts'
import { type DocumentRequest, servedDocuments } from './served-document.ts'

/** Something that is served below the root of an app, for GET. */
export interface DocsPage {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Makes the page on demand. @throws Error when a file of an installed dependency is missing */
  readonly render: (request?: DocumentRequest) => Promise<Media>
}

/**
 * The documentation of an API: its documents, the pages of Swagger UI and Redoc with their files, and a page for each
 * code of the catalogue and for each kind of problem of its own. What a page is made with is loaded when it is first asked for, so that a server starts without
 * it; what was made is kept.
 */
export function docsPages(describe: () => ApiDescription, own: readonly ProblemKind[] = []): readonly DocsPage[] {
  const document = servedDocuments(describe)
  const errors = (): ErrorPages => ({ api: describe().title, own, errors: describe().errors })
  const page = (path: string, headers: DocsPage['headers'], make: () => Promise<Media>): DocsPage => {
    return { path, headers, render: once(make) }
  }
  const written = (path: string, make: (request?: DocumentRequest) => Promise<Media>): DocsPage => {
    const plain = once(make)
    const isPlain = ({ version, prefix = '' }: DocumentRequest = {}): boolean => version === undefined && prefix === ''
    return { path, headers: documentHeaders, render: (request) => (isPlain(request) ? plain() : make(request)) }
  }
  return [
    written('/openapi.json', async (request) =>
      media(JSON.stringify(await document(request), null, 2), 'application/json'),
    ),
    written('/openapi.yaml', async (request) => {
      const { toYaml } = await import('./yaml.ts')
      return media(toYaml(await document(request)), 'application/yaml')
    }),
    page('/docs', swaggerPageHeaders, async () => {
      const { swaggerPage } = await import('./swagger.ts')
      return htmlMedia(swaggerPage(describe().title))
    }),
    page('/redoc', redocPageHeaders, async () => {
      const { redocPage } = await import('./redoc.ts')
      return htmlMedia(redocPage(describe().title))
    }),
    page('/docs/errors', plainPage, async () => {
      const { errorTable } = await import('./error-pages.ts')
      return htmlMedia(errorTable(errors()))
    }),
    ...[...own, ...Object.entries(catalogue).map(([code, entry]) => ({ code, ...entry }))].map((kind) =>
      page(problemPages + kind.code, plainPage, async () => {
        const { errorPage } = await import('./error-pages.ts')
        return htmlMedia(errorPage(errors(), kind))
      }),
    ),
    ...assets.map((asset): DocsPage => {
      return { path: `/docs/assets/${asset.file}`, headers: assetHeaders, render: () => readAsset(asset) }
    }),
  ]
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
