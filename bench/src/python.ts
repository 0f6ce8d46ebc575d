import { spawnSync } from 'node:child_process'
import type { ServerName } from './servers.ts'

/** The interpreter, and the versions of what it has of the packages that the bench can use. */
export interface Python {
  readonly executable: string
  readonly version: string
  readonly packages: ReadonlyMap<string, string>
}

/** A Python peer as it will be run. */
export interface PythonPeer {
  readonly label: string
  readonly executable: string
  /** For the server file, after the port. */
  readonly args: readonly string[]
  /** Whether it closes the connection after each answer, whatever the client wants. */
  readonly closes: boolean
}

const probe = `
import importlib, importlib.metadata, json, platform, sys
found = {}
for name in ('fastapi', 'uvicorn', 'flask', 'waitress', 'gunicorn', 'werkzeug'):
    try:
        importlib.import_module(name)
        found[name] = importlib.metadata.version(name)
    except Exception:
        pass
print(json.dumps([sys.executable, platform.python_version(), list(found.items())]))
`

/** Asks `python3` what it has; nothing where there is none, or no /proc to read its use of CPU from. */
export function findPython(): Python | undefined {
  if (process.platform !== 'linux') return undefined
  const { status, stdout } = spawnSync('python3', ['-c', probe], { encoding: 'utf8' })
  if (status !== 0) return undefined
  // The interpreter itself, because `python3` may be a version manager's script that takes longer to start than Python.
  const [executable, version, packages]: [string, string, [string, string][]] = JSON.parse(stdout)
  return { executable, version, packages: new Map(packages) }
}

/** How a peer will be run, or the reason why it cannot be. */
export function preparePeer(name: ServerName, python: Python | undefined): PythonPeer | string {
  if (python === undefined) return 'needs Linux and python3'
  const { executable, packages } = python
  const label = (app: string, front: string): string => `${app} ${packages.get(app)} on ${front} ${packages.get(front)}`
  if (name === 'fastapi') {
    if (!packages.has('fastapi') || !packages.has('uvicorn')) return 'python3 has no fastapi with uvicorn'
    return { label: label('fastapi', 'uvicorn'), executable, args: [], closes: false }
  }
  // Werkzeug is made for development, but comes with Flask; the label says which one it is.
  const front = ['waitress', 'gunicorn', 'werkzeug'].find((candidate) => packages.has(candidate))
  if (!packages.has('flask') || front === undefined) return 'python3 has no flask'
  return { label: label('flask', front), executable, args: [front], closes: front === 'werkzeug' }
}
