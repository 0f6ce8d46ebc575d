import type { StepFamily } from '../steps/all-steps.ts'
import { featureGrammar } from './grammar.ts'
import { completions, snippetFile } from './snippets.ts'

/** The name of the extension, by which its folder is known. */
export const extensionName = 'trestle-features'

/**
 * The files of an editor extension by their paths: grammar and sentences of feature files. The folder is an extension
 * of VS Code and those that take its extensions, and a TextMate bundle for the editors of JetBrains.
 */
export function editorFiles(families: readonly StepFamily[], version: string): Readonly<Record<string, string>> {
  const offered = completions(families)
  const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`
  return {
    'package.json': json(manifest(version)),
    'language-configuration.json': json(language),
    'syntaxes/feature.tmLanguage.json': json(featureGrammar()),
    'snippets/steps.json': json(snippetFile(offered)),
    'completions.json': json(offered),
  }
}

const language = {
  comments: { lineComment: '#' },
  brackets: [
    ['<', '>'],
    ['{', '}'],
  ],
  autoClosingPairs: [
    { open: '"', close: '"' },
    { open: '{', close: '}' },
    { open: '"""', close: '"""' },
  ],
  surroundingPairs: [['"', '"']],
}

function manifest(version: string): object {
  return {
    name: extensionName,
    displayName: 'Trestle features',
    description: 'Colours and sentences of plain-English API tests',
    publisher: 'trestle',
    version,
    license: 'MIT',
    engines: { vscode: '^1.80.0' },
    categories: ['Programming Languages', 'Snippets'],
    contributes: {
      languages: [
        {
          id: 'feature',
          aliases: ['Feature', 'Gherkin'],
          extensions: ['.feature'],
          configuration: './language-configuration.json',
        },
      ],
      grammars: [
        { language: 'feature', scopeName: 'text.trestle.feature', path: './syntaxes/feature.tmLanguage.json' },
      ],
      snippets: [{ language: 'feature', path: './snippets/steps.json' }],
    },
  }
}
