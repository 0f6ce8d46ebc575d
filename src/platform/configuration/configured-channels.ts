import type { RestChannel } from '../../http/rest-channel.ts'
import * as makers from '../../http/rest-channel.ts'
import { nearest } from '../../kernel/nearest.ts'
import { toList } from '../../kernel/one-or-many.ts'
import { withChannels } from '../../kernel/service.ts'
import { nameServices, type ServiceTree } from '../../kernel/service-names.ts'
import type { ConfiguredChannel } from './configuration.ts'
import type { ConfigurationFile } from './configuration-file.ts'

type Make = (path: string, options: RestChannel['options']) => RestChannel

const byMethod: Readonly<Record<string, Make>> = {
  GET: makers.get,
  POST: makers.post,
  PUT: makers.put,
  PATCH: makers.patch,
  DELETE: makers.del,
  QUERY: makers.query,
  HEAD: makers.head,
  OPTIONS: makers.options,
  ANY: makers.any,
}

/** The services with the channels that the configuration adds, and what is wrong with those. */
export function withConfiguredChannels(
  services: ServiceTree,
  { configuration: { channels = [] }, faultAt }: ConfigurationFile,
): { readonly services: ServiceTree; readonly faults: readonly string[] } {
  if (channels.length === 0) return { services, faults: [] }
  const faults: string[] = []
  const named = nameServices(services)
  const names = named.map(({ name }) => name)
  const added = new Map<string, RestChannel[]>()
  for (const [index, { service, on, ...options }] of channels.entries()) {
    if (!names.includes(service)) {
      const meant = nearest(service, names)
      const mend = meant === undefined ? `it has ${names.join(', ')}` : `is it ${meant}?`
      faults.push(
        faultAt(['channels', index, 'service'], 'value', `is ${service}, which this app does not have: ${mend}`),
      )
    }
    for (const [each, address] of toList(on).entries()) {
      const channel = channelOf(address, options)
      if (channel !== undefined) added.set(service, [...(added.get(service) ?? []), channel])
      else {
        const path = ['channels', index, 'on', ...(typeof on === 'string' ? [] : [each])]
        faults.push(faultAt(path, 'value', `is '${address}': write a method and a path, such as 'GET /users/{id}'`))
      }
    }
  }
  const all = named.map(({ name, service }) => ({ [name]: withChannels(service, added.get(name) ?? []) }))
  return { services: all, faults }
}

function channelOf(address: string, options: Omit<ConfiguredChannel, 'service' | 'on'>): RestChannel | undefined {
  const [, method = '', path] = /^([A-Za-z]+) +(\/\S*)$/.exec(address.trim()) ?? []
  const make = Object.hasOwn(byMethod, method.toUpperCase()) ? byMethod[method.toUpperCase()] : undefined
  return path === undefined ? undefined : make?.(path, options)
}
