/** One part of a form, as it is sent. */
export interface SentPart {
  readonly name: string
  readonly content: string | Uint8Array
  /** Makes the part a file. */
  readonly fileName?: string
  readonly type?: string
}

export const boundary = 'X-test-X'
export const multipart: Readonly<Record<string, string>> = {
  'Content-Type': `multipart/form-data; boundary=${boundary}`,
}

/** The bytes of a form. */
export function formBody(parts: readonly SentPart[]): Buffer {
  return Buffer.concat([...parts.flatMap((part) => [partHead(part), bytesOf(part.content), Buffer.from('\r\n')]), end])
}

/** The bytes in front of the content of a part. */
export function partHead({ name, fileName, type }: Omit<SentPart, 'content'>): Buffer {
  const file = fileName === undefined ? '' : `; filename="${fileName}"`
  const contentType = type === undefined ? '' : `Content-Type: ${type}\r\n`
  return Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${contentType}\r\n`)
}

const end = Buffer.from(`--${boundary}--\r\n`)

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content
}
