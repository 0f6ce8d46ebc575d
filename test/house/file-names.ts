const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*$/
const EMPTY_NAMES = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc'])

/** Every path inside src/ with a folder or file name that is not kebab-case, or that says nothing. */
export function nameFaults(paths: Iterable<string>): readonly string[] {
  return [...paths].flatMap((path) => {
    const parts = path.replace(/(\.test|\.d)?\.\w+$/, '').split('/')
    const badCase = parts.find((part) => !KEBAB_CASE.test(part))
    if (badCase !== undefined) return [`src/${path}: write '${badCase}' in kebab-case`]
    const empty = parts.flatMap((part) => part.split('-')).find((word) => EMPTY_NAMES.has(word))
    return empty === undefined ? [] : [`src/${path}: '${empty}' names no idea; name the file after what is in it`]
  })
}
