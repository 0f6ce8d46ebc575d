import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { formBody, multipart, partHead } from './form-body.ts'
import { ask, jsonOf, RawConnection, type RawReply, requestText } from './raw-connection.ts'

const gigabyte = 1024 ** 3
/** V8 lets some 64 MiB of buffers gather that nobody needs any more, before it looks for them; here 51 to 56 were seen. */
const slack = 128 * 1024 ** 2
const nothing = Buffer.alloc(0)
const formEnd = Buffer.concat([Buffer.from('\r\n'), formBody([])])
const zeros = Buffer.alloc(256 * 1024)

/** Writes a gigabyte as fast as the other end takes it. */
async function writeGigabyte(socket: Socket): Promise<void> {
  for (let left = gigabyte; left > 0; left -= zeros.length) {
    if (!socket.write(zeros)) await once(socket, 'drain')
  }
}

async function upload(port: number, line: string, head: Buffer, tail: Buffer): Promise<RawReply> {
  await using connection = await RawConnection.open(port)
  const length = String(head.length + gigabyte + tail.length)
  const headers = line.startsWith('POST') ? multipart : {}
  connection.send(requestText(line, { ...headers, 'Content-Length': length }), head)
  await writeGigabyte(connection.socket)
  connection.send(tail)
  return await connection.reply()
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`
}

test('a gigabyte costs no memory, in a form and as a whole body', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'upload-memory-'))
  const server = fork(join(import.meta.dirname, 'upload-server.ts'), [folder])
  try {
    const [{ port }] = (await once(server, 'message')) as [{ readonly port: number }]
    const peak = async (): Promise<number> => Number(jsonOf(await ask(port, 'GET /memory')).peak)
    // What the first call of each kind loads and compiles is no part of it.
    await ask(port, 'POST /form', multipart, formBody([{ name: 'content', content: 'x', fileName: 'x' }]))
    await ask(port, 'PUT /raw', {}, 'x')
    const before = await peak()

    const form = await upload(port, 'POST /form', partHead({ name: 'content', fileName: 'zeros' }), formEnd)
    assert.deepEqual(jsonOf(form), { size: gigabyte })
    const after = await peak()
    assert.ok(after - before < slack, `the server grew by ${mebibytes(after - before)}`)

    const raw = await upload(port, 'PUT /raw', nothing, nothing)
    assert.deepEqual(jsonOf(raw), { size: gigabyte })
    const more = (await peak()) - after
    assert.ok(more < slack / 2, `with the next gigabyte the server grew by ${mebibytes(more)}`)
  } finally {
    server.disconnect()
    await once(server, 'exit')
    assert.deepEqual(await readdir(folder), [], 'a process that ends takes its temporary files along')
    await rm(folder, { recursive: true })
  }
})
