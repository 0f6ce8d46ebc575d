import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  type AppSettings,
  apiKey,
  basic,
  bearer,
  createApp,
  get,
  permission,
  post,
  role,
  type Service,
  scope,
  service,
} from 'trestle'
import { z } from 'zod'
import type { Channel } from '../../src/kernel/channel.ts'
import { withChannels } from '../../src/kernel/service.ts'
import { checkApp } from '../../src/platform/check/check-app.ts'
import { checkedApp } from '../../src/platform/check/checked-app.ts'
import type { Schema } from '../../src/schema/schema.ts'
import { helloFile, temporaryApp } from './temporary-app.ts'
import { run } from './trestle.ts'

const long = 'nR7-fqP2-xxW9-kLm4-zzA1'

/** What stands for an environment variable. */
const variable = (name: string): string => `\${${name}}`

const environment = { LONG: long, OTHER: `${long}-other`, SHORT: 'a1b2', KNOWN: 'changeme' }

const sources = [{ file: 'trestle.config.ts', text: "apiKey({ key: 'k8s-plain-but-quite-long-key' })" }]

async function found(settings: Omit<AppSettings, 'log'>, services: readonly Service[]): Promise<readonly string[]> {
  await using app = createApp({ ...settings, services, log: 'silent' })
  return checkApp(checkedApp(app, settings, { environment, sources })).map(
    ({ level, code, where }) => `${level} ${code} ${where}`,
  )
}

const hr = basic({ username: 'hr', password: variable('LONG'), roles: ['reader'] })
const behind = { trustedProxies: ['10.0.0.1'], security: { hr } }

function reading(on: Channel | readonly Channel[], models: { input?: Schema; output?: Schema } = {}): Service {
  const made: Service = service({ name: 'read', on: [], handle: () => {} })
  return withChannels({ ...made, ...models }, [on].flat())
}

suite('a check', () => {
  test('finds nothing where all is well', async () => {
    assert.deepEqual(await found(behind, [reading(get('/a', { security: 'hr', allow: role('reader') }))]), [])
  })

  test('lists open channels, and those first that change something', async () => {
    const services = [
      reading([get('/a'), post('/b'), post('/c', { security: false }), get('/d', { security: 'hr' })]),
      service({ name: 'other', on: get('/e', { security: ['hr', 'anonymous'] }), handle: () => {} }),
    ]
    assert.deepEqual(await found(behind, services), [
      'warning open_unsafe_channel POST /b (read)',
      'note open_channel GET /a (read)',
      'note open_channel POST /c (read)',
      'note anonymous_channel GET /e (other)',
    ])
  })

  test('finds definitions and groups that are of no use', async () => {
    const security = { hr, pay: basic({ username: 'pay', password: variable('NOT_SET') }), none: [], all: ['pay'] }
    const all = await found({ ...behind, security }, [reading(get('/a', { security: ['hr', 'none'] }))])
    assert.deepEqual(all, [
      'warning variable_not_set security.pay',
      'warning empty_group security.none',
      'note unused_definition security.pay',
      'note unused_definition security.all',
    ])
  })

  test('finds each variable that is not set: of keys, of those who are asked, and of the app\u2019s own tokens', async () => {
    const secret = variable('NOT_SET')
    const security = {
      jwt: bearer({ jwt: { algorithms: ['HS256'], key: secret } }),
      asked: bearer({
        introspection: { address: 'https://id.example.com/ask', clientId: 'a', clientSecret: variable('NOR_THIS') },
      }),
      own: bearer({ issued: true }),
    }
    const tokens = { key: secret, clients: { reports: { secret } } }
    const all = await found({ ...behind, security, tokens }, [reading(get('/a', { security: Object.keys(security) }))])
    assert.deepEqual(all, [
      'warning variable_not_set security.jwt',
      'warning variable_not_set security.asked',
      'warning variable_not_set tokens.clients.reports',
      'warning variable_not_set tokens.key',
    ])
  })

  test('finds rules that ask for what nobody has, but not where callers bring what they have', async () => {
    const clientSecret = variable('LONG')
    const foreign = bearer({ introspection: { address: 'https://id.example.com/ask', clientId: 'a', clientSecret } })
    const settings = { ...behind, security: { hr, tokens: foreign }, roles: { reader: ['orders:*'] } }
    const services = [
      service({
        name: 'a',
        on: get('/a', { security: 'hr', allow: { anyOf: [role('raeder'), scope('s')] } }),
        handle: () => {},
      }),
      service({ name: 'b', on: get('/b', { security: 'hr', allow: permission('orders:read') }), handle: () => {} }),
      service({ name: 'c', on: get('/c', { security: 'tokens', allow: role('anything') }), handle: () => {} }),
      service({ name: 'd', on: get('/d', { security: 'hr', allow: { not: role('guest') } }), handle: () => {} }),
    ]
    const all = (await found(settings, services)).filter((each) => !each.includes('unused'))
    assert.deepEqual(all, ['warning unknown_role GET /a (a)', 'warning unknown_scope GET /a (a)'])
  })

  test('finds secrets that everybody can read or guess', async () => {
    const security = {
      plain: apiKey({ key: 'k8s-plain-but-quite-long-key' }),
      same: apiKey({ key: long, name: 'X-Same' }),
      short: apiKey({ key: variable('SHORT'), name: 'X-Short' }),
      known: basic({ username: 'k', password: variable('KNOWN') }),
      query: apiKey({ key: variable('OTHER'), in: 'query' }),
      within: apiKey({ key: 'k8s-pla', name: 'X-Within' }),
    }
    process.env.SHORT = environment.SHORT
    const all = await found({ ...behind, security }, [reading(get('/a', { security: Object.keys(security) }))])
    delete process.env.SHORT
    assert.deepEqual(all, [
      'error known_secret security.known',
      'warning plain_secret security.plain',
      'warning weak_secret security.short',
      'warning weak_secret security.within',
      'warning key_in_query security.query',
    ])
  })

  test('finds how credentials get lost on their way', async () => {
    const cors = { origins: [/.*/], credentials: true }
    const settings = { security: { hr }, failures: false } as const
    assert.deepEqual(await found(settings, [reading(get('/a', { security: 'hr', cors }))]), [
      'warning any_origin_with_credentials GET /a (read)',
      'warning unlimited_guesses GET /a (read)',
      'note plain_http app',
    ])
  })

  test('finds lists of any length', async () => {
    const names = z.array(z.string())
    const on = get('/a', { security: 'hr' })
    const output = names
    const input = z.object({ page: z.int().optional() })
    assert.deepEqual(await found(behind, [reading(on, { output })]), ['note unbounded_list GET /a (read)'])
    assert.deepEqual(await found(behind, [reading(on, { output: names.max(50) })]), [])
    assert.deepEqual(await found(behind, [reading(on, { output, input })]), [])
  })
})

