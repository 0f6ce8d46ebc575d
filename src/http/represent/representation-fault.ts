import type { RegisteredService } from '../../kernel/registry.ts'
import { kindsOf } from '../../schema/kind.ts'
import { bodyReaders } from '../input/body-readers.ts'
import type { RestChannel } from '../rest-channel.ts'
import { formats } from './formats.ts'
import { parseMediaType } from './media-type.ts'

/** What is wrong with what a channel says of representations. */
export function representationFaults(channel: RestChannel, { name, output }: RegisteredService): readonly string[] {
  const { produces, consumes, formatSuffix } = channel.options
  const where = `${channel.address} (${name})`
  const faults: string[] = []
  if (produces?.length === 0) faults.push(`${where} produces nothing: name at least one representation in 'produces'`)
  if (consumes?.length === 0) faults.push(`${where} consumes nothing: name at least one representation in 'consumes'`)
  for (const each of produces ?? []) {
    const types = typeof each !== 'string' ? each.types : Object.hasOwn(formats, each) ? [] : [each]
    if (typeof each !== 'string' || types.length === 0 || each.includes('/')) {
      const bad = types.find((type) => parseMediaType(type) === undefined)
      if (bad !== undefined)
        faults.push(`${where} produces '${bad}', which is no media type: write it as 'type/subtype'`)
    } else {
      faults.push(
        `${where} produces '${each}', which is unknown: use ${Object.keys(formats).join(', ')}, or a renderer`,
      )
    }
  }
  for (const each of consumes ?? []) {
    if (typeof each === 'string' && !Object.hasOwn(bodyReaders, each)) {
      faults.push(
        `${where} consumes '${each}', which is unknown: use ${Object.keys(bodyReaders).join(', ')}, or a parser`,
      )
    }
  }
  if (
    produces?.every((each) => each === 'csv') &&
    produces.length > 0 &&
    output !== undefined &&
    !kindsOf(output.json, output.json).has('list')
  ) {
    faults.push(`${where} produces 'csv', but its output is no list: make it one, or leave csv out`)
  }
  if (formatSuffix && produces === undefined) {
    faults.push(`${where} has 'formatSuffix', but no 'produces': name the representations`)
  }
  return faults
}
