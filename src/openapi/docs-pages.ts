import { catalogue } from '../kernel/catalogue.ts'
import { type Media, media } from '../kernel/media.ts'
import { assets, readAsset } from './assets.ts'
import type { ApiDescription } from './document.ts'
import { htmlMedia } from './html.ts'
import { assetHeaders, documentHeaders, plainPage, redocPageHeaders, swaggerPageHeaders } from './page-headers.ts'

/** Something that is served below the root of an app, for GET. */
export interface DocsPage {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Makes the page on demand. @throws Error when a file of an installed dependency is missing */
  readonly render: () => Promise<Media>
}

/**
 * The documentation of an API: its documents, the pages of Swagger UI and Redoc with their files, and a page for each
 * code of the catalogue. What a page is made with is loaded when it is first asked for, so that a server starts without
 * it; what was made is kept.
 */
export function docsPages(describe: () => ApiDescription): readonly DocsPage[] {
  const document = once(async () => (await import('./document.ts')).openApiDocument(describe()))
  const page = (path: string, headers: DocsPage['headers'], make: () => Promise<Media>): DocsPage => {
    return { path, headers, render: once(make) }
  }
  return [
    page('/openapi.json', documentHeaders, async () =>
      media(JSON.stringify(await document(), null, 2), 'application/json'),
    ),
    page('/openapi.yaml', documentHeaders, async () => {
      const { toYaml } = await import('./yaml.ts')
      return media(toYaml(await document()), 'application/yaml')
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
      return htmlMedia(errorTable(describe().title))
    }),
    ...Object.entries(catalogue).map(([code, entry]) =>
      page(`/docs/errors/${code}`, plainPage, async () => {
        const { errorPage } = await import('./error-pages.ts')
        return htmlMedia(errorPage(describe().title, code, entry))
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
