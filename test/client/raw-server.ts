import { createServer, type Socket } from 'node:net'

/** A server of bare sockets, which answers what no HTTP library would. */
export interface RawServer extends AsyncDisposable {
  readonly url: string
  /** The heads of the requests so far. */
  readonly heads: readonly string[]
  /** The connections that are open now. */
  readonly open: () => number
  /** Settles when so many connections have been closed. */
  readonly closed: (count: number) => Promise<void>
}

/** Serves until the scope ends; `answer` is called when the head of a request is there. */
export async function rawServer(answer: (socket: Socket, head: string, number: number) => void): Promise<RawServer> {
  const heads: string[] = []
  const sockets = new Set<Socket>()
  const watchers = new Set<() => void>()
  let ended = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    let text = ''
    socket.on('data', (data) => {
      text += data.toString('latin1')
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const head = text.slice(0, end)
        const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
        if (text.length < end + 4 + length) return
        text = text.slice(end + 4 + length)
        heads.push(head)
        answer(socket, head, heads.length)
      }
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      ended++
      for (const tell of watchers) tell()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    heads,
    open: () => sockets.size,
    closed: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (ended < count) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
