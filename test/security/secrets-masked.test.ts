import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createApp, type Logger, post, service } from 'trestle'
import { z } from 'zod'
import { recordingLog } from '../../src/testing/test-log.ts'
import { temporaryApp } from '../cli/temporary-app.ts'
import { run, serve } from '../cli/trestle.ts'

/** What is known to the app, by the variables that hold it. */
const known = {
  HR_PASSWORD: 'hr-own-password-7Yw2',
  SHOP_KEY: 'shop-own-key-Kd83-qq1',
  QUERY_KEY: 'query-own-key-Pz55-aa9',
  AGREED_TOKEN: 'agreed-own-token-Vb20-t7',
  JWT_KEY: 'jwt-own-signing-key-of-more-than-32-characters',
  COOKIE_SECRET: 'cookie-own-secret-of-more-than-32-characters',
}

/** What callers send. */
const sent = {
  password: 'sent-password-of-caller-91',
  token: 'sent-token-of-caller-92',
  key: 'sent-key-of-caller-93',
  pin: 'sent-pin-of-caller-94',
  cookie: 'sent-cookie-of-caller-95',
  web: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJzZW50LTk2In0.c2VudC05Ng',
}

const variable = (name: string): string => `\${${name}}`

const files = {
  'package.json': '{ "type": "module" }',
  '.env': Object.entries(known)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n'),
  'trestle.config.ts': [
    "import { basic, bearer, defineApp } from 'trestle'",
    'export const app = defineApp({',
    "  title: 'Masked', log: 'debug', accessLog: true, errors: 'fastapi', failures: false,",
    "  cookieSecrets: [process.env.COOKIE_SECRET ?? ''],",
    '  security: {',
    `    hr: basic({ username: 'hr', password: '${variable('HR_PASSWORD')}' }),`,
    `    agreed: bearer({ token: process.env.AGREED_TOKEN ?? '' }),`,
    `    signed: bearer({ jwt: { algorithms: ['HS256'], key: '${variable('JWT_KEY')}', issuer: 'a', audience: 'b' } }),`,
    '  },',
    '})',
  ].join('\n'),
  'trestle.yaml': [
    'security:',
    `  shop: { kind: apiKey, key: '${variable('SHOP_KEY')}' }`,
    `  old: { kind: apiKey, in: query, key: '${variable('QUERY_KEY')}' }`,
    '  all: [hr, agreed, signed, shop, old]',
  ].join('\n'),
  'services/people.ts': [
    "import { post, service } from 'trestle'",
    "import { z } from 'zod'",
    'const input = z.object({ username: z.string().max(20), password: z.string().min(4), pin: z.string().min(8).meta({ secret: true }),',
    "  kind: z.enum(['a', 'b']), more: z.object({ apiKey: z.string() }).optional() })",
    "export const sign = service({ input, output: z.object({ ok: z.boolean() }), on: post('/sign', { security: 'all' }),",
    '  handle: ({ input, log, caller }) => {',
    "    log.debug({ input, caller }, 'signing')",
    "    log.info('input ' + JSON.stringify(input))",
    '    log.child({ credentials: input }).warn({ list: [new Map(Object.entries(input)), input] })',
    '    return { ok: true }',
    '  } })',
    "export const fail = service({ on: post('/fail', { security: 'all' }), handle: () => {",
    '  const password = process.env.HR_PASSWORD',
    "  const cause = Object.assign(new Error('refused for hr:' + password + ' by https://hr:' + password + '@example.com'), {",
    "    config: { headers: { authorization: 'Bearer ' + process.env.AGREED_TOKEN }, params: { key: process.env.SHOP_KEY } } })",
    "  throw new Error('cannot reach it with ' + process.env.JWT_KEY, { cause })",
    '} })',
  ].join('\n'),
}

type Sending = readonly [path: string, headers: Readonly<Record<string, string>>, body: string]

function sendings(): readonly Sending[] {
  const json = { 'content-type': 'application/json' }
  const basicOf = (password: string) => ({ authorization: `Basic ${Buffer.from(`hr:${password}`).toString('base64')}` })
  const ways: readonly (readonly [query: string, headers: Readonly<Record<string, string>>])[] = [
    ['', basicOf(known.HR_PASSWORD)],
    ['', { authorization: `Bearer ${known.AGREED_TOKEN}` }],
    ['', { 'x-api-key': known.SHOP_KEY }],
    [`?api_key=${known.QUERY_KEY}`, {}],
    ['', basicOf(sent.password)],
    ['', { authorization: `Basic ${sent.password}` }],
    ['', { authorization: `Bearer ${sent.token}` }],
    ['', { authorization: `Bearer ${sent.web}` }],
    ['', { 'x-api-key': sent.key }],
    ['', { 'x-api-key': sent.key, authorization: `Bearer ${sent.token}` }],
    [`?api_key=${sent.key}&access_token=${sent.token}&password=${sent.password}`, {}],
    [`?api_key=${known.SHOP_KEY}`, {}],
    ['', { cookie: `session=${sent.cookie}; api_key=${sent.key}` }],
    ['', {}],
  ]
  const good = { username: 'ada', password: sent.password, pin: sent.pin, kind: 'a', more: { apiKey: sent.key } }
  const bodies: readonly unknown[] = [
    good,
    { ...good, kind: sent.password.length },
    { ...good, username: undefined },
    { ...good, password: [sent.password], pin: { inner: sent.pin }, more: { apiKey: [sent.key] } },
  ]
  return ways.flatMap(([query, headers]) => [
    ...bodies.map((body): Sending => [`/sign${query}`, { ...json, ...headers }, JSON.stringify(body)]),
    [`/sign${query}`, { ...json, ...headers }, `{"password":"${sent.password}`],
    [`/fail${query}`, headers, ''],
    [`/nowhere${query}`, headers, ''],
  ])
}

