import { provider } from 'trestle'

/** What is kept of a country. */
export interface Country {
  readonly id: number
  readonly name: string
  readonly capital: string
  /** In square kilometres. */
  readonly area: number
}

/** The countries of the app, the newest last. */
export const countries = provider(
  (): Country[] => [
    { id: 1, name: 'Thailand', capital: 'Bangkok', area: 513120 },
    { id: 2, name: 'Australia', capital: 'Canberra', area: 7617930 },
    { id: 3, name: 'Egypt', capital: 'Cairo', area: 1010408 },
  ],
  { scope: 'app' },
)
