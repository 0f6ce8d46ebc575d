import { parseArgs } from 'node:util'
import { type JobName, jobs } from './jobs.ts'
import { type ServerName, servers } from './servers.ts'

/** What one run of the bench does. */
export interface Settings {
  readonly help: boolean
  /** Asked for by name; without it, all that can run and fit `budget`. */
  readonly servers: readonly ServerName[] | undefined
  readonly jobs: readonly JobName[]
  readonly rounds: number
  /** Of load in each round, for each server and job. */
  readonly seconds: number
  /** Of load before the first round, for each server and job. */
  readonly warmUp: number
  /** How often each server is started, to take the best start-up time. */
  readonly starts: number
  readonly connections: number
  readonly json: string | undefined
  /** The seconds that a run may take, by estimate. */
  readonly budget: number | undefined
}

/** The command line is wrong: the message says how, and the exit code is 2. */
export class UsageError extends Error {}

const jobNames = jobs.map((job) => job.name)
const serverNames = servers.map((server) => server.name)

export const help: string = `Runs Trestle and its peers on the same three jobs and prints what each costs.

  npm run bench -- [options]

  --quick          under a minute: fewer and shorter rounds, and only as many servers as fit
  --servers <a,b>  only these: ${serverNames.join(', ')}
  --jobs <a,b>     only these: ${jobNames.join(', ')}
  --rounds <n>     rounds for each server and job (5; quick: 3)
  --seconds <n>    seconds of load in each round (4; quick: 1)
  --json <file>    also writes everything measured to a file
  --help           shows this`

/** Reads the command line; throws {@link UsageError}. */
export function readOptions(args: readonly string[]): Settings {
  const given = parse(args)
  const quick = given.quick ?? false
  const rounds = given.rounds === undefined ? undefined : toNumber('--rounds', given.rounds)
  if (rounds !== undefined && !Number.isInteger(rounds)) throw new UsageError('--rounds takes a whole number.')
  return {
    help: given.help ?? false,
    servers: given.servers === undefined ? undefined : toNames('--servers', given.servers, serverNames),
    jobs: given.jobs === undefined ? jobNames : toNames('--jobs', given.jobs, jobNames),
    rounds: rounds ?? (quick ? 3 : 5),
    seconds: given.seconds === undefined ? (quick ? 1 : 4) : toNumber('--seconds', given.seconds),
    warmUp: quick ? 0.5 : 2,
    starts: quick ? 3 : 5,
    connections: 64,
    json: given.json,
    budget: quick ? 50 : undefined,
  }
}

function parse(args: readonly string[]): Given {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean' },
        servers: { type: 'string' },
        jobs: { type: 'string' },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    // Only the first sentence of Node's message is about the mistake; the rest is advice on quoting.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\.?\s*\n|\. |\.$/)
    throw new UsageError(`${sentence}; --help shows the options.`)
  }
}

interface Given {
  readonly quick?: boolean
  readonly servers?: string
  readonly jobs?: string
  readonly rounds?: string
  readonly seconds?: string
  readonly json?: string
  readonly help?: boolean
}

function toNumber(option: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!(value > 0 && value <= 3600)) throw new UsageError(`${option} takes a number above 0, up to 3600.`)
  return value
}

function toNames<Name extends string>(option: string, text: string, known: readonly Name[]): readonly Name[] {
  const names = new Set(text.split(',').map((name) => name.trim()))
  const unknown = [...names].find((name) => !known.some((candidate) => candidate === name))
  if (unknown !== undefined) {
    throw new UsageError(`${option} does not know ${JSON.stringify(unknown)}: choose from ${known.join(', ')}.`)
  }
  return known.filter((name) => names.has(name))
}
