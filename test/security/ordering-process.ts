import { createApp } from 'trestle'
import { orders } from './idempotent-orders.ts'

// Takes orders on the data folder of its first argument; each is counted, and held up, by whoever serves the second.
const [, , data = '', counter = ''] = process.argv
const { order } = orders(async () => void (await fetch(counter, { method: 'POST', body: String(process.pid) })))
const app = createApp({ services: [order], data, mode: 'production', log: 'silent' })
const { port } = await app.listen({ port: 0 })
process.send?.(port)
// It must not outlive the test.
process.once('disconnect', () => process.exit())
