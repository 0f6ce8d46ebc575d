/** Whether two types are one and the same, so that `any` and unions that are too wide do not pass for them. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** The compiler accepts only `true`: `proves<Equal<A, B>>(true)`. */
export function proves<Fact extends true>(fact: Fact): Fact {
  return fact
}
