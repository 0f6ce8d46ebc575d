/** One kind of problem: the HTTP status that fits it, a title, and what a client can do about it. */
export interface CatalogueEntry {
  /** The HTTP status of the reply. */
  readonly status: number
  /** A few words that are the same for every problem of the kind. */
  readonly title: string
  /** What a client can do about it, in one sentence. */
  readonly help: string
}

/** The codes of the problems that Trestle itself raises. A code is never given a second meaning, nor used again. */
export type ProblemCode =
  | 'bad_request'
  | 'malformed_request'
  | 'malformed_url'
  | 'unsupported_version'
  | 'malformed_body'
  | 'nesting_too_deep'
  | 'too_many_parameters'
  | 'several_credentials'
  | 'idempotency_key_missing'
  | 'unauthorized'
  | 'invalid_credentials'
  | 'invalid_token'
  | 'forbidden'
  | 'cross_site_request'
  | 'not_found'
  | 'route_not_found'
  | 'method_not_allowed'
  | 'not_acceptable'
  | 'request_timeout'
  | 'conflict'
  | 'idempotency_in_progress'
  | 'precondition_failed'
  | 'body_too_large'
  | 'uri_too_long'
  | 'unsupported_media_type'
  | 'range_not_satisfiable'
  | 'misdirected_request'
  | 'invalid_input'
  | 'idempotency_key_reused'
  | 'precondition_required'
  | 'too_many_requests'
  | 'upgrade_required'
  | 'headers_too_large'
  | 'internal_error'
  | 'invalid_output'
  | 'not_implemented'
  | 'unavailable'
  | 'not_cached'

/**
 * The catalogue of problems, as data: replies, the OpenAPI document and the error pages are all made from it.
 *
 * ```ts
 * catalogue.not_found.status // => 404
 * catalogue.not_found.title // => 'Not found'
 * ```
 */
