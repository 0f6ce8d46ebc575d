import { CucumberExpression, ParameterType, ParameterTypeRegistry } from '@cucumber/cucumber-expressions'
import type { MatchedPhrase } from './matched-phrase.ts'
import { nearSentence } from './near-sentence.ts'
import type { Step } from './step.ts'

/** A step that fits a sentence. */
export interface PhraseMatch extends MatchedPhrase {
  readonly step: Step
}

/** The sentences that a run knows. */
export interface Phrases {
  /** The steps whose phrases fit a sentence: none, the one that is meant, or several that nothing tells apart. */
  (sentence: string): readonly PhraseMatch[]
  /** The sentence that was probably meant by one that no step fits, if one is near. */
  readonly near: (sentence: string) => string | undefined
}

interface Spelling {
  readonly step: Step
  readonly phrase: string
  readonly expression: CucumberExpression
  /** How much of the phrase is no placeholder: of several that fit, the one that says most is meant. */
  readonly said: number
  readonly own: boolean
}

/** Compiles the phrases of steps; an own one comes before a built-in one that says the same. */
export function phrasesOf(builtIn: readonly Step[], own: readonly Step[] = []): Phrases {
  const registry = placeholders()
  const spelling = (step: Step, isOwn: boolean): Spelling[] =>
    step.phrases.map((phrase) => ({
      step,
      phrase,
      expression: new CucumberExpression(phrase, registry),
      said: phrase.replaceAll(/\{\w*\}/g, '').length,
      own: isOwn,
    }))
  const spellings = [
    ...own.flatMap((each) => spelling(each, true)),
    ...builtIn.flatMap((each) => spelling(each, false)),
  ]
  const known = new Map<string, readonly PhraseMatch[]>()
  const find = (sentence: string): readonly PhraseMatch[] => {
    const before = known.get(sentence)
    if (before !== undefined) return before
    const found = meant(spellings, sentence)
    known.set(sentence, found)
    return found
  }
  const phrases = spellings.map(({ phrase }) => phrase)
  return Object.assign(find, {
    near: (sentence: string) => nearSentence(sentence, phrases, (each) => meant(spellings, each).length > 0),
  })
}

/** What is wrong with a phrase, in words; nothing when it is a Cucumber expression. */
export function phraseFault(phrase: string): string | undefined {
  try {
    new CucumberExpression(phrase, placeholders())
    return undefined
  } catch (error) {
    const unknown = error instanceof Error && Reflect.get(error, 'undefinedParameterTypeName')
    if (typeof unknown === 'string') {
      const names = [...placeholders().parameterTypes].flatMap(({ name }) => (name ? [`{${name}}`] : []))
      return `there is no placeholder {${unknown}}: use one of ${names.join(', ')}`
    }
    const lines = (error instanceof Error ? error.message : String(error)).split('\n').map((line) => line.trim())
    return lines
      .filter((line) => /\w/.test(line) && line !== phrase && !line.startsWith('This Cucumber Expression'))
      .join(' ')
  }
}

function meant(spellings: readonly Spelling[], sentence: string): readonly PhraseMatch[] {
  const fitting = spellings.flatMap((spelling) => {
    const values = spelling.expression.match(sentence)
    return values === null ? [] : [{ spelling, values }]
  })
  const most = Math.max(...fitting.map(({ spelling }) => spelling.said))
  const best = fitting.filter(({ spelling }) => spelling.said === most)
  const preferred = best.some(({ spelling }) => spelling.own) ? best.filter(({ spelling }) => spelling.own) : best
  const steps = new Map(preferred.map((each) => [each.spelling.step, each]))
  return [...steps.values()].map(({ spelling: { step, phrase }, values }) => ({
    step,
    phrase,
    values: values.map((each) => ({
      placeholder: each.getParameterType().name ?? '',
      raw: each.getValue(null),
      start: each.group.start ?? 0,
      end: each.group.end ?? 0,
    })),
  }))
}

/** The placeholders of phrases: those of Cucumber, and quoted texts that may hold quotes, as JSON does. */
export function placeholders(): ParameterTypeRegistry {
  const registry = new ParameterTypeRegistry()
  for (const name of ['text', 'value', 'name']) {
    registry.defineParameterType(new ParameterType(name, /"(.*?)"/, String, (text) => text, false, false))
  }
  return registry
}
