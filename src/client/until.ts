/** What the promise gives. @throws what the signal aborts with, as soon as it does; a value that comes later goes to `late` */
export function until<T>(promise: Promise<T>, signal: AbortSignal, late?: (value: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      reject(signal.reason)
      // Of what nobody waits for any more, a failure is no news.
      promise.then(late, () => {})
    }
    if (signal.aborted) return giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}
