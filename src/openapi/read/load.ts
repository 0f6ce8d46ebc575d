import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundled } from './bundle.ts'
import { DocumentError } from './document-error.ts'
import { parseDocument } from './parse-document.ts'
import type { ReadApi } from './read-api.ts'
import { readOpenApi } from './read-open-api.ts'

const patience = 30_000

/**
 * Reads the API that a document describes, with all other documents that it refers to. The place is a file or an `http`
 * or `https` address; the text is JSON or YAML.
 *
 * @throws DocumentError where a document cannot be read, or is not as OpenAPI says
 */
export async function loadApi(place: string): Promise<ReadApi> {
  return readOpenApi(await loadDocument(place))
}

/** Reads a document as data; documents that it refers to are put into it, in `x-documents`. */
export async function loadDocument(place: string): Promise<unknown> {
  const { address, authorization } = placeOf(place)
  const read = (at: URL): Promise<unknown> => readAt(at, at.origin === address.origin ? authorization : undefined)
  return await bundled(address, await read(address), async (other, pointer) => {
    // What comes over the network must not make this machine read its own files.
    if (other.protocol === 'file:' && address.protocol !== 'file:') {
      throw new DocumentError(
        `In ${address}, ${pointer} refers to the file ${other}: it can refer to addresses only.`,
        pointer,
      )
    }
    return await read(other).catch((error: unknown) => {
      if (!(error instanceof DocumentError)) throw error
      const message = `${error.message.replace(/\.$/, '')} (${pointer} refers to it).`
      throw Object.assign(new DocumentError(message, pointer), { cause: error })
    })
  })
}

/** Whether a text is the address of a document, and not the path of a file. */
export function isAddress(place: string): boolean {
  return /^https?:\/\//i.test(place)
}

/** The address of a document; credentials in it are sent to its server, and stand in no message. */
function placeOf(place: string): { readonly address: URL; readonly authorization: string | undefined } {
  if (!isAddress(place)) return { address: pathToFileURL(resolve(place)), authorization: undefined }
  if (!URL.canParse(place)) throw unreadable(place, 'it is no valid address')
  const address = new URL(place)
  const { username, password } = address
  address.username = ''
  address.password = ''
  const credentials = [username, password].map(decodeURIComponent).join(':')
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`
  return { address, authorization: credentials === ':' ? undefined : authorization }
}

async function readAt(address: URL, authorization: string | undefined): Promise<unknown> {
  if (address.protocol === 'file:') {
    const path = fileURLToPath(address)
    return parseDocument(await readText(path), path)
  }
  if (address.protocol !== 'http:' && address.protocol !== 'https:') {
    throw unreadable(address.href, `${address.protocol} is none of http:, https: and file:`)
  }
  return parseDocument(await fetchText(address.href, authorization), address.href)
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw unreadable(path, reasonOf(error), error)
  }
}

async function fetchText(address: string, authorization: string | undefined): Promise<string> {
  const reply = await fetch(address, {
    headers: {
      accept: 'application/json, application/yaml;q=0.9, */*;q=0.5',
      ...(authorization !== undefined && { authorization }),
    },
    signal: AbortSignal.timeout(patience),
  }).catch((error: unknown) => {
    throw unreadable(address, reasonOf(error), error)
  })
  if (!reply.ok) {
    await reply.body?.cancel()
    const document = new URL('/openapi.json', address).href
    const hint = reply.status === 404 && address !== document ? `; is it at ${document}?` : ''
    throw unreadable(address, `the server answers ${reply.status}${hint}`)
  }
  return await reply.text().catch((error: unknown) => {
    throw unreadable(address, reasonOf(error), error)
  })
}

function unreadable(place: string, why: string, cause?: unknown): DocumentError {
  return Object.assign(
    new DocumentError(`The API description ${place} cannot be read: ${why}${why.endsWith('?') ? '' : '.'}`, '#'),
    { cause },
  )
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the server closed the connection',
  ENOTFOUND: 'no such host is known',
  EAI_AGAIN: 'the name server did not answer',
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `nothing came within ${patience / 1000} seconds`
  // `fetch` hides the reason behind 'fetch failed'.
  const { cause } = error
  const code = Reflect.get(error, 'code') ?? (cause instanceof Error && Reflect.get(cause, 'code'))
  return reasons[String(code)] ?? ((cause instanceof Error && cause.message) || error.message)
}
