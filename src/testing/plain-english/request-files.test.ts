import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { namedFile, withAbove } from './request-files.ts'

async function textOf(folder: string, name: string): Promise<string> {
  const { content } = await namedFile({ folder }, name, ['json/request'], '.json')
  return new TextDecoder().decode(content)
}

suite('a file that a step names', () => {
  test('is looked for beside the feature, and above it up to the folder features', async () => {
    await using stack = new AsyncDisposableStack()
    const root = await mkdtemp(join(tmpdir(), 'trestle-'))
    stack.defer(() => rm(root, { recursive: true }))
    const inner = join(root, 'features', 'orders')
    await mkdir(join(root, 'features', 'json', 'request'), { recursive: true })
    await mkdir(join(inner, 'json', 'request', 'folder.json'), { recursive: true })
    await writeFile(join(root, 'features', 'json', 'request', 'order.json'), 'shared')
    await writeFile(join(root, 'features', 'plain.json'), 'plain')
    await writeFile(join(root, 'outside.json'), 'outside')
    assert.equal(await textOf(inner, 'order.json'), 'shared')
    assert.equal(await textOf(inner, 'order'), 'shared')
    assert.equal(await textOf(inner, 'plain'), 'plain')
    await writeFile(join(inner, 'json', 'request', 'order.json'), 'own')
    assert.equal(await textOf(inner, 'order'), 'own')
    for (const name of ['outside.json', 'folder.json']) {
      await assert.rejects(
        textOf(inner, name),
        new RegExp(`There is no file "${name}" beside the feature: looked for `),
      )
    }
  })
  test('is only beside a feature that is in no folder of that name', () => {
    assert.deepEqual(withAbove(join('a', 'b')), [join('a', 'b')])
    assert.deepEqual(withAbove(join('a', 'features', 'b')), [join('a', 'features', 'b'), join('a', 'features')])
  })
})
