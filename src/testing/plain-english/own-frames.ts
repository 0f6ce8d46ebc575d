/** Where the code of Trestle lies, as frames of stacks name it. */
const trestle = new URL('../../', import.meta.url).href

/** The frames of a stack that lie in code of the user: nobody can mend Node, packages or Trestle where a test fails. */
export function ownFrames(stack: string): readonly string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !/node:internal|node_modules|<anonymous>/.test(line))
    .filter((line) => !line.includes(trestle))
    .map((line) => line.trim())
}
