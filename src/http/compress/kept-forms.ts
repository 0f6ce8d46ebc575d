import type { Awaitable } from '../../kernel/chain.ts'
import type { Coding } from './compress-settings.ts'

/** Hands out the compressed form of a body that is kept, or makes it and keeps it beside. */
export type Forms = (coding: Coding, make: () => Awaitable<Uint8Array>) => Awaitable<Uint8Array>

const formsOf = new WeakMap<Uint8Array, Forms>()

/** Says where the compressed forms of a body are kept. */
export function keepForms(body: Uint8Array, forms: Forms): void {
  formsOf.set(body, forms)
}

/** The compressed form of a body: the one that is kept, where there is any; else what is made. */
export function formOf(
  body: string | Uint8Array,
  coding: Coding,
  make: () => Awaitable<Uint8Array>,
): Awaitable<Uint8Array> {
  const forms = typeof body === 'string' ? undefined : formsOf.get(body)
  return forms === undefined ? make() : forms(coding, make)
}
