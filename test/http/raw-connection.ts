import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A reply as its bytes say it, with nothing normalised. */
export interface RawReply {
  readonly statusLine: string
  readonly status: number
  /** Names and values in the order in which they came. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
}

/** The values of a header, whatever the case of its name. */
export function headersOf(reply: RawReply, name: string): string[] {
  return reply.fields.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value)
}

/** The one value of a header; undefined when it is not there. @throws Error when it comes more than once. */
export function headerOf(reply: RawReply, name: string): string | undefined {
  const values = headersOf(reply, name)
  if (values.length > 1) throw new Error(`the reply has ${values.length} headers ${name}: ${values.join(' | ')}`)
  return values[0]
}

/** The body as JSON. */
export function jsonOf(reply: RawReply): Record<string, unknown> {
  return JSON.parse(reply.body.toString('utf8')) as Record<string, unknown>
}

/** A connection that sends exactly the bytes it is given, and reads replies without mending anything in them. */
export class RawConnection implements AsyncDisposable {
  readonly socket: Socket
  #received: Buffer[] = []
  #ended: boolean = false
  #wake: () => void = () => {}

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (bytes: Buffer) => {
      this.#received.push(bytes)
      this.#wake()
    })
    socket.on('close', () => {
      this.#ended = true
      this.#wake()
    })
    // A reset is an end like any other; what the test expected to read is missing then.
    socket.on('error', () => {})
  }

  /** Opens a connection to a port of this machine. */
  static async open(port: number): Promise<RawConnection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    return new RawConnection(socket)
  }

  /** Sends text as Latin-1, a byte for each character, or bytes as they are. */
  send(...parts: readonly (string | Uint8Array)[]): void {
    this.socket.write(
      Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))),
    )
  }

  /** Reads the next reply, interim ones included. @throws Error when the connection ends before the reply does. */
  async reply(method: string = 'GET'): Promise<RawReply> {
    const head = (await this.#take(await this.#endOf('\r\n\r\n'))).toString('latin1')
    const [statusLine = '', ...lines] = head.slice(0, -4).split('\r\n')
    const status = Number(/^HTTP\/1\.1 (\d{3}) [^\r\n]*$/.exec(statusLine)?.[1])
    if (Number.isNaN(status)) throw new Error(`no status line: ${JSON.stringify(statusLine)}`)
    const fields = lines.map((line) => {
      const colon = line.indexOf(': ')
      if (colon < 1) throw new Error(`no header: ${JSON.stringify(line)}`)
      return [line.slice(0, colon), line.slice(colon + 2)] as const
    })
    const reply: RawReply = { statusLine, status, fields, body: Buffer.alloc(0) }
    if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return reply
    const length = headerOf(reply, 'content-length')
    if (length === undefined) throw new Error(`a reply without a length: ${head}`)
    return { ...reply, body: await this.#take(Number(length)) }
  }

  /** Waits until the server has closed the connection, and returns what it sent beyond the replies that were read. */
  async rest(): Promise<string> {
    while (!this.#ended) await this.#more()
    return this.unread
  }

  /** What has come and was not read, without waiting. */
  get unread(): string {
    return Buffer.concat(this.#received).toString('latin1')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy()
    if (!this.#ended) await once(this.socket, 'close')
  }

  async #endOf(mark: string): Promise<number> {
    for (;;) {
      const at = Buffer.concat(this.#received).indexOf(mark, 'latin1')
      if (at !== -1) return at + mark.length
      await this.#moreOrFail()
    }
  }

  async #take(length: number): Promise<Buffer> {
    while (this.#received.reduce((sum, { length: each }) => sum + each, 0) < length) await this.#moreOrFail()
    const all = Buffer.concat(this.#received)
    this.#received = [all.subarray(length)]
    return all.subarray(0, length)
  }

  async #moreOrFail(): Promise<void> {
    if (this.#ended) throw new Error(`the connection ended after ${JSON.stringify(this.unread.slice(0, 500))}`)
    await this.#more()
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}

/** The bytes of a request with a Host header; a body brings its length with it. */
export function requestText(
  line: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string | Uint8Array,
): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const length = bytes === undefined ? {} : { 'Content-Length': String(bytes.length) }
  const fields = Object.entries({ Host: 'test', ...length, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${fields.join('')}\r\n`, 'latin1'), bytes ?? Buffer.alloc(0)])
}

/** Sends one request on a connection of its own, and returns the reply. */
export async function ask(
  port: number,
  line: string,
  headers?: Readonly<Record<string, string>>,
  body?: string | Uint8Array,
): Promise<RawReply> {
  await using connection = await RawConnection.open(port)
  connection.send(requestText(line, headers, body))
  return await connection.reply(line.split(' ')[0])
}

/** Sends one request with a JSON body on a connection of its own, and returns the reply. */
export async function askJson(port: number, line: string, body: unknown): Promise<RawReply> {
  return await ask(port, line, { 'Content-Type': 'application/json' }, JSON.stringify(body))
}
