import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { suite, test } from 'node:test'
import { openTemporary, removeStale, uploadFolder } from './upload-folder.ts'

const here = hostname().replace(/[^\w.]/g, '_')

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' })
  await once(child, 'exit')
  return child.pid ?? 0
}

suite('the folder for temporary files', () => {
  test('is one for a process, and only its own', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'upload-folder-'))
    try {
      const [folder, again] = await Promise.all([uploadFolder(join(parent, 'new')), uploadFolder(join(parent, 'new'))])
      assert.equal(folder, again)
      assert.match(basename(folder), new RegExp(`^trestle-${process.pid}-`))
      assert.equal((await stat(folder)).mode & 0o777, 0o700)
    } finally {
      await rm(parent, { recursive: true })
    }
  })

  test('is made again when somebody has removed it', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'upload-folder-'))
    try {
      await rm(await uploadFolder(parent), { recursive: true })
      const made = await Promise.all([openTemporary(parent), openTemporary(parent)])
      for (const { path, handle } of made) {
        await handle.close()
        assert.equal((await stat(path)).size, 0)
      }
    } finally {
      await rm(parent, { recursive: true })
    }
  })

  test('is removed when its process was killed, and no other is', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'upload-folder-'))
    try {
      const dead = `trestle-${await deadPid()}-${here}-abcdef`
      const before = `trestle-${process.pid}-${here}-before`
      const kept = [
        'trestle-app',
        `trestle-${process.pid}-${here}-abcdef`,
        `trestle-${process.ppid}-${here}-abcdef`,
        `trestle-${await deadPid()}-elsewhere-abcdef`,
      ]
      for (const name of [dead, before, ...kept]) {
        await mkdir(join(parent, name))
        await writeFile(join(parent, name, 'file'), 'x')
      }
      await utimes(join(parent, before), 0, 0)
      await removeStale(parent)
      assert.deepEqual((await readdir(parent)).toSorted(), kept.toSorted())
    } finally {
      await rm(parent, { recursive: true })
    }
  })
})
