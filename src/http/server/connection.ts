import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Problem } from '../../kernel/problem.ts'

/** What all connections of a server share. */
export interface Lifetime {
  /** Whether the server is stopping, so that each connection ends with its next reply. */
  readonly stopping: boolean
  /** Told when it begins to stop. */
  readonly listeners?: Set<() => void>
}

/** Calls the listener when a server begins to stop, at once if it has; returns what takes the listener back. */
export function onStop({ stopping, listeners }: Lifetime, listener: () => void): () => void {
  if (stopping) listener()
  else listeners?.add(listener)
  return () => listeners?.delete(listener)
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
  /** Whether its last reply is on its way or out: whatever follows is no request any more. */
  ended: boolean = false
  /** The request that came last. */
  request: IncomingMessage | undefined = undefined
  /** The reply to it. */
  response: ServerResponse | undefined = undefined
  readonly #waiting: (() => void)[] = []
  #most: number = 0
  #starting: boolean = false
  readonly #hold = (): void => void this.request?.socket.pause()
  /** Told when the body that is being read will never be whole. */
  onFault: ((fault: Problem) => void) | undefined = undefined

  constructor(lifetime: Lifetime) {
    this.#lifetime = lifetime
  }

  /** Calls the listener when the server begins to stop, at once if it has; returns what takes the listener back. */
  onStop(listener: () => void): () => void {
    return onStop(this.#lifetime, listener)
  }

  /** Whether a reply is due on it. */
  get busy(): boolean {
    return this.begun > this.answered
  }

  /** How many requests on it are being worked on. */
  get running(): number {
    return this.begun - this.answered - this.#waiting.length
  }

  /** Whether nothing is due on it: every reply has been written, and no body is being dropped. */
  get idle(): boolean {
    return !this.busy && this.draining === 0 && this.response?.writableFinished !== false
  }

  /** Starts the work on a request that has begun, at once or when fewer than `most` others are being worked on. */
  start<T>(work: (request: T) => void, request: T, most: number): void {
    if (this.running <= most && this.#waiting.length === 0) {
      work(request)
      return
    }
    this.#most = most
    this.#waiting.push(() => work(request))
    if (this.#waiting.length > 1) return
    // Node reads on behind each request that is whole. What has been read already still comes, but no more than that.
    this.request?.socket.on('resume', this.#hold).pause()
  }

  /** Tells that a request was answered, so that those that wait can start. */
  replied(): void {
    this.answered++
    // What starts below may be answered at once, which must not lead deeper each time.
    if (this.#waiting.length === 0 || this.#starting) return
    this.#starting = true
    while (this.#waiting.length > 0 && this.running < this.#most) this.#waiting.shift()?.()
    this.#starting = false
    if (this.#waiting.length === 0) this.request?.socket.off('resume', this.#hold).resume()
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
