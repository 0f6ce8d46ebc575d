import { writeSync } from 'node:fs'

/** Makes the process fail when something ends it before this is disposed of: else it would look as if all had passed. */
export function earlyExit(): Disposable {
  const hear = (code: number): void => {
    if (code !== 0) return
    process.exitCode = 1
    writeSync(
      2,
      'A step or the app called process.exit() while the tests ran, so that they tell nothing: take the call out\n',
    )
  }
  process.on('exit', hear)
  return { [Symbol.dispose]: () => void process.off('exit', hear) }
}
