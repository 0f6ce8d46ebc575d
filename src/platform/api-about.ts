import type { ApiAbout } from '../openapi/document.ts'

// What operations ask for follows from their channels.
type Said = Omit<ApiAbout, 'security'>

// As a record, so that the compiler finds what is missing.
const names: Readonly<Record<keyof Said, true>> = {
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
  webhooks: true,
}

/** What the settings of an app say of its API, and nothing else. */
export function apiAbout(settings: Partial<Said>): ApiAbout {
  const said = Object.entries(settings).filter(([name, value]) => Object.hasOwn(names, name) && value !== undefined)
  return { title: 'API', version: '0.0.0', ...Object.fromEntries(said) }
}
