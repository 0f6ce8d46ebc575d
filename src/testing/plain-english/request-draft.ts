/** How bodies are written and read. */
export type BodyFormat = 'json' | 'xml' | 'raw' | 'form'

/** A file to upload. */
export interface DraftFile {
  readonly field: string
  readonly filename: string
  readonly type: string
  readonly content: Uint8Array
}

/** What is sent as the body: a JSON value that steps may still change, or text as it is. */
export type DraftBody = { readonly kind: 'json'; value: unknown } | { readonly kind: 'text'; text: string }

/** What the scenarios of a feature share until the context is cleaned up. */
export interface SharedDraft {
  /** Nothing leads to the API under test. */
  address: string | undefined
  /** In order; a name may come more than once. */
  headers: (readonly [name: string, value: string])[]
  format: BodyFormat | undefined
  requestFormat: BodyFormat | undefined
  responseFormat: BodyFormat | undefined
}

/** What each scenario begins anew. */
export interface OwnDraft {
  method: string
  path: string
  /** With its `?`, or empty. */
  query: string
  body: DraftBody | undefined
  form: (readonly [name: string, value: string])[]
  files: DraftFile[]
}

/** The request that the steps of a scenario prepare. */
export interface RequestDraft extends SharedDraft, OwnDraft {}

/** The part that lasts for a feature, as it begins. */
export function sharedDraft(): SharedDraft {
  return { address: undefined, headers: [], format: undefined, requestFormat: undefined, responseFormat: undefined }
}

/** A draft for a new scenario: its own part is fresh, changes of the shared part are seen by the next one. */
export function requestDraft(shared: SharedDraft): RequestDraft {
  const own: OwnDraft = { method: 'GET', path: '/', query: '', body: undefined, form: [], files: [] }
  return Object.defineProperties(own, sharedProperties(shared)) as RequestDraft
}

function sharedProperties(shared: SharedDraft): PropertyDescriptorMap {
  const names = Object.keys(shared) as (keyof SharedDraft)[]
  const property = (name: keyof SharedDraft): PropertyDescriptor => ({
    enumerable: true,
    get: () => shared[name],
    set: (value: never) => {
      shared[name] = value
    },
  })
  return Object.fromEntries(names.map((name) => [name, property(name)]))
}
