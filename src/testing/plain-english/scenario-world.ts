import type { FeatureContext } from './feature-context.ts'
import type { FeatureFile, Scenario, ScenarioStep } from './feature-file.ts'
import { memories } from './memory.ts'
import type { Reply } from './reply.ts'
import { requestDraft, sharedDraft } from './request-draft.ts'
import type { SentExchange } from './result.ts'
import { sendDraft } from './send.ts'
import { filledIn, type Variables } from './variables.ts'
import type { World } from './world.ts'

/** A step as `perform` takes it. */
export type Sentence = Pick<ScenarioStep, 'text'> & Partial<ScenarioStep>

/** A world, with what only the runner may do. */
export interface ScenarioWorld extends World {
  /** What is to be said if the scenario fails. */
  readonly hints: readonly string[]
  /** Turns to the next step; what it sends and notes is in the lists. */
  readonly begin: (step: ScenarioStep) => { readonly exchanges: SentExchange[]; readonly notes: string[] }
  /** Does something for a sentence inside the present step. */
  readonly within: (step: Sentence, work: () => Promise<void>) => Promise<void>
  /** Releases what lasts for a scenario. */
  readonly end: () => Promise<void>
}

/** The world of a scenario. */
export function createWorld(
  scenario: Scenario,
  feature: FeatureFile,
  context: FeatureContext,
  perform: (world: ScenarioWorld, step: Sentence) => Promise<void>,
): ScenarioWorld {
  const own = memories()
  let step: Partial<ScenarioStep> = {}
  let exchanges: SentExchange[] = []
  let notes: string[] = []
  const hints: string[] = []
  let reply: Reply | undefined
  let request = requestDraft(context.shared)
  const { environment, settings, stored } = context
  const variables: Variables = { environment, settings, stored }
  const world: ScenarioWorld = {
    target: context.target,
    get request() {
      return request
    },
    get reply() {
      if (reply === undefined) throw new Error('No request was sent yet: write `When the URL is invoked` before')
      return reply
    },
    get hasReply() {
      return reply !== undefined
    },
    variables,
    resolve: (text) => filledIn(text, variables),
    get docString() {
      return step.docString
    },
    get table() {
      return step.table
    },
    feature,
    scenario,
    folder: context.folderOf(feature.uri),
    clock: context.clock,
    signal: context.signal,
    send: async () => {
      reply = undefined
      await sendDraft(world, (answer) => {
        reply = answer
      })
    },
    withReply: async (other, work) => {
      const outer = reply
      reply = other
      try {
        await work()
      } finally {
        reply = outer
      }
    },
    sent: (exchange) => void exchanges.push(exchange),
    hide: context.secrets.hide,
    note: (text) => void notes.push(text),
    hint: (text) => void hints.push(text),
    hints,
    recall: (memory) => (memory.scope === 'scenario' ? own : context.memories).recall(memory),
    perform: (sentence) => perform(world, sentence),
    scenariosNamed: (name) => {
      const all = context.scenariosNamed(name)
      const own = all.filter(({ pickle }) => pickle.uri === feature.uri)
      return own.length > 0 ? own : all
    },
    cleanUp: async () => {
      await own.forget()
      await context.memories.forget()
      stored.clear()
      for (const [name, value] of context.begunWith) stored.set(name, value)
      Object.assign(context.shared, sharedDraft())
      request = requestDraft(context.shared)
      reply = undefined
    },
    begin: (next) => {
      step = next
      exchanges = []
      notes = []
      return { exchanges, notes }
    },
    within: async (inner, work) => {
      const outer = step
      step = inner
      try {
        await work()
      } finally {
        step = outer
      }
    },
    end: own.forget,
  }
  return world
}
