import type { ProblemCode } from './catalogue.ts'
import type { ProblemOptions } from './problem.ts'

/** What the page of a code has beside its entry in the catalogue. */
export interface GuideEntry {
  /** What brings it about. */
  readonly cause: string
  /** A detail as a client may get it. */
  readonly detail?: string
  /** What comes with it, as a client may get it. */
  readonly sent?: Pick<ProblemOptions, 'findings' | 'headers'>
}

/** What the pages of the codes say of what happened; what to do about it is the `help` of the catalogue. */
export const problemGuide: { readonly [Code in ProblemCode]?: GuideEntry } = {
  bad_request: {
    cause: 'Each value fits by itself, but the service cannot do what they ask for together.',
    detail: 'The two dates are in the wrong order',
  },
  malformed_request: {
    cause:
      'What came over the connection cannot be read as HTTP, ended before it was whole, or could be read in two ways. The connection is closed.',
    detail: 'The Host header is missing',
  },
  malformed_url: {
    cause:
      'The URL holds a percent sign without two hexadecimal digits, bytes that are no UTF-8, NUL, a fragment, or dot segments where they could lead elsewhere.',
    detail: 'The URL holds a broken percent-encoding',
  },
  unsupported_version: {
    cause: 'The request names a version of the API that is not served, or none where it has to name one.',
    detail: 'Unsupported API version: 3; supported: 1, 2',
  },
  malformed_body: {
    cause:
      'The body is not what its Content-Type says: a brace is missing, a comma is one too many, or the bytes are no UTF-8.',
    detail: 'The body is not valid JSON: line 3, column 1',
  },
  nesting_too_deep: {
    cause: 'The body holds lists and objects inside each other beyond the limit, as no honest client sends them.',
    detail: 'The body may nest lists and objects 256 levels deep',
  },
  too_many_parameters: {
    cause: 'The query has more parameters than the server reads.',
    detail: 'The limit is 1000',
  },
  several_credentials: {
    cause: 'The request shows who sends it in more than one way, such as by a password and by a key.',
    detail: 'The request shows credentials of more than one kind, or twice',
  },
  idempotency_key_missing: {
    cause: 'The channel asks for a key, so that a call that is repeated is not done twice.',
    detail: 'The Idempotency-Key header is missing',
  },
  unauthorized: {
    cause: 'The request has no credentials, or none of a kind that is taken there.',
    detail: 'Log in first',
    sent: { headers: { 'WWW-Authenticate': 'Bearer' } },
  },
  invalid_credentials: {
    cause: 'The user name, the password or the key is wrong, was switched off or replaced, or is for another channel.',
    detail: 'The credentials are not known',
    sent: { headers: { 'WWW-Authenticate': 'Basic realm="Orders", charset="UTF-8"' } },
  },
  invalid_token: {
    cause: 'The token has expired, was revoked, is for somebody else, or is not signed as it has to be.',
    detail: 'The token has expired',
    sent: { headers: { 'WWW-Authenticate': 'Bearer realm="Orders", error="invalid_token"' } },
  },
  forbidden: {
    cause: 'The server knows who is asking, and that they may not do this.',
    detail: 'Only the owner may delete an order',
  },
  cross_site_request: {
    cause: "A page of another site has made a browser send the request, with the user's session in it.",
    detail: 'The request comes from another site',
  },
  not_found: {
    cause: 'A service looked for what the identifier in the request names, and there was none.',
    detail: 'There is no order 8',
  },
  route_not_found: {
    cause: 'No channel has a path of this form: it is misspelled, or behind a prefix that is missing.',
    detail: 'Nothing is served at /order/8',
  },
  method_not_allowed: {
    cause: 'There is a channel at the path, but for other methods.',
    detail: '/orders answers GET, HEAD, OPTIONS, POST',
    sent: { headers: { Allow: 'GET, HEAD, OPTIONS, POST' } },
  },
  not_acceptable: {
    cause:
      'The Accept header rules out every representation that the channel can send, or names a version that is not served.',
    detail: 'The reply can be application/json',
    sent: { headers: { Link: '</orders>; rel="alternate"; type="application/json"' } },
  },
  request_timeout: {
    cause: 'The client was slower in sending its request than the server waits. The connection is closed.',
    detail: 'The body came too slowly',
  },
  conflict: {
    cause: 'The request was sound by itself, but what is stored does not allow it now.',
    detail: 'The number is taken',
  },
  idempotency_in_progress: {
    cause: 'A call with the same Idempotency-Key has begun and not ended, so that its reply cannot be repeated yet.',
    detail: 'The call with this key has not ended',
    sent: { headers: { 'Retry-After': '1' } },
  },
  precondition_failed: {
    cause:
      'A condition in the headers, such as If-Match, does not hold: somebody else has changed the state meanwhile.',
    detail: 'The resource is not in the expected state',
  },
  body_too_large: {
    cause:
      'The body is longer than the channel takes, or becomes so when it is decoded; or a form holds a file or a text that is too large, or too many of them.',
    detail: 'The body may measure 1048576 bytes',
  },
  uri_too_long: {
    cause: 'The URL is longer than the server reads.',
    detail: 'The limit is 8000 bytes',
  },
  unsupported_media_type: {
    cause: 'The body is in a form that the channel does not read, or does not say in which form it is.',
    detail: 'The body is text/plain; send application/json',
    sent: { headers: { Accept: 'application/json' } },
  },
  range_not_satisfiable: {
    cause: 'The Range header asks for bytes behind the end of the content.',
    detail: 'There are 41 bytes, and none of them is in the range',
    sent: { headers: { 'Content-Range': 'bytes */41' } },
  },
  misdirected_request: {
    cause: 'The request names a host that this server does not answer for.',
    detail: 'api.example.net is not served here',
  },
  invalid_input: {
    cause: 'One or more values of the request are missing, of the wrong type or out of bounds.',
    sent: {
      findings: [
        { in: 'query', path: '/page', code: 'invalid_type', message: 'must be an integer' },
        { in: 'query', path: '/size', code: 'too_big', message: 'must be at most 100' },
      ],
    },
  },
  precondition_required: {
    cause: 'The change has to say which state it is meant for, and the request does not.',
    detail: 'Read the resource first, then send its ETag in If-Match',
  },
  idempotency_key_reused: {
    cause: 'The Idempotency-Key was sent before with another body, to another address, or by another method.',
    detail: 'The key belongs to another call',
  },
  upgrade_required: {
    cause: 'The address speaks another protocol, such as WebSocket, and the request did not ask for it.',
    detail: '/chat is a WebSocket',
    sent: { headers: { Upgrade: 'websocket' } },
  },
  too_many_requests: {
    cause: 'The caller has sent more requests in a while than it may.',
    detail: 'Ten a minute',
    sent: { headers: { 'Retry-After': '30' } },
  },
  headers_too_large: {
    cause: 'The headers together are longer than the server reads, or there are too many. The connection is closed.',
    detail: 'The limit is 100 headers',
  },
  internal_error: {
    cause: 'A service failed in a way that its author did not foresee. Clients are told nothing of it but the cid.',
  },
  invalid_output: {
    cause: 'A service gave back a value that its output model refuses. Production does not check this.',
    detail: 'order.read returned what its output model does not allow',
  },
  not_implemented: {
    cause:
      'The method of the request is none that any channel can have, such as TRACE, or one that is made up; or its body comes in a transfer coding that is not known.',
    detail: 'The method BREW is not implemented here',
  },
  unavailable: {
    cause: 'The server is stopping, has too much to do, or something that it needs does not answer.',
    detail: 'The warehouse does not answer',
  },
  not_cached: {
    cause: 'The request asks for a stored reply only (`Cache-Control: only-if-cached`), and there is none.',
  },
}
