import { CallState } from '../../kernel/call-state.ts'
import { InnerExchange } from '../conditional/inner-exchange.ts'
import type { Exchange, Filter } from '../exchange.ts'
import type { Endpoint, GateContext } from '../feature.ts'
import { choose, chosenFor } from '../represent/chosen.ts'

/** A call that asks the same as another one did, when the client of that one need not be there any more. */
class Refresh extends InnerExchange {
  override get gone(): boolean {
    return false
  }

  override onAbort(): void {}
}

/**
 * Asks the service anew once the reply to a call has left; what it answers goes through the filter and nowhere else.
 * What it fails with is logged.
 */
export function refreshBehind(
  { entry, serve }: Endpoint,
  { kernel }: GateContext,
  exchange: Exchange,
  call: CallState,
  params: readonly string[],
  filterOf: (inner: Exchange) => Filter,
): void {
  const { caller } = call
  CallState.own(call, async () => {
    const inner = new Refresh(exchange, caller)
    const chosen = chosenFor(exchange)
    if (chosen !== undefined) choose(inner, chosen)
    inner.filter(filterOf(inner))
    const asking = kernel.begin(entry, inner)
    try {
      await serve(inner, asking, params)
    } catch (error) {
      kernel.problemOf(error, inner, entry.name)
      kernel.finish(asking, false)
      inner.failed = true
      await inner.reply(500, [], undefined)
    }
  })
  exchange.onFinish(() => kernel.finish(call, true))
}
