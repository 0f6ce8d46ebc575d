import type { ReportOutput } from '../../testing/plain-english/report/reporter.ts'

/** Standard output for reports: colours where it is a terminal, or where the environment says so. */
export function standardOutput(color: boolean): ReportOutput & { readonly flushed: () => Promise<void> } {
  const { stdout, env } = process
  const live = stdout.isTTY === true && env.TERM !== 'dumb'
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '' && env.FORCE_COLOR !== '0'
  const allowed = color && !env.NO_COLOR && env.FORCE_COLOR !== '0'
  return {
    write: (text) => void stdout.write(text),
    colors: allowed && (forced || live),
    live,
    columns: stdout.columns || 80,
    folder: process.cwd(),
    flushed: () => new Promise((resolve) => void stdout.write('', () => resolve())),
  }
}
