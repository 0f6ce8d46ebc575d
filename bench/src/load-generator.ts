import autocannon from 'autocannon'
import type { LoadOrder, LoadReport, RawReport } from './load.ts'
import { loadReconnecting } from './reconnecting-load.ts'

// A process of its own: takes one order at a time, keeps the connections busy with one request each, and reports.

process.on('disconnect', () => process.exit())
process.on('message', async (order: LoadOrder) => {
  const { latencies, ...report } = await (order.reconnect ? loadReconnecting(order) : loadKeepingAlive(order))
  const full: LoadReport = { ...report, p99: percentile99(latencies) }
  process.send?.(full)
})

function loadKeepingAlive({ port, questions, connections, seconds }: LoadOrder): Promise<RawReport> {
  const latencies: number[] = []
  const requests = questions.map(({ method, path, headers = {}, body }) =>
    body === undefined
      ? { method, path, headers: { ...headers } }
      : { method, path, body, headers: { ...headers, 'content-type': 'application/json' } },
  )
  // autocannon looks at the clock once per sample: with its default of a second, half a second of load takes one.
  const options = { url: `http://127.0.0.1:${port}`, connections, duration: seconds, sampleInt: 50, requests }
  return new Promise((resolve, reject) => {
    const load = autocannon(options, (error, result) => {
      if (error) return reject(error)
      resolve({
        answered: result.requests.total,
        unwanted: result.non2xx,
        errors: result.errors,
        seconds: (result.finish.getTime() - result.start.getTime()) / 1000,
        latencies,
      })
    })
    // Its own histogram rounds to whole milliseconds, which can be most of the answer here.
    load.on('response', (_client: unknown, _status: number, _bytes: number, latency: number) => latencies.push(latency))
  })
}

function percentile99(latencies: readonly number[]): number {
  const sorted = Float64Array.from(latencies).sort()
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN
}
