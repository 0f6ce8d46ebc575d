import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { userEnvironment } from './npm.ts'

/** A server in a process of its own, killed when its scope ends. */
export type ServerProcess = AsyncDisposable & {
  readonly address: string
  /** Sends SIGTERM, and returns the exit code. */
  stop(): Promise<number | null>
}

const PATIENCE_MS = 30_000

/** Starts a command that serves on 127.0.0.1, with `--port` and a free port added, and waits until it says so. */
export async function startServer(path: string, args: readonly string[], folder: string): Promise<ServerProcess> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const child = spawn(path, [...args, '--port', String(port)], {
    cwd: folder,
    env: userEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  const started = Promise.withResolvers<void>()
  let output = ''
  const fail = (what: string): void => started.reject(new Error(`The server ${what}; it printed:\n${output}`))
  const patience = setTimeout(fail, PATIENCE_MS, `did not print ${address} within ${PATIENCE_MS / 1000} s`)
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (output.includes(address)) started.resolve()
    })
  }
  child.on('error', (error) => fail(`did not start (${error.message})`))
  child.on('close', (code) => fail(`ended with code ${code}`))

  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await closed
    return child.exitCode
  }
  try {
    await started.promise
  } catch (error) {
    await end('SIGKILL')
    throw error
  } finally {
    clearTimeout(patience)
  }
  return {
    address,
    stop: () => end('SIGTERM'),
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('The machine gave no free port')
  return address.port
}
