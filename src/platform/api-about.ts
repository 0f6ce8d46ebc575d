import type { ApiAbout } from '../openapi/document.ts'

// As a record, so that the compiler finds what is missing.
const names: Readonly<Record<keyof ApiAbout, true>> = {
  title: true,
  version: true,
  summary: true,
  description: true,
  termsOfService: true,
  contact: true,
  license: true,
  tags: true,
  externalDocs: true,
  servers: true,
  securitySchemes: true,
  security: true,
  webhooks: true,
}

/** What the settings of an app say of its API, and nothing else. */
export function apiAbout(settings: Partial<ApiAbout>): ApiAbout {
  const said = Object.entries(settings).filter(([name, value]) => Object.hasOwn(names, name) && value !== undefined)
  return { title: 'API', version: '0.0.0', ...Object.fromEntries(said) }
}
