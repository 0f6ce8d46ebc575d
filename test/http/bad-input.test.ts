import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { serveEmployees } from './employee-app.ts'
import { ask, headerOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'

const json = { 'Content-Type': 'application/json' }
const create = (body: string | Uint8Array, headers: Record<string, string> = json): Buffer =>
  requestText('POST /api/employee/create', headers, body)
const read = (employee: string): Buffer => requestText(`GET /api/employee/get/${employee}`)
const update = (body: string, employee = '123'): Buffer =>
  requestText(`POST /api/employee/update/${employee}`, json, body)
const withBytes = (before: string, bytes: readonly number[], after: string): Buffer =>
  Buffer.concat([Buffer.from(before), Uint8Array.from(bytes), Buffer.from(after)])
const nested = (open: string, close: string, levels: number): string => `${open.repeat(levels)}1${close.repeat(levels)}`

/** A bad or odd request, the status and code that answer it, and the findings as `place pointer code`. */
type Row = readonly [request: Buffer, status: number, code?: string, ...findings: string[]]

const rows: Readonly<Record<string, Row>> = {
  'malformed JSON': [create('{"name": "A",'), 400, 'malformed_body'],
  'JSON in single quotes': [create("{'name': 'A'}"), 400, 'malformed_body'],
  'text that is no JSON': [create('name=A'), 400, 'malformed_body'],
  'a blank body': [create(' '), 400, 'malformed_body'],
  'an empty body': [create(''), 422, 'invalid_input', 'body /department missing', 'body /name missing'],
  'no body at all': [
    requestText('POST /api/employee/create'),
    422,
    'invalid_input',
    'body /department missing',
    'body /name missing',
  ],
  'an array for an object': [create('[]'), 422, 'invalid_input', 'body  invalid_type'],
  'an array of objects for an object': [create('[{"name":"A"}]'), 422, 'invalid_input', 'body  invalid_type'],
  'null for an object': [create('null'), 422, 'invalid_input', 'body  invalid_type'],
  'a text for an object': [create('"name"'), 422, 'invalid_input', 'body  invalid_type'],
  'a number for an object': [create('1'), 422, 'invalid_input', 'body  invalid_type'],
  'a wrong type': [create('{"name":5,"department":"HR"}'), 422, 'invalid_input', 'body /name invalid_type'],
  'null for a text': [create('{"name":null,"department":"HR"}'), 422, 'invalid_input', 'body /name invalid_type'],
  'an object for a text': [create('{"name":{},"department":"HR"}'), 422, 'invalid_input', 'body /name invalid_type'],
  'a text that is too short': [create('{"name":"","department":"HR"}'), 422, 'invalid_input', 'body /name too_small'],
  'several wrong members': [
    create('{"name":5}'),
    422,
    'invalid_input',
    'body /department missing',
    'body /name invalid_type',
  ],
  'a missing member': [create('{"name":"A"}'), 422, 'invalid_input', 'body /department missing'],
  'an unknown member': [create('{"name":"A","department":"B","salary":1}'), 200],
  'an unknown query member': [requestText('GET /api/employee/get/123?x=1'), 200],
  'a body of 10 MB': [create(`{"name":"${'x'.repeat(10_000_000)}"}`), 413, 'body_too_large'],
  'a body of a byte more than the limit': [create(`{"name":"${'x'.repeat(1_048_566)}"}`), 413, 'body_too_large'],
  'a body of exactly the limit': [
    create(`{"name":"${'x'.repeat(1_048_565)}"}`),
    422,
    'invalid_input',
    'body /department missing',
  ],
  'a word for a number in the path': [read('abc'), 422, 'invalid_input', 'path /employee_no invalid_type'],
  'a fraction for a whole number': [read('1.5'), 422, 'invalid_input', 'path /employee_no invalid_type'],
  'a hexadecimal number': [read('0x7b'), 422, 'invalid_input', 'path /employee_no invalid_type'],
  'a blank beside a number': [read('%20123'), 422, 'invalid_input', 'path /employee_no invalid_type'],
  'a number that is too small': [read('0'), 422, 'invalid_input', 'path /employee_no too_small'],
  'a number that no integer can hold': [
    read('99999999999999999999'),
    422,
    'invalid_input',
    'path /employee_no too_big',
  ],
  'an encoded slash in a number': [read('12%2F3'), 422, 'invalid_input', 'path /employee_no invalid_type'],
  'an employee that is not there': [read('999'), 404, 'not_found'],
  'a parameter that is left out': [read(''), 404, 'route_not_found'],
  'a slash at the end': [read('123/'), 200],
  'two slashes at the end': [read('123//'), 404, 'route_not_found'],
  'an unknown path': [requestText('GET /api/nothing'), 404, 'route_not_found'],
  'an unknown path with a body': [requestText('POST /api/nothing', json, '{'), 404, 'route_not_found'],
  'the path in capitals': [requestText('GET /API/EMPLOYEE/GET/123'), 404, 'route_not_found'],
  'dots in the path': [requestText('GET /api/x/../employee/get/123'), 404, 'route_not_found'],
  'a wrong method': [requestText('PUT /api/employee/create', json, '{'), 405, 'method_not_allowed'],
  'a method nobody uses': [requestText('TRACE /api/employee/get/123'), 501, 'not_implemented'],
  'a lone percent sign in the path': [read('%'), 400, 'malformed_url'],
  'a percent sign before no digits': [read('%zz'), 400, 'malformed_url'],
  'half a character in the path': [read('%C3'), 400, 'malformed_url'],
  'an overlong character in the path': [read('%C0%AF'), 400, 'malformed_url'],
  'NUL in the path': [read('123%00'), 400, 'malformed_url'],
  'NUL in the query': [
    requestText('POST /api/employee/create?name=%00', json, '{"department":"HR"}'),
    400,
    'malformed_url',
  ],
  'a lone percent sign in the query': [
    requestText('POST /api/employee/create?name=%', json, '{}'),
    400,
    'malformed_url',
  ],
  'a member given twice in the query': [
    requestText('POST /api/employee/create?name=a&name=b', json, '{"department":"HR"}'),
    422,
    'invalid_input',
    'query /name repeated',
  ],
  'raw NUL in JSON': [create('{"name":"A\0","department":"HR"}'), 400, 'malformed_body'],
  'NUL after JSON': [create('{"name":"A","department":"HR"}\0'), 400, 'malformed_body'],
  'escaped NUL in JSON': [create('{"name":"A\\u0000","department":"HR"}'), 200],
  'lists nested 10,000 levels deep': [create(nested('[', ']', 10_000)), 400, 'nesting_too_deep'],
  'objects nested 10,000 levels deep': [create(nested('{"name":', '}', 10_000)), 400, 'nesting_too_deep'],
  'lists that are opened 100,000 times': [create('['.repeat(100_000)), 400, 'nesting_too_deep'],
  'lists nested 256 levels deep': [create(`{"name":"A","department":"HR","x":${nested('[', ']', 255)}}`), 200],
  'invalid UTF-8': [create(withBytes('{"name":"', [0xff], '"}')), 400, 'malformed_body'],
  'Latin-1': [create(withBytes('{"name":"J', [0xfc], 'rgen","department":"HR"}')), 400, 'malformed_body'],
  'UTF-16': [create(Buffer.from('{"name":"A"}', 'utf16le')), 400, 'malformed_body'],
  'a byte order mark': [create('\ufeff{"name":"A","department":"HR"}'), 200],
  'a key given twice': [create('{"name":5,"name":"A","department":"HR"}'), 200],
  'a key given twice, wrong the second time': [
    create('{"name":"A","name":5,"department":"HR"}'),
    422,
    'invalid_input',
    'body /name invalid_type',
  ],
  '__proto__ as a member': [
    create('{"__proto__":{"name":"A"},"department":"HR"}'),
    422,
    'invalid_input',
    'body /name missing',
  ],
  'constructor as a member': [create('{"constructor":{"prototype":{"polluted":1}},"name":"A","department":"HR"}'), 200],
  'another media type': [create('{}', { 'Content-Type': 'text/plain' }), 415, 'unsupported_media_type'],
  'a form': [create('name=A', { 'Content-Type': 'application/x-www-form-urlencoded' }), 415, 'unsupported_media_type'],
  'a body without a type': [create('{}', {}), 415, 'unsupported_media_type'],
  'another charset': [
    create('{}', { 'Content-Type': 'application/json; charset=latin1' }),
    415,
    'unsupported_media_type',
  ],
  'a compressed body': [create('{}', { ...json, 'Content-Encoding': 'compress' }), 415, 'unsupported_media_type'],
  'a media type in capitals': [create('{"name":"A","department":"HR"}', { 'Content-Type': 'APPLICATION/JSON' }), 200],
  'another employee in the body than in the path': [update('{"employee_no":999,"name":"A"}'), 200],
  'a number as text in JSON': [update('{"name":1}'), 422, 'invalid_input', 'body /name invalid_type'],
  'wrong members in path and body': [
    update('{"name":1,"department":""}', 'abc'),
    422,
    'invalid_input',
    'body /department too_small',
    'body /name invalid_type',
    'path /employee_no invalid_type',
  ],
}

suite('a request is answered as it should be, and the server serves on, when it has', () => {
  for (const [what, [request, status, code, ...findings]] of Object.entries(rows)) {
    test(what, async () => {
      await using employees = await serveEmployees()
      await using connection = await RawConnection.open(employees.port)
      connection.send(request)
      const reply = await connection.reply()
      const body = jsonOf(reply)
      assert.equal(reply.status, status, reply.body.toString())
      if (code !== undefined) {
        assert.equal(headerOf(reply, 'content-type'), 'application/problem+json')
        assert.equal(body.code, code)
        assert.equal(body.status, status)
        assert.equal(body.cid, headerOf(reply, 'x-correlation-id'))
        const errors = (body.errors ?? []) as { in: string; path: string; code: string; message: string }[]
        assert.deepEqual(errors.map((each) => `${each.in} ${each.path} ${each.code}`).sort(), findings)
        assert.ok(errors.every(({ message }) => message.length > 0))
      }
      assert.equal((await ask(employees.port, 'GET /api/employee/get/123')).status, 200)
      assert.deepEqual(
        employees.log.filter(({ level }) => level === 'error'),
        [],
      )
      assert.equal(Reflect.get({}, 'polluted'), undefined)
    })
  }
})

test('of a key given twice the last value is the one that counts', async () => {
  await using employees = await serveEmployees()
  const body = '{"name":"First","department":"HR","name":"Last"}'
  const { data } = jsonOf(await ask(employees.port, 'POST /api/employee/create', json, body)) as { data: object }
  const made = await ask(employees.port, `GET /api/employee/get/${Reflect.get(data, 'employee_no')}`)
  assert.deepEqual(jsonOf(made).data, { name: 'Last', department: 'HR' })
})
