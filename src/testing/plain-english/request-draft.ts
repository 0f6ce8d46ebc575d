/** How bodies are written and read. */
export type BodyFormat = 'json' | 'xml' | 'raw' | 'form'

/** A name and a value, of a header, a field or a parameter. */
export type Pair = readonly [name: string, value: string]

/** A file to upload. */
export interface DraftFile {
  readonly field: string
  readonly filename: string
  readonly type: string
  readonly content: Uint8Array<ArrayBuffer>
}

/** What is sent as the body: a JSON value that steps may still change, or text or bytes as they are. */
export type DraftBody =
  | { readonly kind: 'json'; value: unknown }
  | { readonly kind: 'text'; text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }

/** What the scenarios of a feature share until the context is cleaned up. */
export interface SharedDraft {
  /** Nothing leads to the API under test. */
  address: string | undefined
  /** In order; a name may come more than once. */
  headers: Pair[]
  /** Names, in lower case, of headers that prove who is calling: another origin never gets them. */
  secretHeaders: ReadonlySet<string>
  /** Query parameters that prove who is calling. */
  secretQuery: readonly Pair[]
  /** Cookies that steps have given, beside those that replies have set. */
  cookies: readonly Pair[]
  format: BodyFormat | undefined
  requestFormat: BodyFormat | undefined
  responseFormat: BodyFormat | undefined
  followsRedirects: boolean
  /** For the whole reply, redirects included, in milliseconds. */
  timeout: number
  /** Whether replies of the API under test are held against its description. */
  checksApi: boolean
}

/** What each scenario begins anew. */
export interface OwnDraft {
  method: string
  path: string
  /** With its `?`, or empty. */
  query: string
  /** Parameters given one by one, behind those of `query`. */
  queryParameters: Pair[]
  body: DraftBody | undefined
  form: Pair[]
  files: DraftFile[]
}

/** The request that the steps of a scenario prepare. */
export interface RequestDraft extends SharedDraft, OwnDraft {}

/** The part that lasts for a feature, as it begins. */
export function sharedDraft(): SharedDraft {
  return {
    address: undefined,
    headers: [],
    secretHeaders: new Set(),
    secretQuery: [],
    cookies: [],
    format: undefined,
    requestFormat: undefined,
    responseFormat: undefined,
    followsRedirects: true,
    timeout: 30_000,
    checksApi: true,
  }
}

/** A draft for a new scenario: its own part is fresh, changes of the shared part are seen by the next one. */
export function requestDraft(shared: SharedDraft): RequestDraft {
  const own: OwnDraft = {
    method: 'GET',
    path: '/',
    query: '',
    queryParameters: [],
    body: undefined,
    form: [],
    files: [],
  }
  return Object.defineProperties(own, sharedProperties(shared)) as RequestDraft
}

/** Gives the request a header; one that it has already is replaced, whatever the case of its name. */
export function setHeader(request: RequestDraft, name: string, value: string): void {
  removeHeader(request, name)
  request.headers = [...request.headers, [name, value]]
}

/** Takes a header from the request, if it has it. */
export function removeHeader(request: RequestDraft, name: string): void {
  const wanted = name.toLowerCase()
  request.headers = request.headers.filter(([each]) => each.toLowerCase() !== wanted)
}

/** Gives the request a header that proves who is calling. */
export function setSecretHeader(request: RequestDraft, name: string, value: string): void {
  setHeader(request, name, value)
  request.secretHeaders = new Set([...request.secretHeaders, name.toLowerCase()])
}

/** The pairs with one more, in the place of those of its name. */
export function withPair(pairs: readonly Pair[], name: string, value: string): readonly Pair[] {
  return [...pairs.filter(([each]) => each !== name), [name, value]]
}

/** How the body of the request is written: JSON when no step says it. */
export function requestFormat({ requestFormat, format }: RequestDraft): BodyFormat {
  return requestFormat ?? format ?? 'json'
}

/** How the body of the reply is read: as a step has said, or else as JSON and XML are when the request is of them. */
export function responseFormat(draft: RequestDraft): BodyFormat | undefined {
  if (draft.responseFormat !== undefined) return draft.responseFormat
  const format = draft.format ?? draft.requestFormat
  return format === 'json' || format === 'xml' ? format : undefined
}

function sharedProperties(shared: SharedDraft): PropertyDescriptorMap {
  const names = Object.keys(shared) as (keyof SharedDraft)[]
  const property = (name: keyof SharedDraft): PropertyDescriptor => ({
    enumerable: true,
    get: () => shared[name],
    set: (value: never) => {
      Object.assign(shared, { [name]: value })
    },
  })
  return Object.fromEntries(names.map((name) => [name, property(name)]))
}
