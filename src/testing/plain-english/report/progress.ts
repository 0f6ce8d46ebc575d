import type { ReportOutput } from './reporter.ts'

/** A line at the bottom of a terminal that says how far a run is; nothing where output cannot be written over. */
export interface ProgressLine {
  readonly begin: (scenarios: number) => void
  readonly scenarioBegins: (name: string) => void
  readonly scenarioEnds: (name: string, passed: boolean) => void
  /** Takes it away, so that something else can be written. */
  readonly clear: () => void
  readonly end: () => void
}

const eraseLine = '\r\u001B[2K'

/** Makes one. */
export function progressLine({ write, live, columns }: ReportOutput): ProgressLine {
  const running: string[] = []
  let [all, done, failed] = [0, 0, 0]
  let visible = false
  const clear = (): void => {
    if (visible) write(eraseLine)
    visible = false
  }
  const draw = (): void => {
    if (!live || running.length === 0) return
    const bad = failed === 0 ? '' : `, ${failed} failed`
    const text = `${done}/${all}${bad}: ${running.join(' | ')}`
    write(`${eraseLine}${text.length < columns ? text : `${text.slice(0, Math.max(0, columns - 4))}...`}`)
    visible = true
  }
  return {
    begin: (scenarios) => {
      all = scenarios
    },
    scenarioBegins: (name) => {
      running.push(name)
      draw()
    },
    scenarioEnds: (name, passed) => {
      const index = running.indexOf(name)
      if (index !== -1) running.splice(index, 1)
      done += 1
      if (!passed) failed += 1
      draw()
    },
    clear,
    end: () => {
      running.length = 0
      clear()
    },
  }
}
