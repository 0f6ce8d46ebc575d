import type { Step } from '../step.ts'
import { requestSteps } from './request.ts'
import { statusSteps } from './status.ts'

/** A family of steps, as the reference shows it. */
export interface StepFamily {
  readonly title: string
  readonly steps: readonly Step[]
}

/** All steps that features may use, in the order of the reference. */
export const stepFamilies: readonly StepFamily[] = [
  { title: 'The request', steps: requestSteps },
  { title: 'The status', steps: statusSteps },
]

/** All of them in one list. */
export const builtInSteps: readonly Step[] = stepFamilies.flatMap(({ steps }) => steps)
