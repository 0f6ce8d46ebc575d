import { request } from 'node:http'
import type { Question } from './jobs.ts'

/** What a server said. */
export interface Answer {
  readonly status: number
  readonly type: string
  readonly text: string
}

/** Sends one request on a connection of its own. */
export function ask(port: number, { method, path, headers: sent, body }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { ...sent, ...(body !== undefined && { 'content-type': 'application/json' }) }
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false, timeout: 10_000 })
    outgoing.on('timeout', () => outgoing.destroy(new Error(`No answer to ${method} ${path} within 10 seconds`)))
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      let text = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (part: string) => {
        text += part
      })
      incoming.on('error', reject)
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, type: incoming.headers['content-type'] ?? '', text })
      })
    })
    outgoing.end(body)
  })
}
