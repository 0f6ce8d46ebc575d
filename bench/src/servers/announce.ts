import type { Usage } from '../usage.ts'

/**
 * Called by each server of Node when it listens: tells the bench its port, and answers its question for usage.
 * The server ends when the bench does, however the bench ends.
 */
export function announce(port: number): void {
  process.on('message', (message) => {
    if (message === 'usage') process.send?.(usageOfThis())
  })
  process.on('disconnect', () => process.exit())
  process.send?.({ port })
}

function usageOfThis(): Usage {
  const { user, system } = process.cpuUsage()
  return { cpu: user + system, rss: process.memoryUsage.rss() }
}
