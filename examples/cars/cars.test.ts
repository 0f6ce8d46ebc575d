import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { serveExample } from '../../test/examples/served-example.ts'
import { headerOf, RawConnection, type RawReply } from '../../test/http/raw-connection.ts'

/** Sends these very bytes, with LF for CRLF in the head, on a connection of its own. */
async function exchange(port: number, head: string, body: string = ''): Promise<RawReply> {
  await using connection = await RawConnection.open(port)
  const length = body === '' ? '' : `Content-Length: ${Buffer.byteLength(body)}\n`
  connection.send(`${head}\n${length}\n`.replaceAll('\n', '\r\n'), Buffer.from(body))
  return await connection.reply(head.split(' ')[0])
}

const host = 'Host: api.example.com'
const json = `${host}\nContent-Type: application/json`
const gmc = '{"id":1,"make":"GMC","model":"1500 Club Coupe","year":1998,"vin":"1D7RV1GTXAS806941","color":"Red"}'
const lamborghini =
  '{"id":2,"make":"Lamborghini","model":"Gallardo","year":2006,"vin":"JN1BY1PR0FM736887","color":"Mauve"}'
const chevrolet =
  '{"id":3,"make":"Chevrolet","model":"Monte Carlo","year":1996,"vin":"1G4HP54K714224234","color":"Violet"}'

const nissan = `{
    "make": "Nissan",
    "model": "240SX",
    "year": 1994,
    "vin": "1N6AD0CU5AC961553",
    "color": "Violet"
}`
const buick = `{
    "make": "Buick",
    "model": "Lucerne",
    "year": 2006,
    "vin": "4T1BF3EK8AU335094",
    "color":"Maroon"
}`
const green = `{
    "vin": "VNKKTUD32FA050307",
    "color": "Green"
}`

function assertReply(reply: RawReply, statusLine: string, body: string): void {
  assert.equal(reply.statusLine, `HTTP/1.1 ${statusLine}`)
  assert.equal(headerOf(reply, 'Content-Type'), 'application/json')
  assert.equal(headerOf(reply, 'Content-Length'), String(Buffer.byteLength(body)))
  assert.equal(reply.body.toString(), body)
}

suite('requests that succeed', () => {
  test('list the cars, read one, add, replace, change and remove one', async () => {
    await using cars = await serveExample('cars')
    assertReply(
      await exchange(cars.port, `GET /cars HTTP/1.1\n${host}`),
      '200 OK',
      `[${gmc},${lamborghini},${chevrolet}]`,
    )
    assertReply(await exchange(cars.port, `GET /cars/1 HTTP/1.1\n${host}`), '200 OK', gmc)

    const added = await exchange(cars.port, `POST /cars HTTP/1.1\n${json}`, nissan)
    const car4 = '{"id":4,"make":"Nissan","model":"240SX","year":1994,"vin":"1N6AD0CU5AC961553","color":"Violet"}'
    assertReply(added, '201 Created', car4)
    assert.equal(headerOf(added, 'Location'), '/cars/4')

    assertReply(
      await exchange(cars.port, `PUT /cars/4 HTTP/1.1\n${json}`, buick),
      '200 OK',
      '{"id":4,"make":"Buick","model":"Lucerne","year":2006,"vin":"4T1BF3EK8AU335094","color":"Maroon"}',
    )
    const changed = '{"id":4,"make":"Buick","model":"Lucerne","year":2006,"vin":"VNKKTUD32FA050307","color":"Green"}'
    assertReply(await exchange(cars.port, `PATCH /cars/4 HTTP/1.1\n${json}`, green), '200 OK', changed)
    assertReply(await exchange(cars.port, `GET /cars/4 HTTP/1.1\n${host}`), '200 OK', changed)

    const removed = await exchange(cars.port, `DELETE /cars/4 HTTP/1.1\n${host}`)
    assert.equal(removed.statusLine, 'HTTP/1.1 204 No Content')
    assert.equal(headerOf(removed, 'Content-Type'), undefined)
    assert.equal(headerOf(removed, 'Content-Length'), undefined)
    assertReply(
      await exchange(cars.port, `GET /cars/4 HTTP/1.1\n${host}`),
      '404 Not Found',
      '{"error":"The requested resource was not found."}',
    )
  })

  test('a body that comes with GET changes nothing', async () => {
    await using cars = await serveExample('cars')
    assertReply(await exchange(cars.port, `GET /cars/1 HTTP/1.1\n${json}`, green), '200 OK', gmc)
  })
})

suite('requests that fail say why in one sentence', () => {
  const broken = `{
    "make": "Nissan",
    "year": 1994,
    "color": "Violet"
`
  const xml = `<?xml version="1.0" encoding="UTF-8" ?>
<car>
    <make>Nissan</make>
    <model>240SX</model>
    <year>1994</year>
    <vin>1N6AD0CU5AC961553</vin>
    <color>Violet</color>
</car>`
  const other = `{
    "make": "Nissan",
    "model": "240SX",
    "topSpeed": 120,
    "warrantyLength": 10
}`
  for (const [what, head, body, statusLine, error] of [
    [
      'what is not there',
      `GET /motorcycles HTTP/1.1\n${host}`,
      '',
      '404 Not Found',
      'The requested resource was not found.',
    ],
    [
      'JSON without its closing brace',
      `POST /cars HTTP/1.1\n${json}`,
      broken,
      '400 Bad Request',
      'This request was not properly formatted. Please send again.',
    ],
    [
      'XML',
      `POST /cars HTTP/1.1\n${host}\nContent-Type: application/xml`,
      xml,
      '415 Unsupported Media Type',
      'The application/xml mediatype is not supported.',
    ],
    [
      'fields that are missing or unknown',
      `POST /cars HTTP/1.1\n${json}`,
      other,
      '422 Unprocessable Entity',
      'Request had invalid or missing data.',
    ],
    [
      'the same with the comma that the text forgets',
      `POST /cars HTTP/1.1\n${json}`,
      other.replace('120,', '120'),
      '400 Bad Request',
      'This request was not properly formatted. Please send again.',
    ],
    [
      'a car that is not there',
      `DELETE /cars/9 HTTP/1.1\n${host}`,
      '',
      '404 Not Found',
      'The requested resource was not found.',
    ],
  ] as const) {
    test(what, async () => {
      await using cars = await serveExample('cars')
      assertReply(await exchange(cars.port, head, body), statusLine, JSON.stringify({ error }))
    })
  }

  test('a known field more is one too many', async () => {
    await using cars = await serveExample('cars')
    const more = nissan.replace('"Violet"', '"Violet", "topSpeed": 120')
    assertReply(
      await exchange(cars.port, `POST /cars HTTP/1.1\n${json}`, more),
      '422 Unprocessable Entity',
      '{"error":"Request had invalid or missing data."}',
    )
  })
})
