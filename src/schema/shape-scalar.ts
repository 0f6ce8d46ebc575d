import type { Shape } from './shape.ts'

/** The shape of what can only be a text, a number, a boolean or null: no inside of it is declared. */
export const scalarShape: Shape = { object: undefined, list: undefined, choice: undefined }
