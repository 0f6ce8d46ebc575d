import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createApp, type Logger, silentLogger, basic as trestleBasic } from 'trestle'
import { serveExample } from '../../test/examples/served-example.ts'
import { headerOf, RawConnection, type RawReply } from '../../test/http/raw-connection.ts'
import * as employee from './services/employee.ts'
import { app as settings } from './trestle.config.ts'

const passwords = {
  HR_PASSWORD: 'password of hr',
  PAYROLL_PASSWORD: 'password of payroll',
  ONBOARDING_PASSWORD: 'password of onboarding',
  RECRUITER_PASSWORD: 'password of the recruiter',
  INSURER_KEY: 'key-of-the-insurer',
}
Object.assign(process.env, passwords)

const basic = (username: string, password: string): string =>
  `Authorization: Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
const hr = basic('hr', passwords.HR_PASSWORD)
const recruiter = basic('recruiter', passwords.RECRUITER_PASSWORD)
const insurer = `X-API-Key: ${passwords.INSURER_KEY}`
const secure = '/api/secure/employee/get/123'
const partner = '/api/partner/employee/get/123'

/** Sends a request with these headers on a connection of its own. */
async function send(port: number, line: string, headers: readonly string[] = [], body: string = ''): Promise<RawReply> {
  await using connection = await RawConnection.open(port)
  const sent = body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`]
  const head = [`${line} HTTP/1.1`, 'Host: api.example.com', ...headers, ...sent, '', ''].join('\r\n')
  connection.send(head, Buffer.from(body))
  return await connection.reply(line.split(' ')[0])
}

function codeOf({ body }: RawReply): unknown {
  return JSON.parse(body.toString()).code
}

function dataOf({ body }: RawReply): unknown {
  return JSON.parse(body.toString()).data
}

const john = { name: 'John Doe', department: 'HR' }

suite('the systems of the company', () => {
  test('get in, each with its own password', async () => {
    await using example = await serveExample('employee')
    for (const name of ['hr', 'payroll', 'onboarding'] as const) {
      const own = basic(name, `password of ${name}`)
      for (const path of [secure, '/api/secure/employee/123']) {
        const reply = await send(example.port, `GET ${path}`, [own])
        assert.equal(reply.statusLine, 'HTTP/1.1 200 OK')
        assert.equal(headerOf(reply, 'Content-Type'), 'application/json')
        assert.deepEqual(dataOf(reply), john)
      }
    }
  })

  test('add, change and delete employees, which all entrances see', async () => {
    await using example = await serveExample('employee')
    const added = await send(
      example.port,
      'POST /api/secure/employee/create',
      [hr],
      '{"name":"Jane Roe","department":"HR"}',
    )
    assert.deepEqual(dataOf(added), { employee_no: 124 })
    const changed = '{"department":"Payroll"}'
    for (const [line, headers, body] of [
      ['PATCH /api/secure/employee/update/124', [hr], changed],
      ['POST /api/partner/employee/update/124', [insurer], changed],
    ] as const) {
      assert.equal((await send(example.port, line, headers, body)).statusLine, 'HTTP/1.1 200 OK')
    }
    const open = await send(example.port, 'GET /api/employee/get/124')
    assert.deepEqual(dataOf(open), { name: 'Jane Roe', department: 'Payroll' })
    const removed = await send(example.port, 'DELETE /api/secure/employee/delete/124', [hr])
    assert.equal(removed.statusLine, 'HTTP/1.1 200 OK')
    assert.equal(codeOf(await send(example.port, 'GET /api/partner/employee/124', [recruiter])), 'not_found')
  })

  for (const [what, headers, code] of [
    ['nothing', [], 'unauthorized'],
    ['a wrong password', [basic('hr', 'wrong')], 'invalid_credentials'],
    ['an empty password', [basic('hr', '')], 'invalid_credentials'],
    ['the password of another system', [basic('hr', passwords.PAYROLL_PASSWORD)], 'invalid_credentials'],
    ['a name in capitals', [basic('HR', passwords.HR_PASSWORD)], 'invalid_credentials'],
    ['the credentials of a partner', [recruiter], 'invalid_credentials'],
    ['the key of a partner', [insurer], 'unauthorized'],
    ['no Base64', ['Authorization: Basic %%%'], 'invalid_credentials'],
    ['a token', ['Authorization: Bearer abc'], 'unauthorized'],
  ] as const) {
    test(`are refused with 403 when they show ${what}`, async () => {
      await using example = await serveExample('employee')
      const reply = await send(example.port, `GET ${secure}`, headers)
      assert.equal(reply.statusLine, 'HTTP/1.1 403 Forbidden')
      assert.equal(headerOf(reply, 'Content-Type'), 'application/problem+json')
      assert.equal(headerOf(reply, 'WWW-Authenticate'), undefined)
      assert.equal(codeOf(reply), code)
      assert.equal(JSON.parse(reply.body.toString()).status, 403)
    })
  }

  test('learn nothing of an entrance before they are let in', async () => {
    await using example = await serveExample('employee')
    for (const [line, body] of [
      ['GET /api/secure/employee/get/abc', ''],
      ['POST /api/secure/employee/create', '{'],
      ['POST /api/secure/employee/create', '{}'],
      ['DELETE /api/secure/employee/delete/9', ''],
    ] as const) {
      const reply = await send(example.port, line, [], body)
      assert.equal(reply.statusLine, 'HTTP/1.1 403 Forbidden')
      assert.doesNotMatch(reply.body.toString(), /employee_no|department/)
    }
  })
})

