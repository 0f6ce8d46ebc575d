// Opens slow connections to a port of this machine, and sends a byte of each request from time to time, as a client does
// that wants a server to run out of them. It says on standard output when all are open, and how many are when asked to end.
import { connect, type Socket } from 'node:net'

const [port, count, pause] = process.argv.slice(2).map(Number)
const sockets = new Set<Socket>()

const open = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port: port ?? 0, host: '127.0.0.1' })
    socket.once('connect', () => {
      sockets.add(socket)
      socket.write('GET /slow HTTP/1.1\r\nHost: test\r\nX-Slow: ')
      resolve()
    })
    socket.on('error', reject)
    socket.on('close', () => sockets.delete(socket))
    socket.resume()
  })

// The kernel has room for some hundreds that wait to be accepted.
const together = 200
for (let left = count ?? 0; left > 0; left -= together) {
  await Promise.all(Array.from({ length: Math.min(left, together) }, open))
}
setInterval(() => {
  for (const socket of sockets) socket.write('a')
}, pause)
process.send?.({ open: sockets.size })
process.on('message', () => {
  process.send?.({ open: sockets.size }, () => process.exit())
})
