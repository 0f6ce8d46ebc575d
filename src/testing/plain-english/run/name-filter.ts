import { RunFault, reasonOf } from './run-fault.ts'

/**
 * Whether a name contains one of the texts, in any case, or fits one of the patterns between slashes; every name does when
 * there are none.
 *
 * @throws RunFault for a pattern that is none
 */
export function nameFilter(texts: readonly string[]): (name: string) => boolean {
  if (texts.length === 0) return () => true
  const tests = texts.map((text) => {
    const [, pattern, flags] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? []
    if (pattern !== undefined) return patternTest(text, pattern, flags ?? '')
    const wanted = text.toLowerCase()
    return (name: string) => name.toLowerCase().includes(wanted)
  })
  return (name) => tests.some((fits) => fits(name))
}

function patternTest(text: string, source: string, flags: string): (name: string) => boolean {
  try {
    const pattern = new RegExp(source, flags.replaceAll(/[gy]/g, ''))
    return (name) => pattern.test(name)
  } catch (error) {
    throw new RunFault([`${text} is no pattern (${reasonOf(error)}): mend it, or leave the slashes out`], true)
  }
}
