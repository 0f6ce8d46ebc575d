import { written } from '../../security/definitions/code-definitions.ts'
import { filledFrom } from '../../security/definitions/environment-text.ts'
import type { CheckedApp } from './checked-app.ts'
import type { CheckFinding } from './finding.ts'

/** Definitions that let nobody in, since a variable is not set. */
export function unsetVariables({ definitions, environment }: CheckedApp): readonly CheckFinding[] {
  return Object.entries(definitions).flatMap(([name, definition]) => {
    const missing = written(definition).flatMap((each) => {
      const filled = filledFrom(environment, each)
      return 'missing' in filled ? filled.missing : []
    })
    if (missing.length === 0 || definition.enabled === false) return []
    return [
      {
        level: 'warning',
        code: 'variable_not_set',
        where: `security.${name}`,
        message: `It lets nobody in here: set ${[...new Set(missing)].join(' and ')}, in the environment or in .env.`,
      },
    ]
  })
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
