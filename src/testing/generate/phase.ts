/** A part of a run, in the order of the run. */
export type Phase = 'examples' | 'boundaries' | 'properties' | 'chains'
