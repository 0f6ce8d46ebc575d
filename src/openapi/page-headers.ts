type Headers = Readonly<Record<string, string>>

/** Everything that is allowed, by directive; whatever is not named is refused. */
type Policy = Readonly<Record<string, string>>

const frame: Policy = {
  'default-src': "'none'",
  'style-src': "'self'",
  'img-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

const explorer: Policy = { ...frame, 'script-src': "'self'", 'connect-src': "'self'", 'img-src': "'self' data:" }

/** Headers of the files that pages load. */
export const assetHeaders: Headers = { 'Cache-Control': 'public, max-age=3600', 'X-Content-Type-Options': 'nosniff' }

/** Headers of the documents. */
export const documentHeaders: Headers = { 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' }

/** Headers of a page without scripts. */
export const plainPage: Headers = pageHeaders(frame)

/** Headers of the page of Swagger UI, whose pictures are part of its style sheet. */
export const swaggerPageHeaders: Headers = pageHeaders(explorer)

/**
 * Headers of the page of Redoc. It adds style elements: empty ones that it fills by script, and one constant text; each may
 * only have this content. Its search runs in a worker that it makes itself.
 */
export const redocPageHeaders: Headers = pageHeaders({
  ...explorer,
  'style-src':
    "'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='",
  'worker-src': 'blob:',
})

function pageHeaders(policy: Policy): Headers {
  const directives = Object.entries(policy).map(([name, value]) => `${name} ${value}`)
  return { ...documentHeaders, 'Content-Security-Policy': directives.join('; '), 'Referrer-Policy': 'no-referrer' }
}
