import type { Invoke } from '../kernel/call-context.ts'
import type { Logger } from '../kernel/logger.ts'
import { StartupError } from '../kernel/startup-error.ts'

/** An app that is about to take calls. */
export interface StartingApp {
  /** Calls a service by itself or by its name, without any channel. */
  readonly invoke: Invoke
  /** What the app logs to. */
  readonly log: Logger
}

/** What an app does before it takes calls. */
export interface StartSettings {
  /**
   * Runs when the app is told to listen, before it takes the first call; a promise is waited for. When it fails, the app
   * does not start.
   */
  readonly onStart?: (app: StartingApp) => unknown
}

/** Runs what the app does before it takes calls. @throws StartupError when that fails */
export async function runOnStart({ onStart }: StartSettings, { invoke, log }: StartingApp): Promise<void> {
  try {
    await onStart?.({ invoke, log })
  } catch (error) {
    if (error instanceof StartupError) throw error
    throw new StartupError([`onStart failed: ${error instanceof Error ? error.message : String(error)}`])
  }
}
