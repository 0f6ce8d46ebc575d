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
export type { Call, CallContext, Invoke, InvokeAsync } from './kernel/call-context.ts'
export type { Caller } from './kernel/caller.ts'
export { type CatalogueEntry, catalogue, type ProblemCode } from './kernel/catalogue.ts'
export type { Awaitable } from './kernel/chain.ts'
export type { Channel } from './kernel/channel.ts'
export { type Clock, systemClock } from './kernel/clock.ts'
export type { HttpSide } from './kernel/http-side.ts'
export { InvocationError } from './kernel/invocation-error.ts'
export { type Logger, type LogLine, silentLogger } from './kernel/logger.ts'
export { Media, media } from './kernel/media.ts'
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
  tooManyRequests,
  unauthorized,
  unavailable,
} from './kernel/problem.ts'
export type { Provided, Provider, Uses } from './kernel/provided.ts'
export { type AppContext, type AppProviderOptions, type ProviderOptions, provider } from './kernel/provider.ts'
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
export { type App, type AppOptions, createApp, type Listening } from './platform/app.ts'
export { type AppSettings, defineApp, type FinishedReply, type Mode, type RunOptions } from './platform/app-options.ts'
export type { Finding, FindingCode, FindingPlace } from './schema/finding.ts'
export type { UnknownPolicy } from './schema/input-model.ts'
export { jsonSchema } from './schema/plain-json-schema.ts'
export type { InferInput, InferOutput, JsonSchema, Schema } from './schema/schema.ts'
export { SchemaError } from './schema/schema-error.ts'