suite('trestle check', () => {
  const files = { 'package.json': '{ "type": "module" }', 'services/greeting.ts': helloFile('hi') }
  const open = {
    ...files,
    'services/order.ts': helloFile('x').replace("get('/hello')", "post('/orders')").replace('get,', 'post,'),
  }

  test('says what it has found, for people and for programs, and ends with 0 where nothing is an error', async () => {
    await using app = await temporaryApp(open)
    const [told, strict] = await Promise.all([
      run(['check', app.folder]),
      run(['check', app.folder, '--format', 'json', '--strict']),
    ])
    assert.equal(
      told.stdout,
      [
        'warning  open_unsafe_channel  POST /orders (order.hello)',
        "  It changes something and is open to all: give it 'security', or say 'security: false' if that is meant.",
        'note     open_channel         GET /hello (greeting.hello)',
        "  It is open to all: give it 'security', or say 'security: false' if that is meant.",
        '',
        '0 errors, 1 warning, 1 note',
        '',
      ].join('\n'),
    )
    assert.deepEqual([told.code, told.stderr], [0, ''])
    const { findings, counts } = JSON.parse(strict.stdout)
    assert.deepEqual([strict.code, counts], [1, { error: 1, warning: 0, note: 1 }])
    assert.deepEqual(findings[0], {
      level: 'error',
      code: 'open_unsafe_channel',
      where: 'POST /orders (order.hello)',
      message:
        "It changes something and is open to all: give it 'security', or say 'security: false' if that is meant.",
    })
  })

  test('tells why an app cannot start, such as open channels under denyByDefault, and ends with 1', async () => {
    await using app = await temporaryApp({ ...open, 'trestle.yaml': 'denyByDefault: true\n' })
    const { code, stdout, stderr } = await run(['check', app.folder])
    assert.deepEqual([code, stderr], [1, ''])
    assert.match(
      stdout,
      /^error {2}cannot_start {2}app\n {2}GET \/hello \(greeting\.hello\) says nothing of who may call it/,
    )
    assert.match(stdout, /POST \/orders \(order\.hello\) says nothing/)
    assert.match(stdout, /\n2 errors, 0 warnings, 0 notes\n$/)
  })
})
