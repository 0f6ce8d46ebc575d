import { CallState } from './call-state.ts'
import { type Awaitable, inOrder, isPromise, whenReady } from './chain.ts'
import type { Provider, Uses } from './provided.ts'
import type { Scope } from './scope.ts'

/** Where the values of providers live that last as long as the app, and what they are made from. */
export interface AppWide {
  readonly appScope: Scope
  readonly appContext: object
}

/** Gives a call the values of what its service uses, as members; a promise only when something waits. */
export type Provide = (call: CallState) => Awaitable<void>

type Use = readonly [name: string, provider: Provider]

/** Compiles what a service uses; nothing when it uses nothing. */
export function provision(use: Uses, { appScope, appContext }: AppWide): Provide | undefined {
  const wanted = Object.entries(use)
  if (wanted.length === 0) return

  const provide = (call: CallState, target: object, uses: readonly Use[]): Awaitable<void> =>
    inOrder(uses, ([name, provider]) => {
      const value = provided(call, name, provider)
      return isPromise(value) ? value.then((settled) => set(target, name, settled)) : set(target, name, value)
    })

  const provided = (call: CallState, name: string, provider: Provider): Awaitable<unknown> => {
    if (provider.scope === 'app') {
      return appScope.get(provider, () => {
        const context = { ...appContext }
        return made(call, context, provider)
      })
    }
    CallState.assertNotMaking(call, name, provider)
    return CallState.scope(call).get(provider, () => {
      const context = CallState.making(call, name, provider)
      return made(context, context, provider)
    })
  }

  const made = (call: CallState, context: object, provider: Provider): Awaitable<unknown> =>
    whenReady(provide(call, context, Object.entries(provider.use)), () => provider.create(context as never))

  return (call) => provide(call, call, wanted)
}

function set(target: object, name: string, value: unknown): void {
  // An assignment is several times faster than Reflect.set, and this is done for each call.
  ;(target as Record<string, unknown>)[name] = value
}
