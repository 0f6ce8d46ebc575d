import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { cleanRows, findUser, type OrderLine, totalOf } from '../data.ts'
import { announce } from './announce.ts'

// The floor: the three jobs with nothing checked and nothing projected. Real servers do more than this.

interface UncheckedOrder {
  readonly lines: readonly OrderLine[]
}

function reply(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

function placeOrder(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const order: UncheckedOrder = JSON.parse(Buffer.concat(chunks).toString())
    reply(response, 200, { order_no: 1, total: totalOf(order.lines) })
  })
}

const server = createServer((request, response) => {
  const path = request.url ?? ''
  if (request.method === 'GET' && path.startsWith('/users/')) reply(response, 200, findUser(Number(path.slice(7))))
  else if (request.method === 'POST' && path === '/orders') placeOrder(request, response)
  else if (request.method === 'GET' && path === '/rows') reply(response, 200, cleanRows)
  else reply(response, 404, { error: 'Not found' })
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') announce(address.port)
})
