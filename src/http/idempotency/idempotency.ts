import type { Feature } from '../feature.ts'
import { describeIdempotency } from './describe-idempotency.ts'
import { idempotencyFaults } from './idempotency-fault.ts'
import { idempotencyOf, isUnsafe } from './idempotent-channel.ts'
import { once } from './once.ts'

/** Calls that clients may repeat, since those with one `Idempotency-Key` are done once. */
export const idempotency: Feature = {
  faults: idempotencyFaults,
  gate: (endpoint, context) => {
    const options = idempotencyOf(endpoint.channel)
    return options && context.idempotency && once(endpoint, options, context.idempotency, context)
  },
  describe: (operation, channel) => {
    const options = idempotencyOf(channel)
    if (options === undefined || !isUnsafe(operation.method)) return operation
    return describeIdempotency(operation, options.required)
  },
}
