import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ask } from './ask.ts'
import { environment, forkModule, keep, nextMessage, settle } from './children.ts'
import type { Contender } from './contenders.ts'
import type { Question } from './jobs.ts'
import { pinned } from './machine.ts'
import { type Usage, usageOfTree } from './usage.ts'

/** A server that answers. */
export interface RunningServer extends AsyncDisposable {
  readonly contender: Contender
  readonly port: number
  /** Milliseconds from starting the process to its first answer. */
  readonly startUp: number
  /** What it has used so far; fails when it has ended. */
  usage(): Promise<Usage>
}

const firstQuestion: Question = { method: 'GET', path: '/users/1' }

/** Starts a server in a process of its own, on the given processors, and waits for its first answer. */
export function start(contender: Contender, on: string | undefined): Promise<RunningServer> {
  return contender.python === undefined ? startNode(contender, on) : startPython(contender, on, contender.python)
}

function startNode(contender: Contender, on: string | undefined): Promise<RunningServer> {
  const began = performance.now()
  const server = forkModule(`servers/${contender.file}`, on)
  const child = keep(server, contender.name)
  const usage = (): Promise<Usage> => {
    const answer = nextMessage<Usage>(server)
    server.send('usage')
    return child.orEnd(answer)
  }
  return settle(child, contender.name, async () => {
    const { port } = await nextMessage<{ readonly port: number }>(server)
    await ask(port, firstQuestion)
    return { ...child, contender, port, startUp: performance.now() - began, usage }
  })
}

async function startPython(
  contender: Contender,
  on: string | undefined,
  { executable, args }: NonNullable<Contender['python']>,
): Promise<RunningServer> {
  const port = await freePort()
  const file = fileURLToPath(new URL(`servers/${contender.file}`, import.meta.url))
  const began = performance.now()
  const [command, ...rest] = pinned(on, [executable, file, String(port), ...args])
  // A group of its own, so that a server's workers are ended with it. Its stdin stays open until the bench ends.
  const server = spawn(command, rest, {
    detached: true,
    env: { ...environment, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const { pid } = server
  const child = keep(server, contender.name, () => pid !== undefined && process.kill(-pid, 'SIGKILL'))
  const usage = (): Promise<Usage> => child.orEnd(new Promise((resolve) => resolve(usageOfTree(pid ?? 0))))
  const ended = new AbortController()
  server.once('close', () => ended.abort())
  return settle(child, contender.name, async () => {
    await untilAnswered(port, ended.signal)
    return { ...child, contender, port, startUp: performance.now() - began, usage }
  })
}

async function untilAnswered(port: number, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    try {
      await ask(port, firstQuestion)
      return
    } catch {
      await pause(5)
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(address && typeof address === 'object' ? address.port : 0))
    })
  })
}
