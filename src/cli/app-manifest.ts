import manifest from 'trestle/package.json' with { type: 'json' }

/** What a new app needs to check its types, which Trestle itself does not bring; a test keeps them equal to Trestle's own. */
export const typeTools: Readonly<Record<string, string>> = { '@types/node': '26.6.6', typescript: '7.0.2' }

/** The package.json of a new app, with the versions that this Trestle was tested with. */
export function appManifest(name: string): object {
  const { version, engines, dependencies } = manifest
  const devDependencies = Object.fromEntries(Object.entries(typeTools).map(([tool, is]) => [tool, `^${is}`]))
  return {
    name,
    version: '1.0.0',
    private: true,
    type: 'module',
    engines,
    scripts: { dev: 'trestle dev', start: 'trestle start', test: 'trestle test', types: 'tsc' },
    dependencies: { trestle: `^${version}`, zod: `^${dependencies.zod}` },
    devDependencies,
  }
}
