import { problem } from '../../kernel/problem.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import { toPointer } from '../../schema/finding.ts'
import type { JsonSchema } from '../../schema/schema.ts'
import { type Upload, uploadOf } from '../../schema/upload-model.ts'
import { inputSources } from '../input/input-sources.ts'
import type { RestChannel } from '../rest-channel.ts'
import { takesEmptyText } from './empty-text.ts'
import type { Limits } from './upload-settings.ts'

/** One field that a form may have, as the model declares it. */
export interface FormField {
  /** What it says of files; undefined for a text. */
  readonly upload: Upload | undefined
  readonly takesEmpty: boolean
}

/** The fields of a channel's forms, by the names under which they are sent. */
export type FormFields = ReadonlyMap<string, FormField>

export function formFields({ input }: RegisteredService, channel: RestChannel): FormFields {
  const root: JsonSchema = input?.json ?? {}
  return new Map(
    inputSources(channel, input)
      .filter((each) => each.in === 'body')
      .map(({ name, member: { schema } }) => {
        return [name, { upload: uploadOf(schema, root), takesEmpty: takesEmptyText(schema, root) }]
      }),
  )
}

/** Collects what a form holds, as texts and files by name. */
export class FormMembers {
  readonly #fields: FormFields
  readonly #limits: Limits
  readonly #members = new Map<string, string | string[] | File | File[]>()
  #texts: number = 0
  #textBytes: number = 0
  #files: number = 0

  constructor(fields: FormFields, limits: Limits) {
    this.#fields = fields
    this.#limits = limits
  }

  /** What the form holds; fields that nobody has filled in are not there. */
  get all(): Record<string, unknown> {
    return Object.fromEntries(this.#members)
  }

  /** Counts a text that comes. @throws Problem `body_too_large` when there are too many */
  countText(): void {
    assertAtMost(++this.#texts, this.#limits.fields, 'text')
  }

  /** Counts a file that comes. @throws Problem `body_too_large` when there are too many */
  countFile(): void {
    assertAtMost(++this.#files, this.#limits.files, 'file')
  }

  /** Counts bytes of a text that come. @throws Problem `body_too_large` when all texts together are too large */
  countTextBytes(size: number): void {
    this.#textBytes += size
    const { textsLimit } = this.#limits
    if (this.#textBytes > textsLimit) {
      throw problem('body_too_large', `The texts of the form may measure ${textsLimit} bytes`)
    }
  }

  addText(name: string, text: string): void {
    // No later copy of the members may reach a prototype.
    if (name === '__proto__' || (text === '' && this.#fields.get(name)?.takesEmpty === false)) return
    const known = this.#members.get(name)
    if (known === undefined) this.#members.set(name, text)
    else if (typeof known === 'string') this.#members.set(name, [known, text])
    else (known as string[]).push(text)
  }

  addFile(name: string, { list }: Upload, file: File): void {
    const known = this.#members.get(name)
    if (list && known === undefined) this.#members.set(name, [file])
    else if (list) (known as File[]).push(file)
    else this.#members.set(name, file)
  }

  /** @throws Problem `invalid_input` when there is no room for another file of the name */
  makeRoom(name: string, { list, most = Number.POSITIVE_INFINITY }: Upload): void {
    const known = this.#members.get(name)
    const count = Array.isArray(known) ? known.length : known === undefined ? 0 : 1
    if (count < (list ? most : 1)) return
    const finding = { in: 'body', path: toPointer([name]) } as const
    throw problem('invalid_input', undefined, {
      findings: [
        list
          ? { ...finding, code: 'too_big', message: `must have at most ${most} ${most === 1 ? 'item' : 'items'}` }
          : { ...finding, code: 'repeated', message: 'must be given once' },
      ],
    })
  }
}

function assertAtMost(count: number, most: number, what: string): void {
  if (count > most) throw problem('body_too_large', `The form may hold ${most} ${what}${most === 1 ? '' : 's'}`)
}