suite('partners', () => {
  test('get in with a password or with a key', async () => {
    await using example = await serveExample('employee')
    for (const headers of [[recruiter], [insurer]]) {
      for (const path of [partner, '/api/partner/employee/123']) {
        assert.deepEqual(dataOf(await send(example.port, `GET ${path}`, headers)), john)
      }
    }
  })

  for (const [what, headers, code] of [
    ['nothing', [], 'unauthorized'],
    ['a wrong password', [basic('recruiter', 'wrong')], 'invalid_credentials'],
    ['a wrong key', ['X-API-Key: wrong'], 'invalid_credentials'],
    ['an empty key', ['X-API-Key: '], 'invalid_credentials'],
    ['the credentials of a system of the company', [hr], 'invalid_credentials'],
  ] as const) {
    test(`are refused with 401, and told what to show, when they show ${what}`, async () => {
      await using example = await serveExample('employee')
      const reply = await send(example.port, `GET ${partner}`, headers)
      assert.equal(reply.statusLine, 'HTTP/1.1 401 Unauthorized')
      assert.equal(
        headerOf(reply, 'WWW-Authenticate'),
        'Basic realm="Employee API", charset="UTF-8", ApiKey realm="Employee API", in="header", name="X-API-Key"',
      )
      assert.equal(codeOf(reply), code)
    })
  }

  test('are refused with 400 when they show a password and a key', async () => {
    await using example = await serveExample('employee')
    for (const headers of [
      [recruiter, insurer],
      [recruiter, 'X-API-Key: wrong'],
    ]) {
      const reply = await send(example.port, `GET ${partner}`, headers)
      assert.equal(reply.statusLine, 'HTTP/1.1 400 Bad Request')
      assert.equal(codeOf(reply), 'several_credentials')
    }
  })

  test('do not get in at all where their group is empty', async () => {
    const security = { ...settings.security, partners: [] }
    await using app = createApp({ ...settings, security, services: { employee }, log: silentLogger, mode: 'test' })
    const { port } = await app.listen({ port: 0 })
    for (const headers of [[], [recruiter], [insurer]]) {
      const reply = await send(port, `GET ${partner}`, headers)
      assert.equal(reply.statusLine, 'HTTP/1.1 401 Unauthorized')
    }
    assert.equal((await send(port, `GET ${secure}`, [hr])).statusLine, 'HTTP/1.1 200 OK')
  })
})

suite('passwords that are not set', () => {
  test('let nobody in, and the log says so when the app starts', async () => {
    const unset = ['$', '{NOT_SET_IN_TESTS}'].join('')
    const warnings: unknown[] = []
    const log: Logger = { ...silentLogger, warn: (...line: unknown[]) => void warnings.push(line[1]), child: () => log }
    const hr = trestleBasic({ username: 'hr', password: unset })
    const security = { ...settings.security, hr }
    await using app = createApp({ ...settings, security, services: { employee }, log, mode: 'test' })
    assert.deepEqual(warnings, [])
    const { port } = await app.listen({ port: 0 })
    assert.deepEqual(warnings, ['the security definition hr lets nobody in: set NOT_SET_IN_TESTS'])
    for (const password of ['', unset, 'undefined']) {
      const reply = await send(port, `GET ${secure}`, [basic('hr', password)])
      assert.equal(reply.statusLine, 'HTTP/1.1 403 Forbidden')
    }
    const payroll = basic('payroll', passwords.PAYROLL_PASSWORD)
    assert.equal((await send(port, `GET ${secure}`, [payroll])).statusLine, 'HTTP/1.1 200 OK')
    assert.equal((await send(port, 'GET /api/employee/get/123')).statusLine, 'HTTP/1.1 200 OK')
  })
})
