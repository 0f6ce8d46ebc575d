import type { Scenario, ScenarioStep } from '../feature-file.ts'

const reference = /#\{?([A-Za-z_][\w-]*)/g
const storing = /\b(under|store[sd]?|save[sd]?|capture[sd]?|keep|kept|remember(?:ed)?)\b/i
const quoted = /"([^"]*)"/g

/** The scenario that another one needs before it, and the stored value for which it does. */
export interface Need {
  readonly scenario: Scenario
  readonly name: string
}

/**
 * The earlier scenarios of a feature whose stored values a scenario uses, and what those use themselves. They are found by
 * the words of their steps, since what a step stores is known only when it has run.
 */
export function neededBefore(scenario: Scenario, all: readonly Scenario[]): readonly Need[] {
  const earlier = all.slice(0, all.indexOf(scenario)).reverse()
  return usedNames(scenario).flatMap((name) => {
    const source = earlier.find(({ steps }) => steps.some((step) => namesStoredBy(step).includes(name)))
    return source === undefined ? [] : [...neededBefore(source, all), { scenario: source, name }]
  })
}

/** The names that a scenario refers to before a step of its own has stored them. */
function usedNames({ steps }: Scenario): readonly string[] {
  const own = new Set<string>()
  const used = new Set<string>()
  for (const step of steps) {
    for (const name of namesIn(step)) if (!own.has(name)) used.add(name)
    for (const name of namesStoredBy(step)) own.add(name)
  }
  return [...used]
}

function namesIn({ text, docString, table = [] }: ScenarioStep): readonly string[] {
  const texts = [text, docString?.content ?? '', ...table.flat()]
  return texts.flatMap((each) => [...each.matchAll(reference)].map(([, name = '']) => name))
}

/** All quoted texts of a sentence that stores: which of them is the name only its step knows. */
function namesStoredBy({ text, table = [] }: ScenarioStep): readonly string[] {
  if (!storing.test(text)) return []
  return [...[...text.matchAll(quoted)].map(([, name = '']) => name), ...table.map(([name = '']) => name)]
}
