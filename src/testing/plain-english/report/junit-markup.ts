import { escaped } from './markup.ts'

/** What became of a case, such as a `failure`, with its message and a text. */
export function element(name: string, message: string, text: string = message): string {
  return `      <${name} ${attributes({ message })}>${escaped(text)}</${name}>\n`
}

/** Attributes as they are written; line breaks stay. */
export function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`)
    .join(' ')
}
