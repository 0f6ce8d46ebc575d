import { type Project, scalar } from './projection-leaf.ts'

type Members = Record<string, unknown>

/** Copies the declared members of an object, in declared order; what is absent or left out stays absent. */
export type Copy = (members: object) => Members

/**
 * Compiles a copy of the named members, each read by its projection.
 *
 * The copy is made by generated code where the process allows that: code of its own knows the form of its objects, while
 * one loop for all models is eight times as slow. Names go into the code as JSON texts, so that they cannot be more than
 * names. `generate: false` gives its twin, which behaves the same (`closed-copy.test.ts`).
 */
export function closedCopy(
  names: readonly string[],
  reads: readonly Project[],
  { generate = allowsCode() }: { readonly generate?: boolean } = {},
): Copy {
  return generate ? generatedCopy(names, reads) : loopedCopy(names, reads)
}

let allowed: boolean | undefined

/** Whether code may be made from text: not under `--disallow-code-generation-from-strings` and the like. */
function allowsCode(): boolean {
  try {
    allowed ??= new Function('return true')() === true
  } catch {
    allowed = false
  }
  return allowed
}

function loopedCopy(names: readonly string[], reads: readonly Project[]): Copy {
  return (members) => {
    const copy: Members = {}
    for (const [index, name] of names.entries()) {
      const member = (members as Members)[name]
      if (member === undefined || typeof member === 'function') continue
      const projected = (reads[index] ?? scalar)(member)
      if (projected !== undefined) copy[name] = projected
    }
    return copy
  }
}

function generatedCopy(names: readonly string[], reads: readonly Project[]): Copy {
  const lines = names.map((name, index) => {
    const key = JSON.stringify(name)
    // Most members are scalars, and most of these need no look inside.
    const read =
      reads[index] === scalar ? `typeof member !== 'object' ? member : read${index}(member)` : `read${index}(member)`
    return `member = members[${key}]
      if (member !== undefined && typeof member !== 'function') {
        projected = ${read}
        if (projected !== undefined) copy[${key}] = projected
      }`
  })
  const make = new Function(
    ...names.map((_, index) => `read${index}`),
    `return (members) => { const copy = {}; let member, projected; ${lines.join('\n')}; return copy }`,
  )
  return make(...reads)
}
