import { anonymousName } from '../../security/definitions/code-definitions.ts'
import type { CheckedApp, CheckedChannel } from './checked-app.ts'
import type { CheckFinding } from './finding.ts'

const unsafe: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE', 'ANY'])

/** Channels that ask nobody who they are. */
export function openChannels({ channels }: CheckedApp): readonly CheckFinding[] {
  return channels.filter(isOpen).map(({ where, method, saidOpen }): CheckFinding => {
    const changes = unsafe.has(method)
    if (saidOpen)
      return { level: 'note', code: 'open_channel', where, message: "It is open to all, as 'security: false' says." }
    return {
      level: changes ? 'warning' : 'note',
      code: changes ? 'open_unsafe_channel' : 'open_channel',
      where,
      message: `It ${changes ? 'changes something and ' : ''}is open to all: give it 'security', or say 'security: false' if that is meant.`,
    }
  })
}

/** Channels that let callers without credentials in beside others. */
export function anonymousChannels({ channels }: CheckedApp): readonly CheckFinding[] {
  return channels
    .filter(({ names, rules }) => names.includes(anonymousName) && rules.length === 0)
    .map(({ where, method }) => ({
      level: unsafe.has(method) ? 'warning' : 'note',
      code: 'anonymous_channel',
      where,
      message: "It lets callers without credentials in, too: take 'anonymous' away, or say with 'allow' who may call.",
    }))
}

function isOpen({ names, rules }: CheckedChannel): boolean {
  return names.length === 0 && rules.length === 0
}
