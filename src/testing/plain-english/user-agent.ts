import manifest from 'trestle/package.json' with { type: 'json' }

/** How requests of tests say who they are, if no step says it. */
export const userAgent: string = `trestle-test/${manifest.version}`
