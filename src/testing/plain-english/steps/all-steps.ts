import type { Step } from '../step.ts'
import { apiDescriptionSteps } from './api-description.ts'
import { authSteps } from './auth.ts'
import { bodySteps } from './body.ts'
import { contextSteps } from './context.ts'
import { cookieSteps } from './cookies.ts'
import { formSteps } from './forms.ts'
import { headerCheckSteps } from './header-checks.ts'
import { headerSteps } from './headers.ts'
import { invokeSteps } from './invoke.ts'
import { itemSteps } from './items.ts'
import { jsonRequestSteps } from './json-request.ts'
import { jsonResponseSteps } from './json-response.ts'
import { jsonWholeSteps } from './json-whole.ts'
import { loopSteps } from './loops.ts'
import { oauth2Steps } from './oauth2.ts'
import { pollingSteps } from './polling.ts'
import { redirectSteps } from './redirects.ts'
import { requestSteps } from './request.ts'
import { responseSteps } from './response.ts'
import { reuseSteps } from './reuse.ts'
import { sqlSteps } from './sql.ts'
import { statusSteps } from './status.ts'
import { storeSteps } from './store.ts'
import { timingSteps } from './timing.ts'
import { variableCheckSteps } from './variable-checks.ts'
import { variableSteps } from './variables.ts'
import { xmlRequestSteps } from './xml-request.ts'
import { xmlResponseSteps } from './xml-response.ts'

/** A family of steps, as the reference shows it. */
export interface StepFamily {
  readonly title: string
  readonly steps: readonly Step[]
}

/** All steps that features may use, in the order of the reference. */
export const stepFamilies: readonly StepFamily[] = [
  { title: 'The request', steps: requestSteps },
  { title: 'Headers of the request', steps: headerSteps },
  { title: 'The body of the request', steps: bodySteps },
  { title: 'JSON in the request', steps: jsonRequestSteps },
  { title: 'XML in the request', steps: xmlRequestSteps },
  { title: 'Forms and files', steps: formSteps },
  { title: 'Credentials', steps: authSteps },
  { title: 'OAuth 2', steps: oauth2Steps },
  { title: 'Cookies', steps: cookieSteps },
  { title: 'Redirects', steps: redirectSteps },
  { title: 'Sending', steps: invokeSteps },
  { title: 'The status', steps: statusSteps },
  { title: 'Headers of the response', steps: headerCheckSteps },
  { title: 'The response as a whole', steps: responseSteps },
  { title: 'JSON in the response', steps: jsonResponseSteps },
  { title: 'A JSON response as a whole', steps: jsonWholeSteps },
  { title: 'Items of lists', steps: itemSteps },
  { title: 'XML in the response', steps: xmlResponseSteps },
  { title: 'The API description', steps: apiDescriptionSteps },
  { title: 'Storing values', steps: storeSteps },
  { title: 'More about variables', steps: variableSteps },
  { title: 'Checks of variables', steps: variableCheckSteps },
  { title: 'Databases', steps: sqlSteps },
  { title: 'Waiting', steps: pollingSteps },
  { title: 'Loops', steps: loopSteps },
  { title: 'Steps of other scenarios', steps: reuseSteps },
  { title: 'Time', steps: timingSteps },
  { title: 'What scenarios share', steps: contextSteps },
]

/** All of them in one list. */
export const builtInSteps: readonly Step[] = stepFamilies.flatMap(({ steps }) => steps)
