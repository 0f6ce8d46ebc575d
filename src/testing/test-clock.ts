import { type Clock, systemClock } from '../kernel/clock.ts'

/** A moment, as a date or as its text in ISO 8601. */
export type Moment = Date | string

/** The clock of an app under test: it stands or runs, and goes where the test sends it. */
export interface TestClock extends Clock {
  /** Lets so many milliseconds pass, for `now` and for `elapsed`; timers of the machine do not notice. */
  readonly advance: (milliseconds: number) => void
  /** Goes to a moment, back too; what is measured by `elapsed` does not notice. */
  readonly set: (moment: Moment) => void
}

/** A clock that stands at a moment, goes on from another clock, or from that of the machine where nothing is given. */
export function testClock(time?: Moment | Clock): TestClock {
  const source = typeof time === 'string' || time instanceof Date ? standing(milliseconds(time)) : (time ?? systemClock)
  let ahead = 0
  let passed = 0
  return {
    now: () => new Date(source.now().getTime() + ahead),
    elapsed: () => source.elapsed() + passed,
    advance: (by) => {
      if (!(by >= 0)) throw new RangeError(`The clock cannot advance by ${by} milliseconds: use set to go back`)
      ahead += by
      passed += by
    },
    set: (moment) => {
      ahead = milliseconds(moment) - source.now().getTime()
    },
  }
}

function standing(at: number): Clock {
  return { now: () => new Date(at), elapsed: () => 0 }
}

function milliseconds(moment: Moment): number {
  const time = new Date(moment).getTime()
  if (Number.isNaN(time))
    throw new RangeError(`'${moment}' is no time: give a Date, or a text such as 2026-01-01T00:00:00Z`)
  return time
}
