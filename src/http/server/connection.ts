import type { Problem } from '../../kernel/problem.ts'

/** What all connections of a server share. */
export interface Lifetime {
  /** Whether the server is stopping, so that each connection ends with its next reply. */
  readonly stopping: boolean
}

/** What is known of an open connection. Requests may follow each other on it without waiting for replies. */
export class Connection {
  readonly #lifetime: Lifetime
  /** How many requests have begun on it. */
  begun: number = 0
  /** How many of them have been answered. */
  answered: number = 0
  /** How many bodies that nobody wants are still on their way, or read but not yet told of as ended. */
  draining: number = 0
  /** Why nothing more can be read from it. */
  fault: Problem | undefined = undefined
  /** Told when the body that is being read will never be whole. */
  onFault: ((fault: Problem) => void) | undefined = undefined

  constructor(lifetime: Lifetime) {
    this.#lifetime = lifetime
  }

  /** Whether a reply is due on it. */
  get busy(): boolean {
    return this.begun > this.answered
  }

  /** Ends the reading: what has begun is still answered, and the last reply ends the connection. */
  break(fault: Problem): void {
    this.fault = fault
    this.onFault?.(fault)
  }

  /**
   * Whether the reply to a request, counted from 1, is the last one. Nothing may follow a reply that ends a connection,
   * so that it is never one with another request behind it; and while a body is on its way, closing could cost the
   * client the reply.
   */
  endsWith(request: number, bodyIsWhole: boolean): boolean {
    if (request !== this.begun) return false
    return this.fault !== undefined || (this.#lifetime.stopping && bodyIsWhole)
  }
}
