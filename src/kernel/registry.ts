import { type InputModel, inputModel, type UnknownPolicy } from '../schema/input-model.ts'
import { type OutputModel, outputModel } from '../schema/output-model.ts'
import { SchemaError } from '../schema/schema-error.ts'
import type { Invocable } from './call-context.ts'
import type { Channel } from './channel.ts'
import { pipeline, type Run } from './pipeline.ts'
import type { Provider, Uses } from './provided.ts'
import { isProvider, provider } from './provider.ts'
import type { Scope } from './scope.ts'
import type { After, Before, Service } from './service.ts'
import { type NamedService, nameServices, type ServiceTree } from './service-names.ts'
import { StartupError } from './startup-error.ts'

/** A service with its name, its compiled models and its pipeline. */
export interface RegisteredService {
  readonly name: string
  readonly service: Service
  readonly input: InputModel | undefined
  readonly output: OutputModel | undefined
  /** What becomes of members that the input model does not declare. */
  readonly unknown: UnknownPolicy
  readonly channels: readonly Channel[]
  readonly run: Run
}

/** All services of an app. */
export interface Registry {
  readonly services: readonly RegisteredService[]
  /** Finds a service by its name or by itself. */
  readonly find: (target: string | Invocable) => RegisteredService | undefined
}

export interface RegistryOptions {
  readonly services: ServiceTree
  readonly unknown?: UnknownPolicy | undefined
  readonly before?: readonly Before[] | undefined
  readonly after?: readonly After[] | undefined
  /** Values or providers that take the place of those which services use under the same name. */
  readonly use?: Readonly<Record<string, unknown>> | undefined
  readonly appScope: Scope
  readonly appContext: object
  readonly checkOutput: boolean
}

/** The members of a call that a provider may not hide. */
const reserved: ReadonlySet<string> = new Set([
  'cid',
  'service',
  'caller',
  'log',
  'time',
  'signal',
  'http',
  'invoke',
  'invokeAsync',
  'input',
])

/**
 * Registers the services of an app.
 *
 * @throws StartupError with every reason why the app cannot start.
 */
export function createRegistry(options: RegistryOptions): Registry {
  const reasons: string[] = []
  const named = nameServices(options.services)
  const overrides = overridesOf(options.use ?? {})
  reasons.push(...nameFaults(named), ...overrideFaults(named, overrides))

  const services = named.flatMap((each) => {
    try {
      return [register(each, overrides, options, reasons)]
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error
      reasons.push(`${each.name}: ${error.message}`)
      return []
    }
  })
  if (reasons.length > 0) throw new StartupError(reasons)

  const byName = new Map(services.map((each) => [each.name, each]))
  const byService = new Map<Invocable, RegisteredService>(services.map((each) => [each.service, each]))
  return { services, find: (target) => (typeof target === 'string' ? byName.get(target) : byService.get(target)) }
}

function register(
  { name, service }: NamedService,
  overrides: Uses,
  options: RegistryOptions,
  reasons: string[],
): RegisteredService {
  const use = overridden(service.use, overrides)
  reasons.push(...providerFaults(name, use))
  const unknown = service.unknown ?? options.unknown ?? 'strip'
  const input = service.input && inputModel(service.input, { unknown })
  const output = service.output && outputModel(service.output)
  reasons.push(...parameterFaults(name, service.channels, input))
  const before = [...(options.before ?? []), ...service.before]
  const after = [...service.after, ...(options.after ?? [])]
  const { appScope, appContext, checkOutput } = options
  const run = pipeline({ service, input, output, before, after, use, appScope, appContext, checkOutput })
  return { name, service, input, output, unknown, channels: service.channels, run }
}

function nameFaults(named: readonly NamedService[]): string[] {
  const seen = new Set<string>()
  return named.flatMap(({ name, service }) => {
    if (name === '') {
      const what = service.channels[0]?.address ?? service.summary
      return [`a service${what === undefined ? '' : ` (${what})`} has no name: give it one with 'name'`]
    }
    if (seen.has(name)) return [`two services are named ${name}: give one of them another 'name'`]
    seen.add(name)
    return []
  })
}

function parameterFaults(name: string, channels: readonly Channel[], input: InputModel | undefined): string[] {
  return channels.flatMap((channel) =>
    channel.params.flatMap((param) =>
      input?.members?.has(param)
        ? []
        : [`${channel.address} takes {${param}}, but the input of ${name} has no member '${param}': add it there`],
    ),
  )
}

function overridesOf(values: Readonly<Record<string, unknown>>): Uses {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      // The giver of a plain value keeps it, so that it outlives the app and is not disposed of with it.
      isProvider(value) ? value : provider(() => value, { scope: 'app', dispose: () => undefined }),
    ]),
  )
}

function overridden(use: Uses, overrides: Uses): Uses {
  return Object.fromEntries(
    Object.entries(use).map(([name, original]) => {
      const other = overrides[name]
      if (other !== undefined) return [name, other]
      if (Object.keys(original.use).length === 0) return [name, original]
      return [name, remade(original, overrides)]
    }),
  )
}

/** A provider made of others sees the overrides of those too; the same provider is remade once. */
const remadeProviders = new WeakMap<Uses, Map<Provider, Provider>>()

function remade(original: Provider, overrides: Uses): Provider {
  if (Object.keys(overrides).length === 0) return original
  const known = remadeProviders.get(overrides) ?? new Map<Provider, Provider>()
  remadeProviders.set(overrides, known)
  const copy = known.get(original) ?? { ...original, use: overridden(original.use, overrides) }
  known.set(original, copy)
  return copy
}

function overrideFaults(named: readonly NamedService[], overrides: Uses): string[] {
  const names = new Set<string>()
  const visit = (use: Uses): void => {
    for (const [name, each] of Object.entries(use)) {
      names.add(name)
      visit(each.use)
    }
  }
  for (const { service } of named) visit(service.use)
  return Object.keys(overrides)
    .filter((name) => !names.has(name))
    .map((name) => `'use' overrides '${name}', but services use only ${list(names)}`)
}

function providerFaults(name: string, use: Uses): string[] {
  const faults: string[] = []
  for (const [key, each] of Object.entries(use)) {
    if (!isProvider(each) && !('create' in each)) {
      faults.push(`${name} uses '${key}', which is no provider: wrap it as provider(() => value)`)
      continue
    }
    if (reserved.has(key))
      faults.push(`${name} uses a provider as '${key}', which hides that member of the call: rename it`)
    for (const [inner, needed] of Object.entries(each.use)) {
      if (each.scope === 'app' && needed.scope === 'call') {
        faults.push(
          `provider '${key}' of ${name} lives as long as the app, but uses '${inner}', which lives for one call`,
        )
      }
    }
    faults.push(...providerFaults(name, each.use))
  }
  return faults
}

function list(names: ReadonlySet<string>): string {
  return names.size === 0 ? 'none' : [...names].map((name) => `'${name}'`).join(', ')
}
