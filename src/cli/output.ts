import { Console } from 'node:console'

/** Writes lines to standard output, and waits until they are out. */
export function print(text: string | Uint8Array): Promise<void> {
  return write(process.stdout, text)
}

/** Writes lines to standard error, and waits until they are out. */
export function complain(text: string): Promise<void> {
  return write(process.stderr, text)
}

/** Lets a reader of standard output go away early, as `head` does, without an error. */
export function tolerateClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

/** Sends what an app prints with `console` to standard error, where the result of a command must stand alone. */
export function keepOutputForResult(): void {
  globalThis.console = new Console(process.stderr)
}

function write(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
  const lines = typeof text === 'string' && !text.endsWith('\n') ? `${text}\n` : text
  // A reader that has gone away ends the wait like one that has read it all.
  return new Promise((resolve) => stream.write(lines, () => resolve()))
}
