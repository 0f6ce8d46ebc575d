import { headerFault } from '../reply/reply-header.ts'
import type { RestChannel } from '../rest-channel.ts'
import { pathFault } from './path-pattern.ts'

/** What is wrong with a REST channel, each as a sentence that says what to mend. */
export function channelFaults({ address, path, options, params }: RestChannel, service: string): string[] {
  const channel = `${address} (${service})`
  const faults: string[] = []
  const pathIsWrong = pathFault(path)
  if (pathIsWrong !== undefined) faults.push(`the path of ${channel} ${pathIsWrong}`)
  const { status = 200, bodyLimit = 0, headers = {} } = options
  if (!(Number.isInteger(status) && status >= 200 && status <= 599)) {
    faults.push(`the status of ${channel} is ${status}: give a whole number from 200 to 599`)
  }
  if (!(bodyLimit >= 0)) faults.push(`the bodyLimit of ${channel} is ${bodyLimit}: give a number of bytes`)
  for (const [name, value] of Object.entries(headers)) {
    const headerIsWrong = headerFault(name, value)
    if (headerIsWrong !== undefined) {
      faults.push(`the header '${name}' of ${channel} cannot be sent (${headerIsWrong}): change or remove it`)
    }
  }
  for (const name of new Set(params.filter((each, at) => params.indexOf(each) !== at))) {
    if (Object.hasOwn(options.in ?? {}, name)) {
      faults.push(`${channel} takes '${name}' from its path and by 'in': leave it out of one`)
    }
  }
  return faults
}
