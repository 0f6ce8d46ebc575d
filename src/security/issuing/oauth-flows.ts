import { grantsOf } from './token-grants.ts'
import type { TokenPlan } from './token-plan.ts'

/** The ways to the app's tokens, as OpenAPI writes them (OAuth Flows Object). */
export function oauthFlows(plan: TokenPlan): Readonly<Record<string, unknown>> {
  const { paths, refresh, scopes } = plan
  const grants = grantsOf(plan)
  const flow = { tokenUrl: paths.token, scopes }
  return {
    ...(grants.includes('password') && {
      password: { ...flow, ...(refresh !== undefined && { refreshUrl: paths.token }) },
    }),
    ...(grants.includes('client_credentials') && { clientCredentials: flow }),
  }
}
