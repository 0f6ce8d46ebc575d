/** A text as part of a step, in quotes. */
export function quoted(text: string): string {
  return `"${literal(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** What looks like the name of something stored is meant as it is. */
function literal(text: string): string {
  return text.replaceAll(/[$@#](?=\{)/g, '\\$&').replace(/^[$@#](?=\w)/, '\\$&')
}