/** Sends everything, and gives all that came back: status lines, headers and bodies. */
async function repliesOf(url: string): Promise<{ readonly text: string; readonly statuses: ReadonlySet<number> }> {
  const statuses = new Set<number>()
  const replies = await Promise.all(
    sendings().map(async ([path, headers, body]) => {
      const reply = await fetch(`${url}${path}`, { method: 'POST', headers, body })
      statuses.add(reply.status)
      return `${JSON.stringify([...reply.headers])}\n${await reply.text()}`
    }),
  )
  return { text: replies.join('\n'), statuses }
}

const secrets = [...Object.values(known), ...Object.values(sent)].flatMap((each) => [
  each,
  Buffer.from(`hr:${each}`).toString('base64'),
])

function assertWithout(text: string, what: string): void {
  assert.notEqual(text, '', what)
  for (const each of secrets) {
    const at = text.indexOf(each)
    assert.equal(at, -1, `${what} shows ${each}: ${text.slice(Math.max(0, at - 300), at + 60)}`)
  }
}

suite('secrets', () => {
  test('stand in no output of an app and of the commands, whatever it is sent', async () => {
    await using app = await temporaryApp(files)
    const serving = async (command: 'start' | 'dev'): Promise<void> => {
      await using served = await serve([command, app.folder])
      const { text, statuses } = await repliesOf(served.url)
      assert.deepEqual([...statuses].sort(), [200, 400, 401, 404, 422, 500])
      served.signal('SIGTERM')
      const { stdout, stderr } = await served.ended
      assertWithout(text, `a reply of ${command}`)
      assertWithout(`-${stdout}${stderr}`, `the log of ${command}`)
      // It was there, and is masked.
      assert.match(stdout, /signing/)
      assert.match(stdout, /cannot reach it with \*\*\*/)
      if (command === 'dev') assert.match(text, /cannot reach it with \*\*\*/)
    }
    const command = async (...args: readonly string[]): Promise<void> => {
      const { code, stdout, stderr } = await run([...args, app.folder])
      assert.equal(code, 0, stderr)
      assertWithout(stdout + stderr, args.join(' '))
    }
    await Promise.all([serving('start'), serving('dev')])
    await Promise.all([command('routes'), command('openapi'), command('check')])
  })

  test('are masked on their way to a logger of the app, which keeps what it can', () => {
    const { log, logs } = recordingLog()
    const lines: string[] = []
    const own: Logger & { level: string; isLevelEnabled: (level: string) => boolean; flush: () => string } = {
      ...log,
      level: 'info',
      isLevelEnabled(level) {
        lines.push(level)
        return this.level === 'debug' || level !== 'debug'
      },
      flush() {
        return this.level
      },
    }
    const masked = createApp({ services: [], log: own }).log as typeof own
    masked.info({ password: sent.password, at: new Error(`Bearer ${sent.token}`) }, `token=${sent.token}`)
    masked.debug({ password: sent.password })
    masked.child({ cookie: sent.cookie }).error(`Basic ${sent.password}`)
    assert.deepEqual(
      logs.all.map(({ level, message }) => [level, message]),
      [
        ['info', 'token=***'],
        ['error', 'Basic ***'],
      ],
    )
    assert.deepEqual(logs.all[1]?.fields, { cookie: '***' })
    const { at, password } = logs.all[0]?.fields ?? {}
    assert.ok(at instanceof Error)
    assert.deepEqual([at.message, password], ['Bearer ***', '***'])
    assert.deepEqual(lines, ['info', 'debug'])
    assert.equal(masked.flush(), 'info')
    masked.level = 'debug'
    assert.equal(own.level, 'debug')
  })

  test('that a model declares are masked by their names in the whole app, and in replies that tell the input', async () => {
    const { log, logs } = recordingLog()
    const card = z.object({ iban: z.string().meta({ secret: true }), code: z.string().meta({ format: 'password' }) })
    const pay = service({
      name: 'pay',
      input: z.object({ card: card.or(z.null()), amount: z.int() }),
      on: post('/pay', { errors: 'fastapi' }),
      handle: ({ input, log: line }) => line.info({ input }, 'paying'),
    })
    await using app = createApp({ services: [pay], log })
    const body = { card: { iban: 'DE02-1234', code: 'code-1234' }, amount: 5 }
    const ask = (given: unknown): Promise<Response> => {
      const headers = { 'content-type': 'application/json' }
      return app.fetch(new Request('http://x/pay', { method: 'POST', headers, body: JSON.stringify(given) }))
    }
    assert.equal((await ask(body)).status, 204)
    assert.deepEqual(logs.where({ message: 'paying' })[0]?.fields.input, {
      card: { iban: '***', code: '***' },
      amount: 5,
    })
    const refused = await ask({ card: body.card })
    const { detail } = (await refused.json()) as { detail: readonly { input: unknown }[] }
    assert.deepEqual(detail[0]?.input, { card: { iban: '***', code: '***' } })
  })
})
