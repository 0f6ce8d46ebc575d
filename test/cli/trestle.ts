import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../../scripts/root.ts'

/** The command as the package ships it. */
export const bin: string = join(root, 'bin/trestle.mjs')

export interface Surroundings {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** What is sent to its standard input. */
  readonly input?: string
}

/** How a command ended. */
export interface Outcome {
  /** Nothing when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command that runs; it is killed when its scope ends. */
export interface Running extends AsyncDisposable {
  readonly stdout: string
  readonly stderr: string
  /**
   * Waits until the output that has not been waited for yet, of both streams, matches; returns the match. Rejects when
   * that takes too long, or the command has ended.
   */
  readonly until: (pattern: RegExp) => Promise<RegExpExecArray>
  readonly signal: (signal: NodeJS.Signals) => void
  readonly ended: Promise<Outcome>
}

const patience = 30_000

/** Starts `trestle` with arguments, in an environment without traces of this run. */
export function start(args: readonly string[], { cwd = root, env = {}, input = '' }: Surroundings = {}): Running {
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: { ...cleanEnvironment(), ...env } })
  child.stdin.end(input)
  const said = { stdout: '', stderr: '', all: '' }
  const waiting = new Set<() => void>()
  let heard = 0
  let over = false
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
      said.all += text
      for (const look of waiting) look()
    })
  }
  const ended = once(child, 'close').then(([code]): Outcome => {
    over = true
    for (const look of waiting) look()
    return { code, stdout: said.stdout, stderr: said.stderr }
  })

  const until: Running['until'] = (pattern) =>
    new Promise((resolve, reject) => {
      const fail = (why: string): void => {
        clearTimeout(timer)
        waiting.delete(look)
        reject(new Error(`${why} before it printed ${pattern}; it printed:\n${said.all}`))
      }
      const look = (): void => {
        const match = pattern.exec(said.all.slice(heard))
        if (match !== null) {
          heard += match.index + match[0].length
          clearTimeout(timer)
          waiting.delete(look)
          resolve(match)
        } else if (over) fail('The command ended')
      }
      const timer = setTimeout(fail, patience, `${patience / 1000} s passed`)
      waiting.add(look)
      look()
    })

  return {
    get stdout() {
      return said.stdout
    },
    get stderr() {
      return said.stderr
    },
    until,
    signal: (signal) => void child.kill(signal),
    ended,
    [Symbol.asyncDispose]: async () => {
      if (!over) child.kill('SIGKILL')
      await ended
    },
  }
}

/** Runs `trestle` with arguments to its end. */
export async function run(args: readonly string[], surroundings?: Surroundings): Promise<Outcome> {
  await using running = start(args, surroundings)
  return await running.ended
}

/** Starts a command that serves, on a free port, and waits until it says where. */
export async function serve(args: readonly string[], surroundings?: Surroundings): Promise<Running & { url: string }> {
  const running = start([...args, '--port', '0'], surroundings)
  try {
    const [url] = await running.until(/http:\/\/127\.0\.0\.1:\d+/)
    return Object.assign(running, { url })
  } catch (error) {
    await running[Symbol.asyncDispose]()
    throw error
  }
}

// What this run was told must not be told to the command; colours would stand between the words.
const ofThisRun = /^(TRESTLE_|NODE_TEST_CONTEXT$|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$)/i

function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !ofThisRun.test(name))
  return { ...Object.fromEntries(kept), NO_COLOR: '1' }
}
