import { styleText } from 'node:util'

/** Colours a text, or leaves it alone. */
export type Paint = (style: 'green' | 'red' | 'yellow' | 'cyan' | 'gray' | 'bold', text: string) => string

/** Colours for a terminal that shows them; plain text for anything else. */
export function paintFor(colors: boolean): Paint {
  return (style, text) => (colors ? styleText(style, text, { validateStream: false }) : text)
}
