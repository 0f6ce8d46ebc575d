/** Tells of single keys while it is not disposed of; where input is no terminal, of characters. */
export function pressedKeys(onKey: (key: string) => void): Disposable {
  const { stdin } = process
  const hear = (text: string): void => {
    for (const key of text) onKey(key)
  }
  const isTerminal = stdin.isTTY === true
  if (isTerminal) stdin.setRawMode(true)
  stdin.setEncoding('utf8').on('data', hear)
  return {
    [Symbol.dispose]: () => {
      stdin.off('data', hear)
      if (isTerminal) stdin.setRawMode(false)
      stdin.pause()
    },
  }
}
