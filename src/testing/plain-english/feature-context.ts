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
  /** Makes the absolute path of the folder that a feature file lies in. */
  readonly folderOf: (uri: string) => string
}

/** What the scenarios of one feature share. */
export interface FeatureContext extends RunContext {
  readonly shared: SharedDraft
  readonly stored: Map<string, unknown>
  readonly memories: Memories
}

/** A fresh one, for a feature, or for a scenario tagged `@isolated`. */
export function featureContext(run: RunContext): FeatureContext {
  return { ...run, shared: sharedDraft(), stored: new Map(), memories: memories() }
}
