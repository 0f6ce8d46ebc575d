import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'

/** What the figures were measured on. */
export interface Machine {
  readonly node: string
  readonly platform: string
  readonly cpus: number
  readonly cpuModel: string
  /** The load average of the last minute, before the bench did anything. */
  readonly loadBefore: number
  /** The processors for the server and for the load, when they can be told apart. */
  readonly pins: Pins | undefined
}

export interface Pins {
  readonly server: string
  readonly load: string
}

/** Looks at this machine. */
export function inspectMachine(): Machine {
  return {
    node: process.version.slice(1),
    platform: `${process.platform} ${process.arch}`,
    cpus: availableParallelism(),
    cpuModel: cpus()[0]?.model.trim() ?? 'unknown CPU',
    loadBefore: loadNow(),
    pins: findPins(),
  }
}

/** The load average of the last minute. */
export function loadNow(): number {
  return loadavg()[0] ?? 0
}

/** A command that runs on these processors only. */
export function pinned(on: string | undefined, command: readonly [string, ...string[]]): [string, ...string[]] {
  return on === undefined ? [...command] : ['taskset', '-c', on, ...command]
}

function findPins(): Pins | undefined {
  const [first, ...others] = allowedCpus()
  if (first === undefined || others.length === 0) return undefined
  const pins = { server: String(first), load: others.join(',') }
  return spawnSync('taskset', ['-c', pins.server, 'true']).status === 0 ? pins : undefined
}

/** In a container CPU 0 may belong to somebody else, so the kernel is asked; none are named where it cannot tell. */
function allowedCpus(): number[] {
  let list: string | undefined
  try {
    list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  } catch {
    return []
  }
  return (list ?? '').split(',').flatMap((range) => {
    const [from = Number.NaN, to = from] = range.split('-').map(Number)
    return Number.isNaN(to) ? [] : Array.from({ length: to - from + 1 }, (_, index) => from + index)
  })
}
