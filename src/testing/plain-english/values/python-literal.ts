/**
 * Reads a literal of Python: None, True, False, numbers, strings in either quote, lists, tuples (as lists) and dicts, nested.
 *
 * @throws Error that says where it goes wrong
 */
export function pythonLiteral(text: string): unknown {
  const reader: Reader = { text, at: 0 }
  const value = readValue(reader, 0)
  skipSpace(reader)
  if (reader.at < text.length) throw fault(reader, 'goes on where it should end')
  return value
}

interface Reader {
  readonly text: string
  at: number
}

const deepest = 200

function readValue(reader: Reader, depth: number): unknown {
  if (depth > deepest) throw fault(reader, 'is nested too deep')
  skipSpace(reader)
  const start = reader.text[reader.at]
  if (start === '[') return readItems(reader, ']', depth)
  if (start === '(') return readTuple(reader, depth)
  if (start === '{') return readDict(reader, depth)
  const string = take(reader, /[rRbBuU]?("""|'''|"|')/y)
  if (string !== undefined) return readStrings(reader, string)
  return readWord(reader)
}

const words: Readonly<Record<string, unknown>> = { None: null, True: true, False: false }

function readWord(reader: Reader): unknown {
  const number = take(
    reader,
    /[+-]?\s*(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)(?![\w.])/y,
  )
  if (number !== undefined) return numberOf(number.replaceAll(/[\s_]/g, ''))
  const word = take(reader, /[A-Za-z_]\w*/y)
  if (word !== undefined && Object.hasOwn(words, word)) return words[word]
  reader.at -= word?.length ?? 0
  throw fault(reader, word === undefined ? 'has no value' : `has '${word}', which is no value: put a text in quotes`)
}

function numberOf(text: string): number {
  const value = Number(text.replace(/^[+-]/, ''))
  return text.startsWith('-') ? -value : value
}

function readItems(reader: Reader, end: string, depth: number): unknown[] {
  return readUntil(reader, end, () => readValue(reader, depth + 1)).items
}

/** One value in parentheses without a comma is that value. */
function readTuple(reader: Reader, depth: number): unknown {
  const { items, commas } = readUntil(reader, ')', () => readValue(reader, depth + 1))
  return items.length === 1 && commas === 0 ? items[0] : items
}

function readDict(reader: Reader, depth: number): Record<string, unknown> {
  const { items } = readUntil(reader, '}', (): readonly [string, unknown] => {
    const key = readValue(reader, depth + 1)
    if (typeof key === 'object' && key !== null) throw fault(reader, 'has a key that is no text')
    expectSign(reader, ':')
    return [String(key), readValue(reader, depth + 1)]
  })
  return Object.fromEntries(items)
}

function readUntil<T>(reader: Reader, end: string, read: () => T): { readonly items: T[]; readonly commas: number } {
  const items: T[] = []
  let commas = 0
  reader.at += 1
  for (;;) {
    skipSpace(reader)
    if (reader.text[reader.at] === end) {
      reader.at += 1
      return { items, commas }
    }
    if (items.length > commas) {
      expectSign(reader, ',', end)
      commas += 1
    } else {
      items.push(read())
    }
  }
}

function expectSign(reader: Reader, sign: string, other?: string): void {
  skipSpace(reader)
  if (reader.text[reader.at] !== sign) {
    throw fault(reader, `lacks ${other === undefined ? `'${sign}'` : `'${sign}' or '${other}'`}`)
  }
  reader.at += 1
}

/** Strings behind each other are one. */
function readStrings(reader: Reader, opening: string): string {
  let value = ''
  for (let next: string | undefined = opening; next !== undefined; ) {
    value += readString(reader, next)
    skipSpace(reader)
    next = take(reader, /[rRbBuU]?("""|'''|"|')/y)
  }
  return value
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\u0007',
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
}

function readString(reader: Reader, opening: string): string {
  const isRaw = /^[rR]/.test(opening)
  const quote = opening.replace(/^[A-Za-z]/, '')
  let value = ''
  while (!reader.text.startsWith(quote, reader.at)) {
    const character = reader.text[reader.at]
    if (character === undefined) throw fault(reader, `has a text without its closing ${quote}`)
    reader.at += 1
    if (character !== '\\') value += character
    else if (isRaw) value += `\\${reader.text[reader.at++] ?? ''}`
    else value += readEscape(reader)
  }
  reader.at += quote.length
  return value
}

function readEscape(reader: Reader): string {
  const code = take(reader, /x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}/y)
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code.slice(1), 16))
  const octal = take(reader, /[0-7]{1,3}/y)
  if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8))
  const character = reader.text[reader.at] ?? ''
  reader.at += 1
  return escapes[character] ?? `\\${character}`
}

function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)?.[0]
  reader.at += found?.length ?? 0
  return found
}

function skipSpace(reader: Reader): void {
  take(reader, /\s*/y)
}

function fault({ text, at }: Reader, what: string): Error {
  return new Error(`The Python literal '${text}' ${what}, at character ${at + 1}`)
}
