import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Headers of the reply to the proxy alone: `fetch` has decoded its body. */
const hopByHop: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'content-encoding', 'content-length'])

/** A reverse proxy that shows a server under a path prefix, as load balancers do. */
export async function prefixProxy(target: string, prefix: string): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/'
    if (!path.startsWith(`${prefix}/`)) {
      response.writeHead(404).end()
      return
    }
    const reply = await fetch(target + path.slice(prefix.length), { method: request.method ?? 'GET' })
    const body = Buffer.from(await reply.arrayBuffer())
    const headers = [...reply.headers].filter(([name]) => !hopByHop.has(name))
    response.writeHead(reply.status, Object.fromEntries(headers)).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
