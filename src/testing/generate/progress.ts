import type { Phase } from './phase.ts'
import type { Fault } from './result.ts'

/** What a run says while it goes on. */
export type GenerateProgress =
  | { readonly type: 'started'; readonly seed: number; readonly operations: number }
  | { readonly type: 'phase'; readonly phase: Phase }
  /** An operation is done within a phase. */
  | {
      readonly type: 'operation'
      readonly phase: Phase
      readonly operation: string
      readonly done: number
      readonly of: number
      readonly requests: number
    }
  | { readonly type: 'fault'; readonly fault: Fault }
