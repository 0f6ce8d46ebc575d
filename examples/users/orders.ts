import { provider } from 'trestle'

/** What is kept of an order. */
export interface Order {
  readonly id: number
  readonly user_id: number
  readonly item: string
  readonly quantity: number
  readonly created_at: string
}

/** The orders of the app: the admin has made two. */
export const orders = provider(
  (): readonly Order[] => [
    { id: 1, user_id: 1, item: 'lamp', quantity: 2, created_at: '2026-01-05T09:30:00.000Z' },
    { id: 2, user_id: 1, item: 'desk', quantity: 1, created_at: '2026-02-10T14:00:00.000Z' },
  ],
  { scope: 'app' },
)
