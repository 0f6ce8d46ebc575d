/** Whether a host, with a port or without, is one that the app serves. */
export type IsAllowed = (host: string) => boolean

/** The names of the machine itself, by which it is called while an app is being written. */
const local = ['localhost', '*.localhost', '127.0.0.1', '[::1]']

/** Whether an entry is a host without a port, or `*.` and a domain, which stands for all hosts in it. */
export function isHostEntry(entry: string): boolean {
  return /^(?:\*\.)?[\w-]+(?:\.[\w-]+)*$|^\[[\da-f:.]+\]$/i.test(entry)
}

/** Compiles a list of entries, each as {@link isHostEntry} has it. */
export function allowedHosts(entries: readonly string[], development: boolean): IsAllowed {
  const all = [...entries, ...(development ? local : [])].map((each) => each.toLowerCase())
  const names = new Set(all.filter((each) => !each.startsWith('*')))
  const endings = all.filter((each) => each.startsWith('*')).map((each) => each.slice(1))
  return (host) => {
    const name = host.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
    return names.has(name) || endings.some((ending) => name.endsWith(ending) && name.length > ending.length)
  }
}
