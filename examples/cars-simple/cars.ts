import { provider } from 'trestle'

/** What is kept of a car. */
export interface Car {
  readonly id: number
  readonly model: string
  readonly color: string
}

/** The cars of the app, by the ids that clients choose. */
export const cars = provider(() => new Map<number, Car>(), { scope: 'app' })
