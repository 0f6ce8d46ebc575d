import type { Clock } from '../../kernel/clock.ts'
import type { Scenario } from './feature-file.ts'
import { type Memories, memories } from './memory.ts'
import type { Phrases } from './phrases.ts'
import { type SharedDraft, sharedDraft } from './request-draft.ts'
import type { Secrets } from './secrets.ts'
import type { Target } from './target.ts'
import type { Variables } from './variables.ts'

/** What the whole run has in common. */
export interface RunContext {
  readonly target: Target
  readonly phrases: Phrases
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly environment: Variables['environment']
  /** `@name`. */
  readonly settings: Variables['settings']
  /** What no report may show. */
  readonly secrets: Secrets
  readonly scenariosNamed: (name: string) => readonly Scenario[]
  /** What a scenario may take in milliseconds: a minute if it is not given, without end if it is 0. */
  readonly timeout?: number
  /** Whether steps are only looked up, and nothing is done. */
  readonly dryRun?: boolean
  /** What the app under test has logged as warnings and errors for a correlation id, where it runs in this process. */
  readonly logOf?: (cid: string) => readonly string[]
  /** Makes the absolute path of the folder that a feature file lies in. */
  readonly folderOf: (uri: string) => string
}

/** What the scenarios of one feature share. */
export interface FeatureContext extends RunContext {
  readonly shared: SharedDraft
  readonly stored: Map<string, unknown>
  /** What was stored before it began, and still is when it is cleaned up. */
  readonly begunWith: ReadonlyMap<string, unknown>
  readonly memories: Memories
}

/** A fresh one, for a feature, or for a scenario tagged `@isolated`; what was stored before it may be given. */
export function featureContext(run: RunContext, stored: ReadonlyMap<string, unknown> = new Map()): FeatureContext {
  return { ...run, shared: sharedDraft(), stored: new Map(stored), begunWith: stored, memories: memories() }
}
