// What the gates of security cost a call, in CPU of the server: node src/security-gates.ts [rounds] [seconds] [shared]
// With `shared` limits, definitions and sessions are in a data folder that other processes may use, too.
import { ask } from './ask.ts'
import { forkModule, keep, nextMessage, settle } from './children.ts'
import type { Question } from './jobs.ts'
import { startLoad } from './load.ts'
import { inspectMachine } from './machine.ts'
import type { Usage } from './usage.ts'

const rounds = Number(process.argv[2] ?? 7)
const seconds = Number(process.argv[3] ?? 1)
const shared = process.argv.includes('shared')

const { pins } = inspectMachine()
const server = forkModule('servers/security-gates.ts', pins?.server, shared ? ['shared'] : [])
await using child = keep(server, 'The server')
const { port } = await settle(child, 'The server', () => nextMessage<{ readonly port: number }>(server))
const asked = <T>(what: string): Promise<T> => {
  const answer = nextMessage<T>(server)
  server.send(what)
  return child.orEnd(answer)
}
type Credentials = Readonly<Record<'token' | 'stored' | 'issued' | 'session', string>>
const { token, stored, issued, session } = await asked<Credentials>('credentials')

const bearer = { authorization: `Bearer ${token}` }
const gates: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  open: {},
  password: { authorization: `Basic ${Buffer.from('ada:correct horse battery staple').toString('base64')}` },
  key: { 'x-api-key': 'k7Jc0dK3xQvB2mZsT9yLwR4uHn8pFa1e' },
  stored: { 'x-api-key': stored },
  token: bearer,
  issued: { authorization: `Bearer ${issued}` },
  session: { cookie: session },
  role: bearer,
  limit: {},
  all: bearer,
}

await using load = startLoad(pins?.load)
const costs = new Map<string, number[]>(Object.keys(gates).map((name) => [name, []]))
for (let round = -1; round < rounds; round++) {
  for (const [name, headers] of Object.entries(gates)) {
    // The open channel is sent the same headers, so that reading them is no part of what a gate costs.
    const questions: Question[] = [123, 456].map((id) => ({
      method: 'GET',
      path: `/${name}/${id}`,
      headers: { ...bearer, ...headers },
    }))
    const [first] = questions
    if (first !== undefined && round === -1) {
      const { status, text } = await ask(port, first)
      if (status !== 200) throw new Error(`${first.path} was answered with ${status}: ${text}`)
    }
    const before = await asked<Usage>('usage')
    const report = await load.run({ port, questions, connections: 64, seconds, reconnect: false })
    const after = await asked<Usage>('usage')
    if (report.unwanted > 0) throw new Error(`${report.unwanted} requests of ${name} were refused`)
    if (round >= 0) costs.get(name)?.push((after.cpu - before.cpu) / report.answered)
  }
}

const open = costs.get('open') ?? []
console.log(
  `CPU of the server in microseconds a call, ${rounds} rounds of ${seconds} s${shared ? ', in a folder' : ''}\n`,
)
for (const [name, samples] of costs) {
  const more = samples.map((each, round) => each - (open[round] ?? 0)).sort((a, b) => a - b)
  const [least, middle] = [Math.min(...samples), more[Math.floor(more.length / 2)] ?? Number.NaN]
  console.log(`${name.padEnd(10)} ${least.toFixed(1).padStart(6)}   over open ${middle.toFixed(1).padStart(6)}`)
}
