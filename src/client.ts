export { type ApiKeyOptions, apiKey } from './client/auth/api-key.ts'
export type { Auth, AuthOptions, AuthScheme, OwnAuth } from './client/auth/auth.ts'
export { basic } from './client/auth/basic.ts'
export { type BearerOptions, bearer } from './client/auth/bearer.ts'
export { digest } from './client/auth/digest.ts'
export { type OAuth2Settings, type OAuth2Token, oauth2 } from './client/auth/oauth2.ts'
export { TokenError } from './client/auth/token-error.ts'
export type { BearerToken, TokenRequest } from './client/auth/tokens.ts'
export { type Circuit, type CircuitSettings, type CircuitState, circuit } from './client/circuit/circuit.ts'
export { CircuitOpenError } from './client/circuit/circuit-open-error.ts'
export type { CircuitThreshold } from './client/circuit/tally.ts'
export type { Call, Client, ListOptions } from './client/client.ts'
export { type CookieJar, type CookieJarOptions, cookieJar } from './client/cookies/jar.ts'
export type { StoredCookie } from './client/cookies/set-cookie.ts'
export {
  BodyError,
  type CallName,
  ClientError,
  ConnectionError,
  HttpError,
  RedirectError,
  TimeoutError,
  type TimeoutPhase,
} from './client/errors.ts'
export type { Layer, OutgoingBody, OutgoingRequest, Send } from './client/layer.ts'
export { type Mock, type MockHandler, type MockReply, mock } from './client/mock.ts'
export { type Link, parseLinks } from './client/pages/links.ts'
export type { Next, Page, PageReply } from './client/pages/next.ts'
export type { PagesOptions } from './client/pages/pages.ts'
export type { Pairs, Scalar } from './client/pairs.ts'
export type { Problem } from './client/problem.ts'
export type { StreamedReply } from './client/read/bytes.ts'
export { ItemError, type ItemOptions } from './client/read/item.ts'
export type { LineOptions } from './client/read/lines.ts'
export type { EventsOptions, ServerSentEvent } from './client/read/server-sent-events.ts'
export type { StandardIssue, StandardSchema } from './client/read/standard.ts'
export type { Readings, RedirectStep, Reply, ReplyPromise } from './client/reply.ts'
export type { FailedAttempt, Retry, RetrySettings } from './client/retry/retry.ts'
export type {
  BodyContent,
  ClientHooks,
  ClientSettings,
  DownloadProgress,
  FileContent,
  FilePart,
  HeaderSettings,
  OneOrMany,
  RequestOptions,
  SharedSettings,
  TimeoutSettings,
  Transport,
} from './client/settings.ts'
export { type ClientTime, machineTime } from './client/time.ts'
export type { TraceContext, TracedCall, TraceSource } from './client/trace/trace.ts'
export { client, type MakeClient } from './client/typed/client.ts'
export type { StreamReply, TypedClient, TypedReply } from './client/typed/typed-client.ts'