export const catalogue: { readonly [Code in ProblemCode]: CatalogueEntry } = {
  bad_request: {
    status: 400,
    title: 'Bad request',
    help: 'Change what the detail names; the service refuses the request as a whole.',
  },
  malformed_request: {
    status: 400,
    title: 'Malformed request',
    help: 'The bytes sent are not an HTTP request (RFC 9112); check the client or what stands between it and the server.',
  },
  malformed_url: {
    status: 400,
    title: 'Malformed URL',
    help: 'Percent-encode the URL as UTF-8 (RFC 3986); a lone %, broken UTF-8 and %00 are refused.',
  },
  unsupported_version: {
    status: 400,
    title: 'Unsupported version',
    help: 'Ask for one of the versions that the detail lists.',
  },
  malformed_body: {
    status: 400,
    title: 'Malformed body',
    help: 'Send the body as its Content-Type says, in a charset that is named or UTF-8; the detail says what cannot be read.',
  },
  nesting_too_deep: {
    status: 400,
    title: 'Nesting too deep',
    help: 'Send a body with fewer levels of lists and objects inside each other; the detail names the limit.',
  },
  too_many_parameters: {
    status: 400,
    title: 'Too many parameters',
    help: 'Send fewer query parameters; the detail names the limit.',
  },
  several_credentials: {
    status: 400,
    title: 'Several credentials',
    help: 'Send the credentials of one kind, and once: a user name with a password, a token, or a key.',
  },
  idempotency_key_missing: {
    status: 400,
    title: 'Idempotency key missing',
    help: 'Send a new random text in the Idempotency-Key header with each call, and the same one when you repeat it.',
  },
  unauthorized: {
    status: 401,
    title: 'Unauthorized',
    help: 'Send credentials as the WWW-Authenticate header of the reply says.',
  },
  invalid_credentials: {
    status: 401,
    title: 'Invalid credentials',
    help: 'Check the user name, the password or the key; they are wrong, switched off, or no longer valid.',
  },
  invalid_token: {
    status: 401,
    title: 'Invalid token',
    help: 'Get a new token, and send it with each call; the detail says what is wrong with this one.',
  },
  forbidden: {
    status: 403,
    title: 'Forbidden',
    help: 'The credentials are known, but do not allow this; ask the owner of the API for access.',
  },
  cross_site_request: {
    status: 403,
    title: 'Cross-site request',
    help: 'Send the request from a page of the API itself, or with the X-CSRF-Token of the session.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    help: 'The address exists, but not what it asks for; check the identifier.',
  },
  route_not_found: {
    status: 404,
    title: 'No such address',
    help: 'Nothing is served at this path; check its spelling against the API description.',
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    help: 'The path exists, but not for this method; use one that the Allow header lists.',
  },
  not_acceptable: {
    status: 406,
    title: 'Not acceptable',
    help: 'Ask in Accept for a media type or a version that there is; the detail lists them.',
  },
  request_timeout: {
    status: 408,
    title: 'Request timeout',
    help: 'The request did not arrive in full in time; send it again on a new connection.',
  },
  conflict: {
    status: 409,
    title: 'Conflict',
    help: 'The request clashes with what is stored; read the current state and try again.',
  },
  idempotency_in_progress: {
    status: 409,
    title: 'Call in progress',
    help: 'The first call with this Idempotency-Key has not ended yet; wait as long as Retry-After says, then repeat it.',
  },
  precondition_failed: {
    status: 412,
    title: 'Precondition failed',
    help: 'The resource is not in the state that the request asks for; read it again, then decide anew.',
  },
  body_too_large: {
    status: 413,
    title: 'Body too large',
    help: 'Send a smaller body; the detail names the limit.',
  },
  uri_too_long: {
    status: 414,
    title: 'URI too long',
    help: 'Send a shorter URL, with what is long in the body; the detail names the limit in bytes.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    help: 'Send the body in a media type that the Accept header of the reply lists, and name it in Content-Type.',
  },
  range_not_satisfiable: {
    status: 416,
    title: 'Range not satisfiable',
    help: 'Ask for bytes that are there: the Content-Range header of the reply says how many there are.',
  },
  misdirected_request: {
    status: 421,
    title: 'Misdirected request',
    help: 'Check the address: this server does not serve the host that it names.',
  },
  invalid_input: {
    status: 422,
    title: 'Invalid input',
    help: 'Correct the values; each entry of errors names one of them and says what is wrong with it.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'Idempotency key reused',
    help: 'The Idempotency-Key belongs to a call that was different; take a new one for a new call.',
  },
  upgrade_required: {
    status: 426,
    title: 'Upgrade required',
    help: 'Speak the protocol that the Upgrade header of the reply names, such as WebSocket (RFC 6455).',
  },
  precondition_required: {
    status: 428,
    title: 'Precondition required',
    help: 'Read the resource first, then send its ETag in If-Match with the change.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    help: 'Wait as long as the Retry-After header says, then try again.',
  },
  headers_too_large: {
    status: 431,
    title: 'Request header fields too large',
    help: 'Send fewer or shorter headers; large cookies are the usual cause.',
  },
  internal_error: {
    status: 500,
    title: 'Internal error',
    help: 'Something failed on the server; quote the cid when you report it, the log has the cause under it.',
  },
  invalid_output: {
    status: 500,
    title: 'Invalid output',
    help: 'The service returned what its output model does not allow (checked in development and tests); mend the service or the model.',
  },
  not_implemented: {
    status: 501,
    title: 'Not implemented',
    help: 'The request needs what this server does not do; the detail says what.',
  },
  unavailable: {
    status: 503,
    title: 'Unavailable',
    help: 'The server cannot serve the call now, often because it is stopping; try again soon.',
  },
  not_cached: {
    status: 504,
    title: 'Not in the cache',
    help: 'Send the request without only-if-cached: there is no kept reply.',
  },
}
