export type { CacheControl } from './http/cache/cache-control.ts'
export type { CacheOptions } from './http/cache/cache-settings.ts'
export type { CacheEntry, CacheStore, PurgeTarget } from './http/cache/cache-store.ts'
export { replyCache } from './http/cache/reply-cache.ts'
export { type ResponseCache, type ResponseCacheOptions, responseCache } from './http/cache/response-cache.ts'
export type { Coding, CompressOptions } from './http/compress/compress-settings.ts'
export type { CorsOptions } from './http/cors/settings.ts'
export type { ChannelExample, ChannelLink, ChannelReply } from './http/describe/documentation-settings.ts'
export { type WebhookOptions, webhook } from './http/describe/webhook.ts'
export type {
  ErrorBody,
  ErrorContext,
  ErrorShapeName,
  ErrorTexts,
  OnError,
  OwnErrors,
  WordedErrors,
} from './http/errors/error-settings.ts'
export { type FileOptions, sendFile } from './http/files/send-file.ts'
export { ByteStream } from './http/forms/byte-stream.ts'
export { byteStream, bytes, type FilesRules, file, files } from './http/forms/models.ts'
export type { UploadLimits } from './http/forms/upload-settings.ts'
export { UploadedFile } from './http/forms/uploaded-file.ts'
export { type Group, type GroupSettings, group, type MakeGroup } from './http/group.ts'
export type { IdempotencyOptions } from './http/idempotency/idempotency-settings.ts'
export { type RedirectOptions, type RedirectStatus, redirect } from './http/reply/redirect.ts'
export { type ParseContext, type Parser, parser } from './http/represent/parser.ts'
export { type RenderContext, type Renderer, renderer } from './http/represent/renderer.ts'
export type { BodyFormat, JsonSettings, ReplyFormat } from './http/represent/representation-settings.ts'
export {
  any,
  del,
  type Envelope,
  get,
  head,
  type Method,
  options,
  type Place,
  patch,
  post,
  put,
  query,
  type RestChannel,
  type RestDefaults,
  type RestOptions,
  rest,
  type Source,
} from './http/rest-channel.ts'
export type { TrailingSlash } from './http/route/trailing-slash-settings.ts'
export type { Limits } from './http/server/limits.ts'
export type { Timeouts } from './http/server/timeouts.ts'
export type { StaticFolder } from './http/static/settings.ts'
export type { StreamOptions } from './http/stream/stream-settings.ts'
export type { Deprecation } from './http/versions/deprecation-settings.ts'
export type { VersionStyle, Versions } from './http/versions/version-settings.ts'
export {
  type WebSocketChannel,
  type WebSocketOptions,
  type WebSocketSettings,
  websocket,
} from './http/websocket/websocket-channel.ts'
export type { AccessSettings, Limit, LimitKey, LimitOptions, LimitRule, Rate } from './kernel/access-settings.ts'
export type { Attempt, ClientCertificate } from './kernel/attempt.ts'
export type { Call, CallContext, Invoke, InvokeAsync } from './kernel/call-context.ts'
export type { Caller } from './kernel/caller.ts'
export { type CatalogueEntry, catalogue, type ProblemCode } from './kernel/catalogue.ts'
export type { Awaitable } from './kernel/chain.ts'
export type { Channel } from './kernel/channel.ts'
export { type Clock, systemClock } from './kernel/clock.ts'
export type { CookieOptions } from './kernel/cookie-options.ts'
export type { HttpSide, Precondition } from './kernel/http-side.ts'
export type { ClaimOutcome, IdempotencyStore, KeptReply, KeyClaim } from './kernel/idempotency-store.ts'
export { InvocationError } from './kernel/invocation-error.ts'
export { type Logger, type LogLine, silentLogger } from './kernel/logger.ts'
export { Media, type MediaBody, type MediaOptions, media, type StoredContent } from './kernel/media.ts'
export { merge } from './kernel/merge.ts'
export {
  badRequest,
  conflict,
  defineProblem,
  forbidden,
  isProblem,
  notFound,
  Problem,
  type ProblemKind,
  type ProblemOptions,
  problem,
  type Raise,
  type Thrown,
  tooManyRequests,
  unauthorized,
  unavailable,
} from './kernel/problem.ts'
export type { Provided, Provider, Uses } from './kernel/provided.ts'
export { type AppContext, type AppProviderOptions, type ProviderOptions, provider } from './kernel/provider.ts'
export {
  type AuthenticatedRule,
  allOf,
  anyOf,
  authenticated,
  type CallerRule,
  type CallTest,
  not,
  type PermissionRule,
  permission,
  type RoleRule,
  type Rule,
  role,
  type ScopeRule,
  scope,
} from './kernel/rule.ts'
export type { SecurityEvent } from './kernel/security-event.ts'
export {
  type After,
  type Before,
  type Outcome,
  type Service,
  type ServiceBase,
  type ServiceMaker,
  type ServiceOptions,
  service,
} from './kernel/service.ts'
export { StartupError } from './kernel/startup-error.ts'
export { type Streamed, type StreamModel, stream } from './kernel/stream.ts'
export { event, StreamEvent, type StreamEventOptions } from './kernel/stream-event.ts'
export { type Topic, type TopicOptions, topic } from './kernel/topic.ts'
export type { Trace, TraceHeaders } from './kernel/trace.ts'
export type { FetchOptions } from './platform/answer-fetch.ts'
export { createApp } from './platform/app.ts'
export { type AppSettings, defineApp } from './platform/app-options.ts'
export type { App, AppOptions, Listening } from './platform/app-types.ts'
export type { HealthCheck } from './platform/health-checks.ts'
export { loadApp } from './platform/load-app.ts'
export type { Mountable, MountedHandler } from './platform/mount.ts'
export type { FinishedReply, Mode, RunOptions, RunWith } from './platform/run-options.ts'
export type { SecurityTxt } from './platform/security-txt.ts'
export type { StartingApp } from './platform/start-settings.ts'
export type { Finding, FindingCode, FindingPlace } from './schema/finding.ts'
export type { UnknownPolicy } from './schema/input-model.ts'
export { jsonSchema } from './schema/plain-json-schema.ts'
export type { InferInput, InferOutput, JsonSchema, Schema } from './schema/schema.ts'
export { SchemaError } from './schema/schema-error.ts'
export type { UploadModel, UploadRules } from './schema/upload-model.ts'
export type { AdminSettings } from './security/admin/admin-settings.ts'
export {
  type ApiKeyDefinition,
  apiKey,
  type BasicDefinition,
  type BearerDefinition,
  basic,
  bearer,
  type Definition,
  type Grants,
  type IntrospectionSettings,
  type JwtAlgorithm,
  type JwtKeys,
  type JwtSettings,
  type MutualTlsDefinition,
  mutualTls,
  type SessionDefinition,
  session,
} from './security/definitions/definition.ts'
export type {
  TokenAlgorithm,
  TokenClient,
  TokenGrant,
  TokenPaths,
  TokenSettings,
} from './security/issuing/token-settings.ts'
export type { FailureLimits, LimitSettings, SharedLimitStore } from './security/limits/limit-settings.ts'
export type { LimitHeaders } from './security/limits/rate-limit-headers.ts'
export { type Login, type LoginAttempt, type LoginSettings, login, type Person } from './security/login/login.ts'
export { hashPassword, needsRehash, verifyPassword } from './security/passwords/password-hash.ts'
export { type PasswordOwner, type PasswordPolicy, passwordFaults } from './security/passwords/password-policy.ts'
export type { SessionSettings } from './security/sessions/session-settings.ts'
export type { RoleSettings, SecuritySettings } from './security/settings.ts'
export type { UserSettings } from './security/users/users.ts'
