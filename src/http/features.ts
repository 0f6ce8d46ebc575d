import type { Feature } from './feature.ts'

/**
 * The features of the REST channel, outermost first: the gates run in this order, and what they make of the reply comes
 * about in the opposite one.
 */
export const features: readonly Feature[] = []
