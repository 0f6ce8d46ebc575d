import { filledFrom } from '../../security/definitions/environment-text.ts'
import type { CheckedApp } from './checked-app.ts'
import type { CheckFinding } from './finding.ts'
import { writtenTexts } from './written-texts.ts'

/** Definitions that let nobody in, and what else does without its secret, since a variable is not set. */
export function unsetVariables(app: CheckedApp): readonly CheckFinding[] {
  const unset = writtenTexts(app).flatMap(({ where, said }) => {
    const filled = filledFrom(app.environment, said)
    return 'missing' in filled ? filled.missing.map((variable) => ({ where, variable })) : []
  })
  return [...Map.groupBy(unset, ({ where }) => where)].flatMap(([where, found]) => {
    const definition = where.startsWith('security.') ? app.definitions[where.slice('security.'.length)] : undefined
    if (definition?.enabled === false) return []
    const missing = [...new Set(found.map(({ variable }) => variable))]
    const message = `${consequence(where)}: set ${missing.join(' and ')}, in the environment or in .env.`
    return [{ level: 'warning', code: 'variable_not_set', where, message }]
  })
}

function consequence(where: string): string {
  if (where.startsWith('security.')) return 'It lets nobody in here'
  return where === 'tokens.key' ? 'No tokens are issued here' : 'It gets no tokens here'
}

/** Groups that admit nobody. */
export function emptyGroups({ groups, settings }: CheckedApp): readonly CheckFinding[] {
  // What is stored may add members to them.
  const level = settings.admin === undefined ? 'warning' : 'note'
  return Object.entries(groups)
    .filter(([, members]) => members.length === 0)
    .map(([name]) => ({
      level,
      code: 'empty_group',
      where: `security.${name}`,
      message: 'The group has no members, so that it admits nobody: add some, or take it away.',
    }))
}

/** Definitions and groups that nothing asks for. */
export function unusedDefinitions({ channels, definitions, groups, settings }: CheckedApp): readonly CheckFinding[] {
  const asked = new Set([...channels.flatMap(({ names }) => names), ...[settings.admin?.security ?? []].flat()])
  const used = new Set([
    ...asked,
    ...Object.entries(groups).flatMap(([name, members]) => (asked.has(name) ? members : [])),
  ])
  return [...Object.keys(definitions), ...Object.keys(groups)]
    .filter((name) => !used.has(name))
    .map((name) => ({
      level: 'note',
      code: 'unused_definition',
      where: `security.${name}`,
      message: `No channel asks for this ${Object.hasOwn(groups, name) ? 'group' : 'definition'}: name it in 'security' of one, or take it away.`,
    }))
}
