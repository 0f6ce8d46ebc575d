import { lineAt, type Token, tokens } from '../../scripts/source/tokens.ts'

type Rule = { readonly pattern: RegExp; readonly why: string }

const IN_ANY_FILE: readonly Rule[] = [
  {
    pattern: /(?<![\w.})-])\/(?:work|root)\/|\/tmp\/bash_jobs/g,
    why: 'is a path of one machine: use a path relative to the file or the repository',
  },
  {
    pattern: /\bregistry\.(?:npmjs|yarnpkg|npmmirror)\.\w+|\bnpm\.pkg\.github\.com|\b[\w-]+\.(?:jfrog\.io|pkg\.dev)\b/g,
    why: 'is the address of a registry: leave it to the npm configuration of the machine',
  },
]

const IN_CODE: readonly Rule[] = [
  { pattern: /@ts-(?:ignore|nocheck)\b/g, why: 'hides errors: mend the type, or narrow the value where it enters' },
]

/** Every forbidden word in a file, with its line and the way out. */
export function wordFaults(path: string, text: string, machineWords: readonly string[] = []): readonly string[] {
  const isCode = /\.[cm]?[jt]sx?$/.test(path)
  const rules = isCode ? [...IN_ANY_FILE, ...IN_CODE] : IN_ANY_FILE
  const found = rules.flatMap(({ pattern, why }) =>
    [...text.matchAll(pattern)].map((hit) => ({ hit: hit[0], at: hit.index, why })),
  )
  for (const word of machineWords) {
    const at = text.indexOf(word)
    if (at >= 0) found.push({ hit: word, at, why: 'belongs to this machine: leave it out' })
  }
  if (isCode) found.push(...forbiddenSyntax(tokens(text)))
  return found.map(({ hit, at, why }) => `${path}:${lineAt(text, at)} '${hit}' ${why}`)
}

function forbiddenSyntax(all: readonly Token[]): { hit: string; at: number; why: string }[] {
  const isWord = (token: Token | undefined, text: string): boolean => token?.kind === 'word' && token.text === text
  return all.flatMap((token, index) => {
    const next = all[index + 1]
    if (isWord(token, 'export') && isWord(next, 'default')) {
      return [{ hit: 'export default', at: token.at, why: 'lets every importer choose another name: export a name' }]
    }
    const isEnum = isWord(token, 'enum') && next?.kind === 'word' && all[index + 2]?.text === '{'
    return isEnum ? [{ hit: 'enum', at: token.at, why: 'cannot be erased: use a union of literals' }] : []
  })
}
