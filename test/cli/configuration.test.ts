import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { loadApp } from 'trestle'
import { StartupError } from '../../src/kernel/startup-error.ts'
import { loadAppFolder } from '../../src/platform/app-folder.ts'
import { temporaryApp } from './temporary-app.ts'

const employee = [
  "import { get, service } from 'trestle'",
  "import { z } from 'zod'",
  'export const getEmployee = service({ input: z.object({ employee_no: z.int() }),',
  "  output: z.object({ name: z.string(), who: z.string() }), on: get('/api/employee/{employee_no}'),",
  "  handle: ({ input, caller }) => ({ name: 'no ' + input.employee_no, who: caller.username ?? '' }) })",
  'export const twice = service({ output: z.object({ name: z.string() }),',
  '  handle: async ({ invoke }) => ({ name: (await invoke(getEmployee, { employee_no: 2 })).name }) })',
  '',
].join('\n')

const files = { 'package.json': '{ "type": "module" }', 'services/employee.ts': employee }

/** What stands for an environment variable. */
const variable = (name: string): string => `\${${name}}`

const basicOf = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

async function faultsOf(yaml: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  await using app = await temporaryApp({ ...files, ...more, 'trestle.yaml': yaml })
  try {
    await loadAppFolder(app.folder)
    return []
  } catch (error) {
    assert.ok(error instanceof StartupError, String(error))
    return error.reasons
  }
}

