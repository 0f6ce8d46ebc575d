import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** What a server has used since its start. */
export interface Usage {
  /** Microseconds of CPU, in user code and in the kernel. */
  readonly cpu: number
  /** Bytes of resident memory, now. */
  readonly rss: number
}

interface ProcessEntry {
  readonly id: number
  readonly parent: number
  readonly ticks: number
}

/** What a process and all its descendants have used, from Linux's /proc. */
export function usageOfTree(id: number): Usage {
  const entries = listProcesses()
  const tree = new Set([id])
  // A child may be listed before its parent, so pass over the list until nothing is added.
  for (let before = 0; before !== tree.size; ) {
    before = tree.size
    for (const entry of entries) if (tree.has(entry.parent)) tree.add(entry.id)
  }
  let ticks = 0
  let rss = 0
  for (const entry of entries) {
    if (!tree.has(entry.id)) continue
    ticks += entry.ticks
    rss += residentBytes(entry.id)
  }
  return { cpu: (ticks * 1_000_000) / ticksPerSecond(), rss }
}

function listProcesses(): ProcessEntry[] {
  return readdirSync('/proc').flatMap((name) => {
    const id = Number(name)
    const stat = Number.isInteger(id) ? readOrNothing(`/proc/${id}/stat`) : ''
    if (stat === '') return []
    // The second field is the program's name in parentheses, and may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return [{ id, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }]
  })
}

function residentBytes(id: number): number {
  return Number(/^VmRSS:\s*(\d+) kB/m.exec(readOrNothing(`/proc/${id}/status`))?.[1] ?? 0) * 1024
}

/** A process may end between its listing and its reading. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

let ticks: number | undefined

function ticksPerSecond(): number {
  ticks ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  return ticks
}
