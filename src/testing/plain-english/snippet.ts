import type { ScenarioStep } from './feature-file.ts'

/**
 * A ready step in TypeScript for a sentence that no step has: quoted texts and numbers become placeholders. The sentence that
 * was probably meant stands above it.
 */
export function snippetFor({ text, docString, table }: ScenarioStep, near?: string): string {
  const phrase = text
    .replaceAll(/[\\/(){}]/g, '\\$&')
    .replaceAll(/"[^"]*"/g, '{text}')
    .replaceAll(/(?<![\w{])\d+\.\d+(?!\w)/g, '{float}')
    .replaceAll(/(?<![\w{])\d+(?!\w)/g, '{int}')
  const kinds = [...phrase.matchAll(/(?<!\\)\{(\w+)\}/g)].map(([, kind = '']) => kind)
  const names = kinds.map((kind, index) => (kinds.length === 1 ? kind : `${kind}${index + 1}`))
  const given = [
    ...(docString === undefined ? [] : ['world.docString']),
    ...(table === undefined ? [] : ['world.table']),
  ]
  const hint = given.length === 0 ? '' : ` // ${given.join(', ')}`
  return [
    ...(near === undefined ? [] : [`// Did you mean: ${near}`]),
    'export const mine = step({',
    `  phrase: '${phrase.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}',`,
    `  run: (${['world', ...names].join(', ')}) => {${hint}`,
    '    throw new Pending()',
    '  },',
    '})',
  ].join('\n')
}
