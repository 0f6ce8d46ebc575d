import type { RestChannel } from '../rest-channel.ts'

/** A channel with the name of the service that it invokes, and what answers it. */
export interface Route<T> {
  readonly channel: RestChannel
  readonly service: string
  readonly target: T
}
