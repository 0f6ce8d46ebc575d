import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../../scripts/root.ts'

/** The language server of the compiler, as an editor drives it; it is ended when its scope ends. */
export interface LanguageServer extends AsyncDisposable {
  /** What it offers at the mark `|` in a text that is opened as that file, and how long it took. */
  readonly complete: (path: string, marked: string) => Promise<Completion>
}

/** What an editor is offered. */
export interface Completion {
  readonly labels: readonly string[]
  readonly milliseconds: number
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: { readonly items?: readonly unknown[] }
  readonly result?: unknown
}

/** Starts the language server for a folder. */
export async function languageServer(folder: string): Promise<LanguageServer> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const child = spawn(process.execPath, [tsc, '--lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const waiting = new Map<number, (result: unknown) => void>()
  const send = (message: object): void => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message })
    child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  }
  let asked = 0
  const ask = (method: string, params: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      asked++
      waiting.set(asked, resolve)
      send({ id: asked, method, params })
      void ended.then(() => reject(new Error(`the language server ended before it answered ${method}`)))
    })
  const take = ({ id, method, params, result }: Message): void => {
    if (id === undefined) return
    // What it wants to know of the editor has no answer here.
    if (method !== undefined) send({ id, result: params?.items?.map(() => null) ?? null })
    else waiting.get(id)?.(result)
  }
  let buffer = Buffer.alloc(0)
  child.stdout.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk])
    for (let message = first(buffer); message !== undefined; message = first(buffer)) {
      buffer = buffer.subarray(message.end)
      take(JSON.parse(message.text))
    }
  })
  await ask('initialize', { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {} })
  send({ method: 'initialized', params: {} })
  let version = 0
  return {
    complete: async (path, marked) => {
      const before = marked.slice(0, marked.indexOf('|')).split('\n')
      const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
      const uri = pathToFileURL(path).href
      version++
      const opened = { uri, languageId: 'typescript', version, text: marked.replace('|', '') }
      send({ method: 'textDocument/didOpen', params: { textDocument: opened } })
      const began = performance.now()
      const result = await ask('textDocument/completion', { textDocument: { uri }, position })
      const milliseconds = Math.round(performance.now() - began)
      send({ method: 'textDocument/didClose', params: { textDocument: { uri } } })
      const { items = [] } = result as { readonly items?: readonly { readonly label: string }[] }
      return { labels: items.map(({ label }) => label), milliseconds }
    },
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await ended
    },
  }
}

/** The first message that is whole, and where it ends. */
function first(buffer: Buffer): { readonly text: string; readonly end: number } | undefined {
  const start = buffer.indexOf('\r\n\r\n') + 4
  if (start < 4) return undefined
  const end = start + Number(/Content-Length: (\d+)/i.exec(buffer.toString('latin1', 0, start))?.[1])
  return buffer.length < end ? undefined : { text: buffer.toString('utf8', start, end), end }
}
