export { Expectation, expect } from './testing/plain-english/expectation.ts'
export type { Memory } from './testing/plain-english/memory.ts'
export { Pending } from './testing/plain-english/pending.ts'
export { type Step, type StepOptions, step } from './testing/plain-english/step.ts'
export type { StepKind } from './testing/plain-english/step-kind.ts'
export type { World } from './testing/plain-english/world.ts'
export {
  type TestableApp,
  type TestClient,
  type TestClientSettings,
  type TestControls,
  type TestEvent,
  testClient,
} from './testing/test-client.ts'
export type { Moment, TestClock } from './testing/test-clock.ts'
export type { LogMatch, LogRecord, TestLogs } from './testing/test-log.ts'
