import { isDeepStrictEqual } from 'node:util'
import { type Answer, ask } from './ask.ts'
import type { Job, Question } from './jobs.ts'
import type { RunningServer } from './running.ts'

/** Fails, in one sentence, unless a server answers all of a job as agreed and refuses what it must. */
export async function verify({ contender, port }: RunningServer, job: Job): Promise<void> {
  for (const { question, answer } of job.exchanges) {
    const got = await ask(port, question)
    const json = got.type.startsWith('application/json') ? parse(got.text) : undefined
    if (got.status !== 200 || !isDeepStrictEqual(json, answer)) {
      throw new Error(
        `${contender.name} does another job: ${nameOf(question)} must be answered with 200 and ` +
          `${shorten(JSON.stringify(answer))}, but was answered with ${describe(got)}.`,
      )
    }
  }
  if (!contender.checks) return
  for (const question of job.refused) {
    const got = await ask(port, question)
    if (got.status < 400 || got.status > 499) {
      throw new Error(
        `${contender.name} does less than the others: it must refuse ${nameOf(question)}, ` +
          `but answered it with ${describe(got)}.`,
      )
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function nameOf({ method, path, body }: Question): string {
  return `${method} ${path}${body === undefined ? '' : ` with ${shorten(body)}`}`
}

function describe({ status, type, text }: Answer): string {
  return `${status}, ${type || 'no content type'} and ${shorten(text) || 'no body'}`
}

function shorten(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}...` : text
}
