import { z } from 'zod'
import { get } from '../../src/http/rest-channel.ts'
import { type Service, service } from '../../src/kernel/service.ts'

const Text = z.object({ text: z.string() })

/** A service at GET /wait/{text} whose calls wait until they are let through. */
export interface Gate {
  readonly wait: Service
  /** The signal of the first call, once it has begun. */
  readonly begun: Promise<AbortSignal>
  /** Lets all calls through. */
  readonly open: () => void
}

/** Makes a service whose calls wait until they are let through, and then return what they were given. */
export function gate(): Gate {
  const begun = Promise.withResolvers<AbortSignal>()
  const opened = Promise.withResolvers<void>()
  const wait = service({
    name: 'wait',
    input: Text,
    output: Text,
    on: get('/wait/{text}'),
    handle: async ({ input, signal }) => {
      begun.resolve(signal)
      await opened.promise
      return input
    },
  })
  return { wait, begun: begun.promise, open: opened.resolve }
}
