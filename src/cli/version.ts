import manifest from 'trestle/package.json' with { type: 'json' }

/** The version of Trestle that runs. */
export const version: string = manifest.version
