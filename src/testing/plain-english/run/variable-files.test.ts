import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { parseIni } from './ini.ts'
import { readVariables, usualVariableFiles, variableOf } from './variable-files.ts'

async function folderOf(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'trestle-variables-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

suite('files of variables', () => {
  test('are the usual ones of a folder, of which later ones win', async () => {
    await using files = await folderOf({
      'config.ini': '[behave]\noptions = --verbose\n[user]\nhost = old\nport: 17010\n',
      'variables.yaml': 'host: new\nuser:\n  name: Ada\n',
      'variables.json': '{"count": 3}',
      'other.yaml': 'host: other',
    })
    const found = usualVariableFiles([files.folder])
    assert.deepEqual(await readVariables(found), { host: 'new', port: '17010', user: { name: 'Ada' }, count: 3 })
    assert.equal((await readVariables([...found, join(files.folder, 'other.yaml')])).host, 'other')
  })

  test('may be empty; one that cannot be read is named with the reason', async () => {
    await using files = await folderOf({ 'a.yaml': '', 'b.json': '[1]', 'c.ini': '[user]\nnonsense\n', 'd.json': '{' })
    const read = (name: string): Promise<unknown> => readVariables([join(files.folder, name)])
    assert.deepEqual(await read('a.yaml'), {})
    await assert.rejects(read('b.json'), /b\.json cannot be read: it holds no names with values/)
    await assert.rejects(read('c.ini'), /c\.ini cannot be read: line 2 is neither \[section\] nor name = value/)
    await assert.rejects(read('d.json'), /d\.json cannot be read: .*JSON/)
    await assert.rejects(read('none.yaml'), /none\.yaml cannot be read: there is no such file$/)
  })

  test('in INI have comments, quotes, and values with signs', () => {
    assert.deepEqual(parseIni('\uFEFF; a\n# b\r\nplain = 1\n[user]\nurl = http://a/?b=c\nquoted = " x "\nempty =\n'), {
      '': { plain: '1' },
      user: { url: 'http://a/?b=c', quoted: ' x ', empty: '' },
    })
  })

  test('may be added to by name=value, where the value may be anything', () => {
    assert.deepEqual(variableOf('--var', 'a=b=c\nd'), ['a', 'b=c\nd'])
    assert.deepEqual(variableOf('--var', 'a='), ['a', ''])
    assert.throws(() => variableOf('--var', 'a'), /--var is 'a': write it as --var name=value/)
  })
})
