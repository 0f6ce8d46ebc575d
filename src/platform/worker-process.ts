import { subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { StartupError } from '../kernel/startup-error.ts'
import type { App } from './app-types.ts'
import { listen } from './listen-fault.ts'
import { openApp } from './open-app.ts'
import { writeReplyLine } from './reply-line.ts'
import { servedBy } from './served.ts'
import type { SupervisorMessage, WorkerMessage, WorkerPlan } from './worker-plan.ts'

/** Serves an app in this process, under a supervisor that it tells how things go. */
export async function work(plan: WorkerPlan): Promise<void> {
  let app: App | undefined
  // A terminal and a service manager signal the whole group of processes; the supervisor says when to stop.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined)
  const leave = Promise.withResolvers<void>()
  process.on('message', (message: SupervisorMessage) => {
    if (message.type === 'leave') leave.resolve()
    else void stop(app, message.deadline, leave.promise)
  })

  const development = plan.mode === 'development'
  if (development) closeConnectionsAfterReplies()
  let mendable = true
  try {
    const { folder, mode, data } = plan
    const onReply = development ? writeReplyLine : undefined
    const opened = await openApp(folder, { mode, onReply, ...(data !== undefined && { data }) })
    mendable = false
    const listening = await listen(opened.app, plan)
    app = opened.app
    await tell({ type: 'ready', served: servedBy(app, listening) })
  } catch (error) {
    await tell({ type: 'failed', reasons: reasonsOf(error), mendable })
    process.exit(1)
  }
}

function reasonsOf(error: unknown): readonly string[] {
  if (error instanceof StartupError) return error.reasons
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
}

async function stop(app: App | undefined, deadline: number, leave: Promise<void>): Promise<void> {
  if (app === undefined) process.exit(0)
  const stopped = app.close({ deadline })
  while (app.listening) await turn()
  await tell({ type: 'released' })
  // A connection that was sent here before the supervisor knew goes back to it, which needs this process alive.
  await leave
  await tell({ type: 'stopped', cut: await stopped })
  process.exit(0)
}

function tell(message: WorkerMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve()
    else process.send(message, () => resolve())
  })
}

/** A kept connection would lead the next request to this generation, after a newer one has taken over. */
function closeConnectionsAfterReplies(): void {
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse }
    response.shouldKeepAlive = false
  })
}