suite('trestle.yaml', () => {
  test('gives definitions, groups, roles and channels, beside those of the code', async (t) => {
    await using folder = await temporaryApp({
      ...files,
      'trestle.config.ts': [
        "import { apiKey, defineApp } from 'trestle'",
        "export const app = defineApp({ log: 'silent', security: { shop: apiKey({ key: 'key-of-the-shop' }) } })",
      ].join('\n'),
      'trestle.yaml': [
        'security:',
        `  payroll: { kind: basic, username: payroll, password: "${variable('TRESTLE_TEST_PAYROLL')}", roles: [reader] }`,
        '  partners: [payroll]',
        'roles:',
        "  reader: ['employees:read']",
        'channels:',
        '  - service: employee.get-employee',
        '    on: ["GET /api/partner/employee/{employee_no}", POST /api/partner/employee]',
        '    security: [partners, shop]',
        '  - service: employee.get-employee',
        '    on: GET /api/readers/{employee_no}',
        '    security: partners',
        "    allow: { permission: 'employees:read' }",
        '  - { service: employee.twice, on: GET /twice }',
      ].join('\n'),
    })
    process.env.TRESTLE_TEST_PAYROLL = 'a long password of payroll'
    t.after(() => delete process.env.TRESTLE_TEST_PAYROLL)
    await using app = await loadApp(folder.folder)
    const ask = async (path: string, init: RequestInit = {}): Promise<readonly [number, unknown]> => {
      const reply = await app.fetch(new Request(`http://x${path}`, init))
      return [reply.status, await reply.json()]
    }
    const payroll = { headers: { authorization: basicOf('payroll:a long password of payroll') } }
    const shop = { headers: { 'X-API-Key': 'key-of-the-shop' } }
    assert.deepEqual(await ask('/api/employee/1'), [200, { name: 'no 1', who: '' }])
    assert.equal((await ask('/api/partner/employee/1'))[0], 401)
    assert.deepEqual(await ask('/api/partner/employee/1', payroll), [200, { name: 'no 1', who: 'payroll' }])
    assert.deepEqual(await ask('/api/partner/employee/1', shop), [200, { name: 'no 1', who: 'shop' }])
    assert.deepEqual(await ask('/api/readers/1', payroll), [200, { name: 'no 1', who: 'payroll' }])
    const body = { method: 'POST', body: '{"employee_no":3}' }
    const headers = { ...payroll.headers, 'content-type': 'application/json' }
    assert.deepEqual(await ask('/api/partner/employee', { ...body, headers }), [200, { name: 'no 3', who: 'payroll' }])
    // A service that has got more channels is still found by those who invoke it by its value.
    assert.deepEqual(await ask('/twice'), [200, { name: 'no 2' }])
  })

  test('may be empty', async () => {
    assert.deepEqual(await faultsOf(''), [])
    assert.deepEqual(await faultsOf('# nothing yet\n'), [])
  })

  const long = 'x'.repeat(2_000_000)
  const refused: Readonly<Record<string, readonly [yaml: string, ...faults: string[]]>> = {
    'an unknown key, with the nearest one': [
      `securty: {}\nsecurity:\n  hr: { kind: basic, usernam: hr, password: "${variable('HR')}" }\n`,
      'trestle.yaml:1:1: securty is no setting here: is it security?',
      'trestle.yaml:3:7: security.hr.username is missing: add it',
      'trestle.yaml:3:22: security.hr.usernam is no setting here: is it username?',
    ],
    'values of other types': [
      [
        'denyByDefault: maybe',
        'security: { hr: { kind: basic, username: hr, password: 12345 }, all: 5 }',
        'channels:',
        '  - { service: employee.get-employee, on: 5, hidden: 1, limit: { rate: 1/minute, by: moon } }',
        '  - { service: employee.get-employee, on: GET /x, allow: { rol: admin }, authFailureStatus: 402 }',
      ].join('\n'),
      'trestle.yaml:1:16: denyByDefault must be true or false',
      'trestle.yaml:2:56: security.hr.password must be a text, or a list of texts: put it in quotes',
      "trestle.yaml:2:70: security.all must be a definition with a 'kind', or a list of the names of definitions",
      'trestle.yaml:4:43: channels[0].on must be a text, or a list of texts: put it in quotes',
      'trestle.yaml:4:54: channels[0].hidden must be true or false',
      'trestle.yaml:4:86: channels[0].limit.by must be address, definition, caller, role or channel',
      'trestle.yaml:5:60: channels[1].allow.rol is no setting here: is it role?',
      'trestle.yaml:5:93: channels[1].authFailureStatus must be 401 or 403',
    ],
    'a kind that there is not': [
      'security:\n  hr: { kind: basc }\n  pay: { username: pay }\n',
      'trestle.yaml:2:15: security.hr.kind must be basic, apiKey, bearer, session or mutualTls',
      'trestle.yaml:3:8: security.pay.kind is missing: add it',
    ],
    'a rule with nothing in it': [
      'channels:\n  - { service: employee.get-employee, on: GET /x, allow: { reason: no } }\n',
      'trestle.yaml:2:58: channels[0].allow must have one of role, scope, permission, authenticated, allOf, anyOf and not, and just one',
    ],
    'a rule that is a text': [
      'channels:\n  - { service: employee.get-employee, on: GET /x, allow: admin }\n',
      'trestle.yaml:2:58: channels[0].allow must be a rule, such as { role: admin }',
    ],
    'a service that the app does not have': [
      'channels:\n  - service: employee.get-employe\n    on: GET /x\n',
      'trestle.yaml:2:14: channels[0].service is employee.get-employe, which this app does not have: is it employee.get-employee?',
    ],
    'an address that is none': [
      'channels:\n  - service: employee.get-employee\n    on: [FETCH /x, GET x]\n',
      "trestle.yaml:3:10: channels[0].on[0] is 'FETCH /x': write a method and a path, such as 'GET /users/{id}'",
      "trestle.yaml:3:20: channels[0].on[1] is 'GET x': write a method and a path, such as 'GET /users/{id}'",
    ],
    'a key that comes twice': [
      'roles:\n  a: []\n  a: [x]\n',
      'trestle.yaml:3:3: the file is no valid YAML: Map keys must be unique',
    ],
    'text that is no YAML': [
      'security: [a\nroles: {}\n',
      'trestle.yaml:2:1: the file is no valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    'a list where there should be settings': ['- a\n', 'trestle.yaml:1:1: the file must be a mapping'],
    'aliases that grow without end': [
      `a: &a [1,1,1,1,1,1,1,1,1]\n${['b', 'c', 'd', 'e']
        .map(
          (each, index, all) =>
            `${each}: &${each} [${Array(9)
              .fill(`*${all[index - 1] ?? 'a'}`)
              .join(',')}]`,
        )
        .join('\n')}\n`,
      'trestle.yaml:1:1: the file repeats what it has anchored too often, or has an alias for something that is not there',
    ],
    'a name that nothing can have': [
      'security:\n  __proto__: { kind: basic, username: hr, password: x }\n',
      'trestle.yaml:2:3: the file has the name __proto__, which nothing can have: take another',
    ],
    'two documents': [
      'security: {}\n---\nroles: {}\n',
      "trestle.yaml:2:1: the file has a second document, which '---' begins: keep one of them",
    ],
    'lists without end': [`security: ${'['.repeat(20_000)}`, 'trestle.yaml:1:1: the file is nested too deep'],
    'a tag': [
      'security: !!js/function "x"\n',
      'trestle.yaml:1:11: the file is no valid YAML: Unresolved tag: tag:yaml.org,2002:js/function',
    ],
    'a file that is too large': [long, 'trestle.yaml:1:1: the file is larger than 1048576 characters'],
  }
  for (const [title, [yaml, ...faults]] of Object.entries(refused)) {
    test(`is refused with ${title}`, async () => assert.deepEqual(await faultsOf(yaml), faults))
  }

  test('and the code cannot say the same twice', async () => {
    const config = [
      "import { apiKey, defineApp } from 'trestle'",
      "export const app = defineApp({ defaultSecurity: false, roles: { admin: [] }, security: { shop: apiKey({ key: 'k' }) } })",
    ].join('\n')
    const yaml = 'defaultSecurity: false\nroles: { admin: [x], b: [] }\nsecurity:\n  shop: []\n'
    assert.deepEqual(await faultsOf(yaml, { 'trestle.config.ts': config }), [
      'trestle.yaml:4:3: security.shop is in trestle.config.ts, too: keep one of them',
      'trestle.yaml:2:10: roles.admin is in trestle.config.ts, too: keep one of them',
      'trestle.yaml:1:1: defaultSecurity is in trestle.config.ts, too: keep one of them',
    ])
  })

  test('tells its faults together with those of the code', async () => {
    const faults = await faultsOf('a: 1\n', { 'trestle.config.ts': "throw new Error('no configuration')" })
    assert.equal(faults.length, 2)
    assert.match(faults[0] ?? '', /^trestle\.config\.ts:1 fails to load: no configuration$/)
    assert.match(faults[1] ?? '', /^trestle\.yaml:1:1: a is no setting here: there are security, roles/)
  })

  test('is not read by another name, which is told', async () => {
    await using app = await temporaryApp({ ...files, 'trestle.yml': 'security: {}' })
    await assert.rejects(loadAppFolder(app.folder), /^StartupError: trestle\.yml is not read: name it trestle\.yaml$/)
  })

  test('shows no secret in its faults', async () => {
    const faults = await faultsOf('security:\n  hr: { kind: basic, username: hr, password: { a: hunter-2-hunter } }\n')
    assert.equal(faults.length, 1)
    assert.doesNotMatch(faults.join(), /hunter/)
  })
})
