import type { Awaitable } from '../../kernel/chain.ts'
import type { JsonSchema } from '../../schema/schema.ts'
import { csvWriter } from './csv-text.ts'
import { htmlPage } from './html-page.ts'
import { jsonWriter } from './json-text.ts'
import type { ReplyFormat, RepresentationSettings } from './representation-settings.ts'
import { sentValue } from './sent-value.ts'
import { xmlWriter } from './xml/xml-writer.ts'

/** What is written, and how. */
export interface Written {
  /** What the values are; undefined where no model says it. */
  readonly schema: JsonSchema | undefined
  /** What references in the schema lead into. */
  readonly root: JsonSchema
  readonly settings: RepresentationSettings
  /** What the service does, in a few words. */
  readonly title: string
}

/** Writes a value; undefined where there is nothing to send. */
export type Write = (
  value: unknown,
  parameters: Readonly<Record<string, string>>,
) => Awaitable<string | Uint8Array | undefined>

/** A representation that Trestle can make of any output. */
export interface Format {
  /** The media types, the first of which is sent where a client does not care. */
  readonly types: readonly string[]
  /** Whether it is made of the output alone, never of an envelope. */
  readonly bare?: true
  /** Whether its texts have no structure that a schema could describe. */
  readonly opaque?: true
  /** Compiles the writing of one channel's outputs. */
  readonly compile: (written: Written) => Write
}

/** The representations of replies, by name. */
export const formats: Readonly<Record<ReplyFormat, Format>> = {
  json: { types: ['application/json'], compile: ({ settings }) => jsonWriter(settings.json) },
  xml: {
    types: ['application/xml', 'text/xml'],
    compile: ({ schema, root }) => present(xmlWriter(schema ?? {}, root)),
  },
  yaml: {
    types: ['application/yaml'],
    compile: () =>
      present(async (value) => {
        const { yamlText } = await import('./yaml/yaml-text.ts')
        return yamlText(value)
      }),
  },
  csv: {
    types: ['text/csv'],
    bare: true,
    opaque: true,
    compile: ({ schema, settings }) => present(csvWriter(schema, settings.csv)),
  },
  text: { types: ['text/plain'], bare: true, opaque: true, compile: () => present(plainText) },
  html: { types: ['text/html'], opaque: true, compile: ({ title }) => present((value) => htmlPage(value, title)) },
}

function present(write: (value: unknown) => Awaitable<string>): Write {
  return (value) => (value === undefined ? undefined : write(value))
}

function plainText(value: unknown): string {
  const sent = sentValue(value)
  return typeof sent === 'object' && sent !== null ? JSON.stringify(sent, null, 2) : String(sent)
}
