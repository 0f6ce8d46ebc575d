import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { pinned } from './machine.ts'

/** A process that the bench started and will end. */
export interface Child extends AsyncDisposable {
  /** What `task` gives, unless the process ends first: then an error that quotes what it wrote to stderr. */
  orEnd<T>(task: Promise<T>): Promise<T>
}

/** For every server: what its users run it under. */
export const environment: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production' }

const living = new Map<ChildProcess, () => void>()

// Whatever ends the bench, short of SIGKILL, passes here; after SIGKILL the children see their channel close.
process.on('exit', () => {
  for (const kill of living.values()) kill()
})

/** Starts a module of the bench in a process of its own, on the given processors. */
export function forkModule(path: string, on: string | undefined, args: readonly string[] = []): ChildProcess {
  const [execPath, ...execArgv] = pinned(on, [process.execPath])
  const file = fileURLToPath(new URL(path, import.meta.url))
  return fork(file, [...args], { execPath, execArgv, env: environment, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
}

/** The next message of a process; both ends are files of the bench, so its shape is taken on trust. */
export function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve) => child.once('message', (message) => resolve(message as T)))
}

/** Puts a process under the care of the bench: it is killed when disposed of, and when the bench ends. */
export function keep(child: ChildProcess, name: string, kill = (): unknown => child.kill('SIGKILL')): Child {
  living.set(child, kill)
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000)
  })

  const ended = Promise.withResolvers<void>()
  const failed = Promise.withResolvers<never>()
  failed.promise.catch(() => {})
  const end = (how: string): void => {
    living.delete(child)
    ended.resolve()
    failed.reject(new Error(`${name} ${how}${errors === '' ? '.' : `:\n${errors.trimEnd()}`}`))
  }
  child.on('error', (error) => end(`failed: ${error.message}`))
  // 'close' and not 'exit': by then all of stderr has arrived.
  child.on('close', (code, signal) => end(`ended with ${signal ?? `code ${code}`}`))

  return {
    orEnd: (task) => Promise.race([task, failed.promise]),
    async [Symbol.asyncDispose]() {
      if (living.has(child)) kill()
      await ended.promise
    },
  }
}

/** What `begin` gives within half a minute; when it fails or takes longer, the process is ended. */
export async function settle<T>(child: Child, name: string, begin: () => Promise<T>): Promise<T> {
  const late = pause(30_000, undefined, { ref: false }).then(() => {
    throw new Error(`${name} was not ready within 30 seconds.`)
  })
  try {
    return await child.orEnd(Promise.race([begin(), late]))
  } catch (error) {
    await child[Symbol.asyncDispose]()
    throw error
  }
}
