import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { AppOptions, RestOptions } from 'trestle'
import { root } from '../../scripts/root.ts'

type Setting = Exclude<keyof AppOptions | keyof RestOptions<Record<never, never>>, 'services'>

// As a record, so that the compiler finds a setting that is missing here.
const settings: Readonly<Record<Setting, true>> = {
  accept: true,
  accessLog: true,
  after: true,
  allowedHosts: true,
  alwaysOk: true,
  authFailureStatus: true,
  before: true,
  bodyLimit: true,
  cache: true,
  cacheControl: true,
  callbacks: true,
  clock: true,
  compress: true,
  consumes: true,
  contact: true,
  contentEncoding: true,
  contentType: true,
  cookieSecrets: true,
  cors: true,
  csv: true,
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
  headers: true,
  health: true,
  hidden: true,
  ifMatch: true,
  in: true,
  invalidates: true,
  json: true,
  license: true,
  limits: true,
  links: true,
  lists: true,
  location: true,
  log: true,
  methodOverride: true,
  mode: true,
  mount: true,
  newCid: true,
  onError: true,
  onReply: true,
  prefer: true,
  prefix: true,
  priority: true,
  problemTypes: true,
  produces: true,
  replies: true,
  responseCache: true,
  securityHeaders: true,
  securityTxt: true,
  servers: true,
  serverTiming: true,
  static: true,
  status: true,
  stream: true,
  summary: true,
  tags: true,
  termsOfService: true,
  timeouts: true,
  title: true,
  trailingSlash: true,
  trustedProxies: true,
  unknown: true,
  uploads: true,
  use: true,
  version: true,
  versions: true,
  webhooks: true,
}

test('the guide lists every setting of apps and channels', () => {
  const page = readFileSync(join(root, 'docs/guide/settings.md'), 'utf8')
  const rows = page.split('\n').filter((line) => line.startsWith('| `'))
  const listed = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name))
  assert.deepEqual(new Set(listed), new Set(Object.keys(settings)))
})
