import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { runPython, withoutPython } from './python.ts'
import { serveExample } from './served-example.ts'

process.env.USERS_ADMIN_PASSWORD = 'Admin-Pass-123'

/** What the client of an example prints when it calls the example. */
async function printed(name: string): Promise<readonly string[]> {
  await using example = await serveExample(name)
  return (await runPython(join(root, 'examples', name, 'client.py'), example.url)).trimEnd().split('\n')
}

const gmc =
  "{'id': 1, 'make': 'GMC', 'model': '1500 Club Coupe', 'year': 1998, 'vin': '1D7RV1GTXAS806941', 'color': 'Red'}"
const lamborghini =
  "{'id': 2, 'make': 'Lamborghini', 'model': 'Gallardo', 'year': 2006, 'vin': 'JN1BY1PR0FM736887', 'color': 'Mauve'}"
const chevrolet =
  "{'id': 3, 'make': 'Chevrolet', 'model': 'Monte Carlo', 'year': 1996, 'vin': '1G4HP54K714224234', 'color': 'Violet'}"

suite('a client that is written with requests', { skip: withoutPython() }, () => {
  test('calls the todos', async () => {
    const milk = "{'userId': 1, 'id': 201, 'title': 'Buy milk', 'completed': False}"
    const tenth = (title: string): string => `200 {'userId': 1, 'id': 10, 'title': '${title}', 'completed': True}`
    assert.deepEqual(await printed('todos'), [
      '--- Read one',
      "200 {'userId': 1, 'id': 1, 'title': 'delectus aut autem', 'completed': False}",
      'application/json; charset=utf-8',
      '--- Add one',
      `201 ${milk}`,
      '--- Add one by hand',
      `201 ${milk}`,
      '--- Read the tenth',
      tenth('illo est ratione doloremque quia maiores aut'),
      '--- Replace it',
      tenth('Wash car'),
      '--- Change it',
      tenth('Mow lawn'),
      '--- Remove it',
      '200 {}',
      '--- Read what was added',
      '404 {}',
      '200 todos',
    ])
  })

  test('calls the car inventory', async () => {
    const json = 'application/json'
    assert.deepEqual(await printed('cars'), [
      '--- List the cars',
      `200 OK ${json}`,
      `[${gmc}, ${lamborghini}, ${chevrolet}]`,
      '',
      '--- Read one',
      `200 OK ${json}`,
      gmc,
      '',
      '--- Add one',
      `201 Created ${json}`,
      "{'id': 4, 'make': 'Nissan', 'model': '240SX', 'year': 1994, 'vin': '1N6AD0CU5AC961553', 'color': 'Violet'}",
      '',
      '--- Replace it',
      `200 OK ${json}`,
      "{'id': 4, 'make': 'Buick', 'model': 'Lucerne', 'year': 2006, 'vin': '4T1BF3EK8AU335094', 'color': 'Maroon'}",
      '',
      '--- Change it',
      `200 OK ${json}`,
      "{'id': 4, 'make': 'Buick', 'model': 'Lucerne', 'year': 2006, 'vin': 'VNKKTUD32FA050307', 'color': 'Green'}",
      '',
      '--- Remove it',
      '204 No Content None',
      '',
      '--- Read it again',
      `404 Not Found ${json}`,
      "{'error': 'The requested resource was not found.'}",
      '',
      '--- Ask for something else',
      `404 Not Found ${json}`,
      "{'error': 'The requested resource was not found.'}",
      '',
      '--- Forget a brace',
      `400 Bad Request ${json}`,
      "{'error': 'This request was not properly formatted. Please send again.'}",
      '',
      '--- Send XML',
      `415 Unsupported Media Type ${json}`,
      "{'error': 'The application/xml mediatype is not supported.'}",
      '',
      '--- Send other fields',
      `422 Unprocessable Entity ${json}`,
      "{'error': 'Request had invalid or missing data.'}",
    ])
  })

  test('calls the simple cars', async () => {
    const shown = (json: string): string[] => [
      'Status code  : 200',
      'Encoding     : utf-8',
      `JSON         : ${json}`,
      'Content type : text/json; charset=utf-8',
      '',
    ]
    const honda = "{'id': 1, 'model': 'Honda', 'color': 'White'}"
    const ford = "{'id': 2, 'model': 'Ford', 'color': 'Black'}"
    const changed = "{'id': 1, 'model': 'New Honda', 'color': 'New Black'}"
    const expected = [
      ...['--- Adding car 1', '', ...shown(`[${honda}]`)],
      ...['--- Adding car 2', '', ...shown(`[${honda}, ${ford}]`)],
      ...['--- Retrieving all cars', '', ...shown(`[${honda}, ${ford}]`), '1 Honda White', '', '2 Ford Black', ''],
      ...['--- Retrieving car 2', '', ...shown(ford), '2 Ford Black', ''],
      ...['--- Updating car 1', '', ...shown(`[${changed}, ${ford}]`)],
      ...['--- Retrieving car 1', '', ...shown(changed), '1 New Honda New Black', ''],
      ...['--- Deleting car 1', '', ...shown(`[${ford}]`)],
      ...['--- Retrieving all cars', '', ...shown(`[${ford}]`).slice(0, -1)],
    ]
    assert.deepEqual(await printed('cars-simple'), expected)
  })

  test('calls the users', async () => {
    const error = (status: number, name: string, message: string, path: string): string =>
      `${status} {'error': '${name}', 'message': '${message}', 'path': '${path}'}`
    const details = "[{'loc': ['body', 'email'], 'msg': 'Invalid email format', 'type': 'value_error'}]"
    assert.deepEqual(await printed('users'), [
      ...['--- Sign up', '201 grace@example.com /users/2'],
      '--- Sign up again',
      error(409, 'ConflictError', 'User with this email already exists', '/users'),
      '--- Sign up badly',
      `422 {'error': 'ValidationError', 'message': 'Invalid request data', 'details': ${details}}`,
      ...['--- Who am I', 'grace', '--- Who is there', "1 1 ['grace']"],
      ...['--- A page too far back', error(400, 'BadRequestError', 'Page must be >= 1', '/users')],
      ...['--- Change my name', "{'username': 'grace', 'full_name': None}"],
      '--- Delete somebody',
      error(403, 'ForbiddenError', 'Insufficient permissions. Required role: admin', '/users/1'),
      ...['--- Without a token', error(401, 'UnauthorizedError', 'Not authenticated', '/users/me')],
      ...['--- The admin deletes me', '204 '],
      ...['--- I am gone', error(401, 'UnauthorizedError', 'User not found', '/users/me')],
    ])
  })

  test('tours the echo endpoints', async () => {
    assert.deepEqual(await printed('httpbin'), [
      'params: {"a": ["1", "2"], "b": "ü"}',
      'json: {"a": [1, null]}',
      'form: {"a": ["1", "2"], "b": "ü"}',
      'data: "Grüße"',
      'bytes: "data:application/octet-stream;base64,/wA="',
      'files: {"image": "data:image/png;base64,/w==", "text": "Hi"} {"a": "1"}',
      'chunks: "one two"',
      'headers: "1"',
      'user agent: "python-requests"',
      'ip: {"origin": "127.0.0.1"}',
      'anything: "PUT" "/anything/a/b?q=1"',
      'head: 200 ""',
      'options: "GET, HEAD, OPTIONS"',
      'status: 418 "Service Unavailable"',
      'raised: "404 Client Error: Not Found"',
      'redirect: ["/redirect/3", "/relative-redirect/2", "/relative-redirect/1", "/get"]',
      'absolute: ["/redirect/2?absolute=true", "/absolute-redirect/1", "/get"]',
      'redirect-to: "POST" "Hi" 307',
      'not followed: "/get"',
      'cookies set: {"cookies": {"a": "1", "b": "x y"}}',
      'cookie set: {"cookies": {"a": "1", "b": "x y", "c": "3"}}',
      'cookie dropped: {"cookies": {"b": "x y", "c": "3"}} ["b", "c"]',
      'basic: {"authenticated": true, "user": "ada"}',
      'wrong: "Basic realm=\\"Fake Realm\\""',
      'bearer: {"authenticated": true, "token": "abc"}',
      'no token: 401',
      'gzip: true',
      'deflate: true',
      'brotli: "br" true',
      'etag: 304',
      'etag refused: 412',
      'cache: 200 304',
      'cache for: "public, max-age=60"',
      'range: 206 "bytes 1-3/26" "bcd"',
      'stream: [0, 1, 2]',
      'bytes: 8 true',
      'response headers: "1"',
      'delay: 200',
      'timeout: "ReadTimeout"',
    ])
  })
})
