import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isProblem } from '../../kernel/problem.ts'
import { readPartHeader } from './part-header.ts'

/** The header as it comes: UTF-8, a character for each byte. */
const sent = (header: string): string => Buffer.from(header).toString('latin1')
const fileNameOf = (parameters: string): string | undefined =>
  readPartHeader(sent(`Content-Disposition: form-data; name="a"; ${parameters}`)).fileName

suite('the header of a part', () => {
  test('names the field, the file and the type', () => {
    const header = 'content-disposition:form-data;NAME=a ; FileName = "x.png"\r\nContent-Type: image/png; q=1'
    assert.deepEqual(readPartHeader(header), { name: 'a', fileName: 'x.png', type: 'image/png; q=1' })
  })

  test('is a text without a file name', () => {
    const header = '\r\nContent-Disposition: form-data; name="a b;c"'
    assert.deepEqual(readPartHeader(header), { name: 'a b;c', fileName: undefined, type: 'text/plain' })
  })

  test('may go on in the next line', () => {
    assert.equal(readPartHeader('Content-Disposition: form-data;\r\n\tname="a"').name, 'a')
  })

  const names: Record<string, [parameters: string, name: string]> = {
    'in UTF-8': ['filename="Ünïcode ☂.txt"', 'Ünïcode ☂.txt'],
    'in Latin-1': [Buffer.from('filename="caf\u00e9"', 'latin1').toString('latin1'), 'café'],
    'in its extended form': ["filename*=UTF-8''%e2%82%ac%20rates.txt", '€ rates.txt'],
    'in its extended form, with a language': ["filename*=utf-8'en'%C3%BC.txt", 'ü.txt'],
    'in its extended form as Latin-1': ["filename*=iso-8859-1''%A3.txt", '£.txt'],
    'in both forms, of which the extended one counts': ['filename="e.txt"; filename*=UTF-8\'\'%C3%A9.txt', 'é.txt'],
    'in both forms, with an unknown charset': ['filename="e.txt"; filename*=ebcdic\'\'%C3', 'e.txt'],
    'with what browsers escape': ['filename="a%22b%0D%0Ac.txt"', 'a"bc.txt'],
    'with escaped quotes': ['filename="a\\"b.txt"', 'a"b.txt'],
    'with a percent sign': ['filename="100%.txt"', '100%.txt'],
    'with a path': ['filename="../../etc/passwd"', 'passwd'],
    'with a path of Windows': ['filename="C:\\Users\\me\\x.txt"', 'x.txt'],
    'with a path in the extended form': ["filename*=UTF-8''..%2F..%2Fx", 'x'],
    'with a null': ["filename*=UTF-8''a%00b.txt", 'ab.txt'],
    'that is a folder': ['filename="a/.."', ''],
    'that is empty': ['filename=""', ''],
    'without quotes': ['filename=x.txt', 'x.txt'],
  }
  for (const [what, [parameters, name]] of Object.entries(names)) {
    test(`has a file name ${what}`, () => {
      const isLatin = what === 'in Latin-1'
      const header = `Content-Disposition: form-data; name="a"; ${parameters}`
      assert.equal(isLatin ? readPartHeader(header).fileName : fileNameOf(parameters), name)
    })
  }

  const refused: Record<string, [header: string, why: RegExp]> = {
    'no Content-Disposition': ['Content-Type: text/plain', /it has no Content-Disposition$/],
    'another disposition': ['Content-Disposition: attachment; name="a"', /is not form-data$/],
    'no name': ['Content-Disposition: form-data; filename="a"', /names no field$/],
    'two names': ['Content-Disposition: form-data; name="a"; name="b"', /gives name twice$/],
    'two file names': ['Content-Disposition: form-data; name="a"; filename=b; filename=c', /gives filename twice$/],
    'two dispositions': [
      'Content-Disposition: form-data; name="a"\r\nContent-Disposition: form-data; name="b"',
      /Content-Disposition comes twice$/,
    ],
    'a line without a colon': ['Content-Disposition: form-data; name="a"\r\nfoo', /a line that is none$/],
    'a line with a bare line feed': ['Content-Disposition: form-data; name="a\nb"', /a line that is none$/],
    'a quote that does not end': ['Content-Disposition: form-data; name="a', /cannot be read$/],
    'something between parameters': ['Content-Disposition: form-data; name="a" x; filename=b', /cannot be read$/],
    'a transfer encoding': [
      'Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64',
      /Content-Transfer-Encoding/,
    ],
  }
  for (const [what, [header, why]] of Object.entries(refused)) {
    test(`is refused with ${what}`, () => {
      assert.throws(
        () => readPartHeader(header),
        (error) => isProblem(error) && error.code === 'malformed_body' && why.test(error.detail ?? ''),
      )
    })
  }

  test('takes the transfer encodings that change nothing', () => {
    for (const coding of ['7bit', '8bit', 'BINARY']) {
      const header = `Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: ${coding}`
      assert.equal(readPartHeader(header).name, 'a')
    }
  })
})
