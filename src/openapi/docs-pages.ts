import type { Awaitable } from '../kernel/chain.ts'
import { type Media, media } from '../kernel/media.ts'
import { assets, readAsset } from './assets.ts'
import { type ApiDescription, openApiDocument } from './document.ts'
import { errorPage, errorTable, problemKinds } from './error-pages.ts'
import { htmlMedia } from './html.ts'
import { assetHeaders, documentHeaders, plainPage, redocPageHeaders, swaggerPageHeaders } from './page-headers.ts'
import { redocPage } from './redoc.ts'
import { swaggerPage } from './swagger.ts'
import { toYaml } from './yaml.ts'

/** Something that is served below the root of an app, for GET. */
export interface DocsPage {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Makes the page on demand. @throws Error when a file of an installed dependency is missing */
  readonly render: () => Awaitable<Media>
}

/**
 * The documentation of an API: its documents, the pages of Swagger UI and Redoc with their files, and a page for each
 * code of the catalogue. The API is asked for when a page first needs it; what was made is kept.
 */
export function docsPages(describe: () => ApiDescription): readonly DocsPage[] {
  const api = once(describe)
  const document = once(() => openApiDocument(api()))
  const page = (path: string, headers: DocsPage['headers'], make: () => Media): DocsPage => {
    return { path, headers, render: once(make) }
  }
  return [
    page('/openapi.json', documentHeaders, () => media(JSON.stringify(document(), null, 2), 'application/json')),
    page('/openapi.yaml', documentHeaders, () => media(toYaml(document()), 'application/yaml')),
    page('/docs', swaggerPageHeaders, () => htmlMedia(swaggerPage(api().title))),
    page('/redoc', redocPageHeaders, () => htmlMedia(redocPage(api().title))),
    page('/docs/errors', plainPage, () => htmlMedia(errorTable(api().title))),
    ...problemKinds.map(([code, entry]) =>
      page(`/docs/errors/${code}`, plainPage, () => htmlMedia(errorPage(api().title, code, entry))),
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
