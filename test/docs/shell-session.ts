import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { root } from '../../scripts/root.ts'
import type { App } from '../../src/platform/app-types.ts'
import { openApp } from '../../src/platform/open-app.ts'
import { curlRequest } from './curl-request.ts'
import type { ShellBlock } from './example-program.ts'
import { lineFaults, thrown } from './expectation.ts'
import { isJson, type ReadReply, replyDifference, textDifference } from './reply-comparison.ts'
import { type ShellCommand, shellCommands } from './shell-command.ts'

/**
 * Follows the shell blocks of a document: `cd`, `trestle` and `npm start` say which app is served, `curl` calls it, and
 * the commands of `trestle` that end are run. Other commands are passed over.
 */
export class ShellSession {
  readonly #home: string
  /** Where the commands run. */
  #folder: string
  /** The app that `curl` calls. */
  #served: string
  readonly #apps: Map<string, App> = new Map()
  readonly #environment: NodeJS.ProcessEnv = { ...process.env }

  constructor(folder: string) {
    this.#home = folder
    this.#folder = folder
    this.#served = folder
  }

  /** Runs a block; `curl` calls the given app, or else the one that the session serves. */
  async run({ line, code, output }: ShellBlock, app?: App): Promise<void> {
    const commands = shellCommands(code, line)
    for (const [index, command] of commands.entries()) {
      const expected = index === commands.length - 1 ? output : undefined
      try {
        const message = await this.#follow(command, expected, app)
        if (message !== undefined) lineFaults.push({ line: command.line, message })
      } catch (error) {
        lineFaults.push({ line: command.line, message: thrown(error) })
      }
    }
  }

  /** The folder of the app that the session serves. */
  get served(): string {
    return this.#served
  }

  /** The app that the session serves. @throws StartupError */
  async open(): Promise<App> {
    const known = this.#apps.get(this.#served)
    if (known !== undefined) return known
    const { app } = await openApp(this.#served, { mode: 'test', log: 'silent' })
    this.#apps.set(this.#served, app)
    return app
  }

  /** Puts a file of the document into the folder that the session is in. */
  async place(file: string): Promise<void> {
    if (this.#folder === this.#home) return
    await mkdir(dirname(join(this.#folder, file)), { recursive: true })
    await copyFile(join(this.#home, file), join(this.#folder, file))
    await this.#forget(this.#folder)
  }

  /** It is opened anew when it is called. */
  async #forget(folder: string): Promise<void> {
    await this.#apps.get(folder)?.close()
    this.#apps.delete(folder)
  }

  async close(): Promise<void> {
    for (const app of this.#apps.values()) await app.close()
    process.env = this.#environment
  }

  async #follow(
    command: ShellCommand,
    output: ShellBlock['output'],
    app: App | undefined,
  ): Promise<string | undefined> {
    const [name, ...args] = command.words
    if (name === 'curl') return call(app ?? (await this.open()), args, command.comment, output)
    if (name === 'cd') this.#folder = this.#named(args[0])
    if (name === 'cat' && output !== undefined) {
      const text = await readFile(join(this.#folder, args[0] ?? ''), 'utf8')
      return textDifference({ ...output, language: 'text' }, text)
    }
    if (name === 'npm') this.#npm(args)
    if (name === 'npx' && args[0] === 'trestle') return this.#trestle(args.slice(1), command.env, output)
    return undefined
  }

  /** A folder that a command names; documents of the repository name folders from its root too. */
  #named(folder: string = '.'): string {
    const here = resolve(this.#folder, folder)
    return existsSync(here) ? here : join(root, folder)
  }

  #npm(args: readonly string[]): void {
    const script = args.filter((each) => each !== 'run')[0] ?? ''
    const own = join(this.#folder, 'package.json')
    const { scripts = {} } = JSON.parse(readFileSync(existsSync(own) ? own : join(root, 'package.json'), 'utf8'))
    const folder = /\btrestle(?:\.mjs)? (?:dev|start)(?: (\S+))?/.exec(String(scripts[script] ?? ''))
    if (folder !== null) this.#served = this.#named(folder[1])
  }

  async #trestle(
    [name = '', ...args]: readonly string[],
    env: Readonly<Record<string, string>>,
    output: ShellBlock['output'],
  ): Promise<string | undefined> {
    if (name === 'dev' || name === 'start') {
      this.#served = this.#named(args.find((each, at) => !each.startsWith('-') && !args[at - 1]?.startsWith('--')))
      Object.assign(process.env, env)
      await this.#forget(this.#served)
      return undefined
    }
    // What is written stays in the folder of the session, also where the app is one of the repository.
    const inRepository = (each: string): boolean => each.includes('/') && existsSync(join(root, each))
    const named = args.map((each) => (inRepository(each) ? join(root, each) : each))
    const { code, stdout, stderr } = await trestle([name, ...named], this.#folder, env)
    if (output !== undefined) return textDifference(output, stdout === '' ? stderr : stdout)
    return code === 0 ? undefined : `trestle ${name} ended with ${code}: ${stderr}`
  }
}

async function call(
  app: App,
  args: readonly string[],
  comment: string | undefined,
  output: ShellBlock['output'],
): Promise<string | undefined> {
  const { request, withHead } = curlRequest(args)
  const response = await app.fetch(request)
  const reply: ReadReply = { status: response.status, headers: response.headers, body: await response.text() }
  if (withHead && output !== undefined && output.language !== 'http') return 'curl -i shows a block of http'
  if (output !== undefined) return replyDifference(output, reply)
  const [, status] = /^(\d{3})\b/.exec(comment ?? '') ?? []
  if (status !== undefined)
    return Number(status) === reply.status ? undefined : `expected ${status}, but it is ${told(reply)}`
  if (comment !== undefined) {
    return textDifference({ language: isJson(comment) ? 'json' : 'text', code: comment }, reply.body)
  }
  return reply.status < 400 ? undefined : `nothing is expected, but it is refused: ${told(reply)}`
}

function told({ status, body }: ReadReply): string {
  return `${status} ${body}`
}

interface Outcome {
  readonly code: unknown
  readonly stdout: string
  readonly stderr: string
}

function trestle(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Outcome> {
  const { NODE_ENV: _ofTheExamples, ...own } = process.env
  const options = { cwd, env: { ...own, NO_COLOR: '1', ...env } }
  return new Promise((done) => {
    execFile(process.execPath, [join(root, 'bin/trestle.mjs'), ...args], options, (error, stdout, stderr) => {
      done({ code: error?.code ?? 0, stdout, stderr })
    })
  })
}
