import type { Provider, Uses } from './provided.ts'
import { isProvider, provider, providerOf } from './provider.ts'

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
  'afterReply',
  'trace',
  'input',
  'incoming',
])

interface Step {
  readonly name: string
  readonly provider: Provider
}

/** What is wrong with the providers that a service uses, and with those which they are made of; a sentence each. */
export function providerFaults(service: string, use: Uses): string[] {
  const faults: string[] = []
  const seen = new Set<Provider>()
  const visit = (uses: Uses, path: readonly Step[]): void => {
    const owner = path.at(-1)
    const who = owner === undefined ? service : `provider '${owner.name}' of ${service}`
    for (const [name, each] of Object.entries(uses)) {
      if (!isProvider(each)) {
        faults.push(`${who} uses '${name}', which is no provider: wrap it as provider(() => value)`)
        continue
      }
      if (reserved.has(name)) {
        faults.push(`${who} uses a provider as '${name}', which hides that member of the call: rename it`)
      }
      if (owner?.provider.scope === 'app' && each.scope === 'call') {
        faults.push(`${who} lives as long as the app, but uses '${name}', which lives for one call`)
      }
      const circle = path.slice(path.findIndex((step) => step.provider === each))
      if (circle[0]?.provider === each) {
        const names = [...circle.map((step) => step.name), name]
        faults.push(`provider '${names[0]}' of ${service} is made of itself: ${names.join(' -> ')}`)
      } else if (!seen.has(each)) {
        seen.add(each)
        visit(each.use, [...path, { name, provider: each }])
      }
    }
  }
  visit(use, [])
  return faults
}

/** Names of overrides that no service uses, nor any provider which services use. */
export function overrideFaults(used: readonly Uses[], overrides: Readonly<Record<string, unknown>>): string[] {
  const names = new Set<string>()
  const seen = new Set<Uses>()
  const visit = (use: Uses): void => {
    if (seen.has(use)) return
    seen.add(use)
    for (const [name, each] of Object.entries(use)) {
      names.add(name)
      if (isProvider(each)) visit(each.use)
    }
  }
  for (const use of used) visit(use)
  const known = names.size === 0 ? 'none' : [...names].map((name) => `'${name}'`).join(', ')
  return Object.keys(overrides)
    .filter((name) => !names.has(name))
    .map((name) => `'use' overrides '${name}', but services use only ${known}`)
}

/**
 * Puts values or providers in the place of those which are used under their names, also deep inside other providers.
 * An overriding provider is made as it was declared, so that it can use the one that it replaces.
 */
export function overriding(values: Readonly<Record<string, unknown>>): (use: Uses) => Uses {
  const overrides = new Map(
    Object.entries(values).map(([name, value]) => [
      name,
      // The giver of a plain value keeps it, so that it outlives the app and is not disposed of with it.
      isProvider(value) ? value : provider(() => value, { scope: 'app', dispose: () => undefined }),
    ]),
  )
  if (overrides.size === 0) return (use) => use

  const override = (use: Uses): Uses =>
    Object.fromEntries(Object.entries(use).map(([name, each]) => [name, overrides.get(name) ?? remade(each)]))
  // Each provider is remade once, so that those who share it still do.
  const copies = new Map<Provider, Provider>()
  const remade = (original: Provider): Provider => {
    if (!isProvider(original)) return original
    const known = copies.get(original)
    if (known !== undefined) return known
    // One that is made of itself is refused later; until then it must not keep this running for ever.
    copies.set(original, original)
    const copy = providerOf({ ...original, use: override(original.use) })
    copies.set(original, copy)
    return copy
  }
  return override
}
