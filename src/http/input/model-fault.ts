import type { RegisteredService } from '../../kernel/registry.ts'
import type { RestChannel } from '../rest-channel.ts'
import { inputSources, takesBody } from './input-sources.ts'

/** Methods whose requests have no body that means anything (RFC 9110, 9.3). */
const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Why a channel cannot carry the models of its service, each as a sentence that says what to mend. */
export function modelFaults(channel: RestChannel, { name, input, output }: RegisteredService): string[] {
  const { method, options } = channel
  const which = `${channel.address} (${name})`
  const faults: string[] = []
  if (input !== undefined && input.members === undefined && !takesBody(channel, input)) {
    faults.push(`${which} has no body, but its input is no object, and so can only be a body: use post`)
  }
  const taken = new Map<string, string>()
  for (const { member, in: place, name: sent } of inputSources(channel, input)) {
    const other = taken.get(`${place} ${sent}`)
    taken.set(`${place} ${sent}`, member.name)
    if (other !== undefined) {
      faults.push(
        `${which} takes both '${other}' and '${member.name}' from the ${place} '${sent}': give one another name`,
      )
    }
    if (place === 'body' && bodiless.has(method)) {
      faults.push(`${which} takes '${member.name}' from the body, which ${method} does not have: place it elsewhere`)
    }
  }
  if (options.status === 204 && (output !== undefined || options.envelope === 'meta')) {
    faults.push(`${which} answers 204, which has no body, but there is something to send: change the status`)
  }
  return faults
}
