/** The regular expression of a text. @throws Error when it is none */
export function patternOf(text: string): RegExp {
  try {
    return new RegExp(text, 'u')
  } catch (error) {
    throw new Error(`"${text}" is no regular expression: ${error instanceof Error ? error.message : String(error)}`)
  }
}
