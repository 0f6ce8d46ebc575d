import type { RegisteredService } from '../../kernel/registry.ts'
import { uploadOf } from '../../schema/upload-model.ts'
import type { Feature } from '../feature.ts'
import { inputSources, takesBody } from '../input/input-sources.ts'
import type { RestChannel } from '../rest-channel.ts'
import { bodyMember, uploadMembers } from './body-member.ts'
import { describeForms } from './describe-forms.ts'

/** Forms, files and whole bodies: refuses what no request could carry, and describes the rest. */
export const forms: Feature = {
  faults: ({ channel, target }) => {
    const limits = takesBody(channel, target.input) ? limitFaults(channel, target) : []
    return [...formFaults(channel, target), ...limits]
  },
  describe: describeForms,
}

function formFaults(channel: RestChannel, { name, input }: RegisteredService): readonly string[] {
  const { consumes } = channel.options
  const which = `${channel.address} (${name})`
  const uploads = new Set(uploadMembers(input).map(({ member }) => member))
  const whole = bodyMember(input, consumes)?.member
  const faults = inputSources(channel, input).flatMap(({ member, in: place }) => {
    if (uploads.has(member) && place !== 'body') {
      return [
        `${which} takes '${member.name}' from the ${place}, which cannot hold a file: use post, or place it in the body`,
      ]
    }
    if (whole === undefined || whole === member || place !== 'body') return []
    return [`${which} takes '${member.name}' from the body, but all of it is '${whole.name}': place it elsewhere`]
  })
  if (consumes?.includes('bytes') === true) {
    if (consumes.length > 1) faults.push(`${which} consumes 'bytes' and more, but all bodies are bytes: choose`)
    const isWhole = input !== undefined && uploadOf(input.json, input.json) !== undefined
    if (whole === undefined && !isWhole) {
      faults.push(`${which} consumes 'bytes', but its input has no place for them: give it a member bytes()`)
    }
  }
  return faults
}

function limitFaults(
  { address, options: { uploads = {} } }: RestChannel,
  { name }: RegisteredService,
): readonly string[] {
  return Object.entries(uploads).flatMap(([setting, value]) => {
    if (setting === 'folder' || (Number.isInteger(value) && Number(value) >= 0)) return []
    return [`${address} (${name}) sets uploads.${setting} to ${value}: make it a whole number from 0`]
  })
}
