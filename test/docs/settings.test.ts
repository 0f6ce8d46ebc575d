import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { AppOptions, RestOptions } from 'trestle'
import type { CircuitSettings, ClientSettings, RequestOptions, RetrySettings, TimeoutSettings } from 'trestle/client'
import { root } from '../../scripts/root.ts'

type Setting = Exclude<keyof AppOptions | keyof RestOptions<Record<never, never>>, 'services'>

// As a record, so that the compiler finds a setting that is missing here.
const settings: Readonly<Record<Setting, true>> = {
  accept: true,
  accessLog: true,
  admin: true,
  after: true,
  allow: true,
  allowedHosts: true,
  alwaysOk: true,
  authFailureStatus: true,
  before: true,
  bodyLimit: true,
  cache: true,
  cacheControl: true,
  callbacks: true,
  clientCertificateHeader: true,
  clock: true,
  compress: true,
  consumes: true,
  contact: true,
  contentEncoding: true,
  contentType: true,
  cookieSecrets: true,
  cors: true,
  csv: true,
  data: true,
  defaultSecurity: true,
  denyByDefault: true,
  deprecated: true,
  description: true,
  docs: true,
  envelope: true,
  errors: true,
  etag: true,
  examples: true,
  externalDocs: true,
  formatParameter: true,
  formatSuffix: true,
  failures: true,
  folder: true,
  forbiddenStatus: true,
  headers: true,
  health: true,
  hidden: true,
  idempotencyStore: true,
  idempotent: true,
  ifMatch: true,
  in: true,
  invalidates: true,
  json: true,
  license: true,
  limit: true,
  limitHeaders: true,
  limitStore: true,
  limits: true,
  links: true,
  lists: true,
  location: true,
  log: true,
  login: true,
  methodOverride: true,
  mode: true,
  mount: true,
  newCid: true,
  onError: true,
  onSecurityEvent: true,
  onReply: true,
  onStart: true,
  prefer: true,
  prefix: true,
  priority: true,
  problemTypes: true,
  produces: true,
  replies: true,
  responseCache: true,
  roles: true,
  security: true,
  securityHeaders: true,
  securityTxt: true,
  servers: true,
  serverTiming: true,
  sessions: true,
  static: true,
  status: true,
  stream: true,
  summary: true,
  tags: true,
  termsOfService: true,
  timeouts: true,
  title: true,
  tokens: true,
  tls: true,
  trailingSlash: true,
  trustedProxies: true,
  unknown: true,
  uploads: true,
  use: true,
  users: true,
  version: true,
  versions: true,
  webhooks: true,
}

type ClientSetting = keyof ClientSettings | keyof RequestOptions

const clientSettings: Readonly<Record<ClientSetting, true>> = {
  auth: true,
  baseUrl: true,
  body: true,
  circuit: true,
  cookies: true,
  credentials: true,
  envelope: true,
  fetch: true,
  files: true,
  form: true,
  headers: true,
  json: true,
  layers: true,
  maxBytes: true,
  maxRedirects: true,
  onDownload: true,
  onError: true,
  onReply: true,
  onRequest: true,
  onRetry: true,
  params: true,
  raiseForStatus: true,
  redirect: true,
  retry: true,
  signal: true,
  time: true,
  timeout: true,
  trace: true,
}

type RetrySetting = keyof TimeoutSettings | keyof RetrySettings | keyof CircuitSettings

const retrySettings: Readonly<Record<RetrySetting, true>> = {
  attempt: true,
  backoff: true,
  failures: true,
  headers: true,
  idempotencyKey: true,
  idle: true,
  isFailure: true,
  limit: true,
  maxBackoff: true,
  maxRetryAfter: true,
  methods: true,
  minimum: true,
  onChange: true,
  open: true,
  probes: true,
  rate: true,
  should: true,
  statuses: true,
  total: true,
  window: true,
}

/** The settings in the first column of the tables of a page. */
function listedIn(path: string): ReadonlySet<string> {
  const page = readFileSync(join(root, path), 'utf8')
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && line.includes('`'))
  const names = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name))
  return new Set(names)
}

test('the guide lists every setting of apps and channels', () => {
  assert.deepEqual(listedIn('docs/guide/settings.md'), new Set(Object.keys(settings)))
})

test('the guide lists every setting of clients and calls', () => {
  assert.deepEqual(listedIn('docs/guide/client-settings.md'), new Set(Object.keys(clientSettings)))
})

test('the guide lists every setting for servers that fail', () => {
  const listed = listedIn('docs/guide/client-retries.md')
  assert.deepEqual(new Set(Object.keys(retrySettings)).difference(listed), new Set())
})
