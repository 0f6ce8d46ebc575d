// Holds slow connections for a time and measures what others see meanwhile: node src/slow-connections.ts [count] [seconds]
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createApp, get, service } from '../../src/index.ts'

const count = Number(process.argv[2] ?? 10_000)
const seconds = Number(process.argv[3] ?? 60)

const greet = service({ name: 'greet', on: get('/'), handle: () => {} })
// Longer than the default, which would cut all of them off after 20 seconds.
const timeouts = { headers: 0, request: 0 }
const app = createApp({ services: [greet], log: 'silent', timeouts })
const { port, url } = await app.listen({ port: 0 })

const megabytes = (): string => `${(process.memoryUsage().rss / 1024 ** 2).toFixed(0)} MB`
const measured = async (milliseconds: number): Promise<string> => {
  const times: number[] = []
  for (const end = performance.now() + milliseconds; performance.now() < end; ) {
    const began = performance.now()
    const reply = await fetch(url)
    await reply.text()
    times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  const at = (share: number): string =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(2)
  return `${times.length} requests, median ${at(0.5)} ms, 99 % ${at(0.99)} ms, longest ${at(1)} ms, memory ${megabytes()}`
}

await measured(1_000)
console.log(`without slow connections: ${await measured(5_000)}`)
const slow = new URL('../../test/http/slow-clients.ts', import.meta.url)
const clients = fork(slow, [String(port), String(count), '1000'])
await once(clients, 'message')
console.log(`with ${count} of them:     ${await measured(seconds * 1_000)}`)
clients.send('end')
const [held] = await once(clients, 'message')
console.log(`still open at the end:    ${held.open}`)
await app.close({ deadline: 0 })
