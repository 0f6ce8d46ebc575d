import { constants } from 'node:os'

export type StopSignal = 'SIGINT' | 'SIGTERM'

/** npm hands on a Ctrl-C that the terminal has given to all processes already: within so many milliseconds, it is one. */
const same = 100

/** Waits for the signal to stop. One that comes after it ends the process at once, with 130 or 143. */
export function stopSignal(): Promise<StopSignal> {
  return new Promise((resolve) => {
    let first: number | undefined
    const heard = (signal: StopSignal): void => {
      first ??= performance.now()
      if (performance.now() - first > same) process.exit(128 + constants.signals[signal])
      resolve(signal)
    }
    process.on('SIGINT', heard)
    process.on('SIGTERM', heard)
  })
}
