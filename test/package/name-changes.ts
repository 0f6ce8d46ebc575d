import type { EntryNames } from '../../scripts/source/exports.ts'

/** One line for each entry whose names differ, saying which are new and which are gone. */
export function nameChanges(
  before: Readonly<Record<string, EntryNames>>,
  now: Readonly<Record<string, EntryNames>>,
): readonly string[] {
  const entries = new Set([...Object.keys(before), ...Object.keys(now)])
  return [...entries].flatMap((entry) => {
    const old = labels(before[entry])
    const current = labels(now[entry])
    const added = current.filter((name) => !old.includes(name)).join(', ')
    const gone = old.filter((name) => !current.includes(name)).join(', ')
    const parts = [added && `new ${added}`, gone && `gone ${gone}`].filter((part) => part !== '')
    return parts.length === 0 ? [] : [`${entry}: ${parts.join('; ')}`]
  })
}

function labels(names: EntryNames = {}): readonly string[] {
  return Object.entries(names).map(([name, kind]) => (kind === 'type' ? `type ${name}` : name))
}
