import { readFileSync } from 'node:fs'
import type { Settings } from './options.ts'
import { findPython, type PythonPeer, preparePeer } from './python.ts'
import { type Server, type ServerName, servers } from './servers.ts'

/** A server that will take part. */
export interface Contender extends Server {
  /** Name and version. */
  readonly label: string
  /** How to start it, when it is Python. */
  readonly python: PythonPeer | undefined
}

export interface Choice {
  readonly contenders: readonly Contender[]
  /** A sentence for each server that will not take part. */
  readonly notes: readonly string[]
}

/** Chooses the servers of a run: those asked for, or all that this machine has and the time allows. */
export function chooseContenders(settings: Settings): Choice {
  const contenders: Contender[] = []
  const notes: string[] = []
  const crowded: ServerName[] = []
  const wanted = servers.filter(({ name }) => settings.servers?.includes(name) ?? true)
  const roomFor = settings.servers === undefined ? countWithin(settings) : Number.POSITIVE_INFINITY
  const python = wanted.slice(0, roomFor).some(({ language }) => language === 'python') ? findPython() : undefined
  for (const server of wanted) {
    if (contenders.length >= roomFor) {
      crowded.push(server.name)
    } else if (server.language === 'node') {
      contenders.push({ ...server, label: labelOf(server.name), python: undefined })
    } else {
      const peer = preparePeer(server.name, python)
      if (typeof peer === 'string') notes.push(`${server.name} is left out: ${peer}.`)
      else contenders.push({ ...server, label: peer.label, python: peer })
    }
  }
  if (crowded.length > 0) notes.push(`Left out to be quick: ${crowded.join(', ')}. --servers asks for them by name.`)
  return { contenders, notes }
}

/** How many servers fit the budget; the floor, ourselves and the nearest peer always do. */
function countWithin({ budget, jobs, rounds, seconds, starts, warmUp }: Settings): number {
  if (budget === undefined) return Number.POSITIVE_INFINITY
  const forEach = starts * 0.3 + jobs.length * (warmUp + rounds * (seconds + 0.2))
  return Math.max(3, Math.floor(budget / forEach))
}

function labelOf(name: ServerName): string {
  if (name === 'node-http') return name
  if (name === 'trestle') return `trestle ${readManifest('../../package.json').version}`
  return `${name} ${readManifest('../package.json').dependencies?.[name] ?? ''}`
}

interface Manifest {
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
}
