/**
 * What a step does, which decides what becomes of it after a failure: a `check` is made even when another check has
 * failed, so that one run tells all that is wrong; what prepares or acts then no longer makes sense, and is skipped.
 */
export type StepKind = 'prepare' | 'act' | 'check'
