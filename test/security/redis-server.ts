import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A Redis server of a test, reached by a socket in a folder of its own; it stops at the end of the scope. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string
  /** Stops it at once, and loses what it holds. */
  readonly kill: () => Promise<void>
  /** Starts it again at the same place. */
  readonly restart: () => Promise<void>
}

/** Starts an empty server, with this program. */
export async function redisServer(program: string): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'trestle-redis-'))
  const socket = join(folder, 'redis.sock')
  let stop = await started(program, folder, socket)
  return {
    url: `unix:${socket}`,
    kill: () => stop(),
    restart: async () => {
      stop = await started(program, folder, socket)
    },
    [Symbol.asyncDispose]: async () => {
      await stop()
      rmSync(folder, { recursive: true })
    },
  }
}

async function started(program: string, folder: string, socket: string): Promise<() => Promise<void>> {
  const settings = ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', folder]
  const server = spawn(program, settings, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(server, 'exit')
  const said: string[] = []
  for await (const line of createInterface(server.stdout)) {
    said.push(line)
    if (line.toLowerCase().includes('ready to accept connections')) break
  }
  if (server.exitCode !== null) throw new Error(`Redis did not start: ${said.join('\n')}`)
  server.stdout.resume()
  return async () => {
    server.kill('SIGKILL')
    await ended
  }
}
