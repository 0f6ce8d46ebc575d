/** One package of package-lock.json, as far as the house cares. */
export type LockedPackage = {
  readonly version?: string
  readonly link?: boolean
  readonly integrity?: string
  readonly resolved?: string
  readonly hasInstallScript?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Every package of a lock file that could run code at install, is not pinned by content, or names a machine's registry. */
export function lockFaults(packages: Readonly<Record<string, LockedPackage>>): readonly string[] {
  return Object.entries(packages).flatMap(([path, locked]) => {
    // The root and the workspaces are ours; a link points to a workspace.
    if (!path.includes('node_modules/') || locked.link === true) return []
    const faults: string[] = []
    if (locked.hasInstallScript === true) {
      faults.push(`${path} runs a script when it is installed: replace the package, or override it in package.json`)
    }
    if (locked.integrity === undefined) {
      faults.push(`${path} has no integrity: delete its entry and run npm install, so that its content is pinned`)
    }
    if (locked.resolved !== undefined) {
      faults.push(
        `${path} has a resolved address: run npm install with the .npmrc of the repository, which leaves addresses out`,
      )
    }
    return faults
  })
}

/** Version ranges by package name, in each group of a package.json. */
export type DependencyGroups = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * Every optional dependency that the lock file leaves out. npm writes such a file when the registry has no such version,
 * and `npm ci` then refuses it on every machine.
 */
export function missingOptionals(packages: Readonly<Record<string, LockedPackage>>): readonly string[] {
  const locked = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/'))))
  return Object.entries(packages).flatMap(([path, { version, optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !locked.has(`node_modules/${name}`))
      .map(
        (name) =>
          `${path || 'package.json'} ${version ?? ''} wants ${name}, which is not in the lock file, so npm ci fails: choose a version that has it`,
      ),
  )
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/

/** Every dependency that is not one exact version. */
export function versionFaults(groups: DependencyGroups): readonly string[] {
  return Object.entries(groups).flatMap(([group, versions]) =>
    Object.entries(versions)
      .filter(([, version]) => !EXACT.test(version))
      .map(([name, version]) => `${group}: ${name} is '${version}': write one exact version, as in 1.2.3`),
  )
}

/** Says so when the packages that carry Node for each platform are not one version. */
export function nodeFaults(binaries: Readonly<Record<string, string>>): readonly string[] {
  const found = Object.entries(binaries).filter(([name]) => /^node-(bin-)?(linux|darwin|win)-/.test(name))
  if (new Set(found.map(([, version]) => version)).size === 1) return []
  const list = found.map(([name, version]) => `${name} ${version}`).join(', ') || 'none'
  return [`The packages that carry Node must all be one version, but are: ${list}`]
}
