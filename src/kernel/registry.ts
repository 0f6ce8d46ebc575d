import { type InputModel, inputModel, type UnknownPolicy } from '../schema/input-model.ts'
import { once } from '../schema/once.ts'
import { type OutputModel, outputModel } from '../schema/output-model.ts'
import { SchemaError } from '../schema/schema-error.ts'
import type { Invocable } from './call-context.ts'
import type { Channel } from './channel.ts'
import { type FieldKeyword, type FieldRules, fieldRules, type RefuseFields, refuseFields } from './field-rules.ts'
import { pipeline, type Run } from './pipeline.ts'
import { kindFaults } from './problem-kind.ts'
import type { Uses } from './provided.ts'
import { overrideFaults, overriding, providerFaults } from './provider-graph.ts'
import type { AppWide } from './provision.ts'
import { isRule } from './rule.ts'
import { type After, type Before, originOf, type Service } from './service.ts'
import { isBuiltIn, type NamedService, nameServices, type ServiceTree } from './service-names.ts'
import { StartupError } from './startup-error.ts'
import { isStreamModel } from './stream.ts'

/** A service with its name, its compiled models and its pipeline. */
export interface RegisteredService {
  readonly name: string
  readonly service: Service
  readonly input: InputModel | undefined
  /** Nothing where the output is a stream. */
  readonly output: OutputModel | undefined
  /** The model of each item, where the output is a stream. */
  readonly items: OutputModel | undefined
  /** The model of each message of the client, where the service takes any. */
  readonly incoming: InputModel | undefined
  /** What becomes of members that the input model does not declare. */
  readonly unknown: UnknownPolicy
  readonly channels: readonly Channel[]
  /** Runs it for whoever is trusted: another service, or the app itself. */
  readonly run: Run
  /** Runs it for whoever called by a channel. */
  readonly answer: Run
  /** Whether what leaves depends on who calls. */
  readonly byCaller: boolean
  /** Why a caller may not send a message; nothing where all may. */
  readonly refuseMessage: RefuseFields | undefined
}

/** All services of an app. */
export interface Registry {
  readonly services: readonly RegisteredService[]
  /** Finds a service by its name or by itself. */
  readonly find: (target: string | Invocable) => RegisteredService | undefined
}

export interface RegistryOptions extends AppWide {
  readonly services: ServiceTree
  readonly unknown?: UnknownPolicy | undefined
  readonly before?: readonly Before[] | undefined
  readonly after?: readonly After[] | undefined
  /** Values or providers that take the place of those which services use under the same name. */
  readonly use?: Readonly<Record<string, unknown>> | undefined
  readonly checkOutput: boolean
}

/**
 * Registers the services of an app.
 *
 * @throws StartupError with every reason why the app cannot start.
 */
export function createRegistry(options: RegistryOptions): Registry {
  const named = nameServices(options.services)
  const overrides = options.use ?? {}
  const used = named.map(({ service }) => service.use)
  const reasons = [...nameFaults(named), ...overrideFaults(used, overrides)]
  const override = overriding(overrides)

  const services = named.map((each) => {
    const made = (): RegisteredService => register(each, override, options, reasons)
    // What an app has without having asked for it is compiled for those who call it.
    return isBuiltIn(each.name) && each.service.channels.length === 0 ? compiledLater(each, made) : made()
  })
  reasons.push(...kindFaults(named))
  if (reasons.length > 0) throw new StartupError(reasons)

  const byName = new Map(services.map((each) => [each.name, each]))
  const byService = new Map<Invocable, RegisteredService>(
    services.flatMap((each) => [
      [each.service, each],
      [originOf(each.service), each],
    ]),
  )
  return { services, find: (target) => (typeof target === 'string' ? byName.get(target) : byService.get(target)) }
}

function register(
  { name, service }: NamedService,
  override: (use: Uses) => Uses,
  options: RegistryOptions,
  reasons: string[],
): RegisteredService {
  const use = override(service.use)
  reasons.push(...definitionFaults(name, service), ...providerFaults(name, use))

  const compiled = <Model>(compile: () => Model): Model | undefined => {
    try {
      return compile()
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error
      reasons.push(`${name}: ${error.message}`)
      return undefined
    }
  }
  const unknown = service.unknown ?? options.unknown ?? 'strip'
  const input = compiled(() => service.input && inputModel(service.input, { unknown }))
  const streams = isStreamModel(service.output)
  const output = compiled(() => (service.output && !streams ? outputModel(service.output) : undefined))
  const items = compiled(() => (streams ? outputModel(service.output.items) : undefined))
  const incoming = compiled(() => service.incoming && inputModel(service.incoming, { unknown }))
  if (service.input === undefined || input !== undefined)
    reasons.push(...parameterFaults(name, service.channels, input))

  const before = [...(options.before ?? []), ...service.before]
  const after = [...service.after, ...(options.after ?? [])]
  const { appScope, appContext, checkOutput } = options
  const parts = { service, input, output, items, before, after, use, appScope, appContext, checkOutput }
  const run = pipeline(parts)
  const readable = fieldRules((output ?? items)?.json ?? {}, 'readableBy')
  const writable = fieldRules(input?.json ?? {}, 'writableBy')
  reasons.push(...fieldFaults(name, 'readableBy', readable), ...fieldFaults(name, 'writableBy', writable))
  const sendable = fieldRules(incoming?.json ?? {}, 'writableBy')
  reasons.push(...fieldFaults(name, 'writableBy', sendable))
  const open = service.allow === undefined && readable === undefined && writable === undefined
  const refused = writable && refuseFields(writable)
  const answer = open ? run : pipeline({ ...parts, readable, refuseFields: refused, guarded: true })
  return {
    name,
    service,
    input,
    output,
    items,
    incoming,
    unknown,
    channels: service.channels,
    run,
    answer,
    byCaller: readable !== undefined,
    refuseMessage: sendable && refuseFields(sendable),
  }
}

/** A service without channels that is compiled when it is first called. */
function compiledLater({ name, service }: NamedService, make: () => RegisteredService): RegisteredService {
  const made = once(make)
  return {
    ...{ name, service, channels: service.channels },
    get unknown() {
      return made().unknown
    },
    get input() {
      return made().input
    },
    get output() {
      return made().output
    },
    get items() {
      return made().items
    },
    get incoming() {
      return service.incoming && made().incoming
    },
    get refuseMessage() {
      return made().refuseMessage
    },
    get byCaller() {
      return made().byCaller
    },
    run: (...call) => made().run(...call),
    answer: (...call) => made().answer(...call),
  }
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

/** What the compiler refuses, for those who do without it. */
function definitionFaults(name: string, { handle, allow }: Service): string[] {
  return [
    ...(typeof handle === 'function' ? [] : [`${name} has no 'handle': give it the function that does its work`]),
    ...(allow === undefined || isRule(allow) ? [] : [`'allow' of ${name} is no rule: write one such as role('admin')`]),
  ]
}

function fieldFaults(name: string, keyword: FieldKeyword, rules: FieldRules | undefined): string[] {
  return (rules?.faulty ?? []).map((path) => {
    return `${name}: the ${keyword} of ${path} is no rule about the caller: give it role(), scope(), permission() or several of them; functions of the call belong to 'allow'`
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
