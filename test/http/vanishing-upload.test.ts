import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { z } from 'zod'
import { byteStream, file } from '../../src/http/forms/models.ts'
import { post, put } from '../../src/http/rest-channel.ts'
import { isProblem } from '../../src/kernel/problem.ts'
import { service } from '../../src/kernel/service.ts'
import { multipart, partHead } from './form-body.ts'
import { RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

const half = Buffer.alloc(300_000, 1)

/** What keeps the process alive, by kind. */
function resources(): readonly string[] {
  return process.getActiveResourcesInfo().toSorted()
}

/** Waits, turn by turn, until something holds. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await turn()
}

suite('a client that goes away while it uploads', () => {
  test('leaves no file, timer or handle behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vanishing-upload-'))
    const files = async (): Promise<string[]> => {
      const own = await readdir(folder)
      return (await Promise.all(own.map((each) => readdir(join(folder, each))))).flat()
    }
    let calls = 0
    const upload = service({
      name: 'upload',
      input: z.object({ first: file(), second: file() }),
      on: post('/upload'),
      handle: () => void calls++,
    })
    try {
      await using served = await serve([upload], { uploads: { folder } })
      const before = resources()
      const connections = await Promise.all(Array.from({ length: 5 }, () => RawConnection.open(served.port)))
      for (const connection of connections) {
        connection.send(
          requestText('POST /upload', { ...multipart, 'Content-Length': '5000000' }),
          partHead({ name: 'first', fileName: 'a' }),
          half,
          '\r\n',
          partHead({ name: 'second', fileName: 'b' }),
          half,
        )
      }
      await until(async () => (await files()).length === 10)
      for (const { socket } of connections) socket.destroy()
      await until(async () => (await files()).length === 0)
      await until(() => resources().join() === before.join())
      assert.equal(calls, 0)
      assert.deepEqual(served.errors(), [])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('is an end of the stream that the service sees', async () => {
    const seen = Promise.withResolvers<unknown>()
    const upload = service({
      name: 'upload',
      input: z.object({ content: byteStream() }),
      on: put('/upload'),
      handle: async ({ input }) => {
        try {
          await input.content.bytes()
        } catch (error) {
          seen.resolve(error)
          throw error
        }
      },
    })
    await using served = await serve([upload])
    const connection = await RawConnection.open(served.port)
    connection.send(requestText('PUT /upload', { 'Content-Length': '1000' }), 'beginning')
    connection.socket.destroy()
    const error = await seen.promise
    assert.ok(isProblem(error) && error.code === 'malformed_request', String(error))
    assert.deepEqual(served.errors(), [])
  })

  test('does not keep the server from stopping', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vanishing-upload-'))
    const upload = service({
      name: 'upload',
      input: z.object({ content: file() }),
      on: post('/upload'),
      handle: () => {},
    })
    try {
      const served = await serve([upload], { uploads: { folder } })
      await using connection = await RawConnection.open(served.port)
      connection.send(
        requestText('POST /upload', { ...multipart, 'Content-Length': '5000000' }),
        partHead({ name: 'content', fileName: 'a' }),
        half,
      )
      const own = async (): Promise<string[]> => await readdir(folder)
      await until(async () => (await own()).length === 1)
      const [name = ''] = await own()
      await until(async () => (await readdir(join(folder, name))).length === 1)
      await served[Symbol.asyncDispose]()
      await until(async () => (await readdir(join(folder, name))).length === 0)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('through app.fetch leaves no file behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vanishing-upload-'))
    const upload = service({
      name: 'upload',
      input: z.object({ content: file() }),
      on: post('/upload'),
      handle: () => {},
    })
    try {
      await using served = await serve([upload], { uploads: { folder } })
      async function* cutOff(): AsyncGenerator<Uint8Array> {
        yield Buffer.concat([partHead({ name: 'content', fileName: 'a' }), half])
        throw new Error('gone')
      }
      const body = ReadableStream.from(cutOff())
      const request = new Request('http://localhost/upload', {
        method: 'POST',
        headers: multipart,
        body,
        duplex: 'half',
      })
      const reply = await served.fetch(request)
      assert.equal(reply.status, 400)
      assert.equal(((await reply.json()) as { readonly code: string }).code, 'malformed_request')
      await served.settled()
      const [name = ''] = await readdir(folder)
      assert.deepEqual(await readdir(join(folder, name)), [])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('from a process that was killed, which the next one tidies up', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vanishing-upload-'))
    const start = async (): Promise<{ readonly server: ChildProcess; readonly port: number }> => {
      const server = fork(join(import.meta.dirname, 'upload-server.ts'), [folder])
      const [{ port }] = (await once(server, 'message')) as [{ readonly port: number }]
      return { server, port }
    }
    const begin = async (port: number): Promise<RawConnection> => {
      const connection = await RawConnection.open(port)
      const head = requestText('POST /form', { ...multipart, 'Content-Length': '5000000' })
      connection.send(head, partHead({ name: 'content', fileName: 'a' }), half)
      return connection
    }
    const owners = async (): Promise<(string | undefined)[]> =>
      (await readdir(folder)).map((each) => each.split('-')[1])
    const first = await start()
    const second = await start()
    try {
      await using _first = await begin(first.port)
      await until(async () => (await owners()).length === 1)
      first.server.kill('SIGKILL')
      await once(first.server, 'exit')
      await using _second = await begin(second.port)
      await until(async () => (await owners()).join() === String(second.server.pid))
    } finally {
      second.server.disconnect()
      await once(second.server, 'exit')
      await rm(folder, { recursive: true })
    }
  })
})
