import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get, post } from '../../src/http/rest-channel.ts'
import { notFound } from '../../src/kernel/problem.ts'
import { service } from '../../src/kernel/service.ts'
import { createApp } from '../../src/platform/app.ts'
import { ask, headerOf, RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

suite('work behind the reply', () => {
  test('runs when the client has the reply, in order', async () => {
    const gate = Promise.withResolvers<void>()
    const steps: string[] = []
    const order = service({
      name: 'order',
      output: z.string(),
      on: get('/order'),
      handle: ({ afterReply }) => {
        afterReply(async () => {
          await gate.promise
          steps.push('first')
        })
        afterReply(() => void steps.push('second'))
        steps.push('handled')
        return 'done'
      },
    })
    await using served = await serve([order])
    // The work waits for what only happens once the reply is there.
    const reply = await ask(served.port, 'GET /order')
    assert.equal(reply.body.toString(), '"done"')
    assert.deepEqual(steps, ['handled'])
    gate.resolve()
    await served.settled()
    assert.deepEqual(steps, ['handled', 'first', 'second'])
  })

  test('does not hold up the connection', async () => {
    const gate = Promise.withResolvers<void>()
    const slow = service({
      name: 'slow',
      on: get('/slow'),
      handle: ({ afterReply }) => afterReply(() => gate.promise),
    })
    await using served = await serve([slow])
    await using connection = await RawConnection.open(served.port)
    for (let count = 0; count < 3; count++) {
      connection.send(requestText('GET /slow'))
      assert.equal((await connection.reply()).status, 204)
    }
    gate.resolve()
  })

  test('runs through app.fetch too', async () => {
    const steps: string[] = []
    const later = service({
      name: 'later',
      output: z.string(),
      on: get('/later'),
      handle: ({ afterReply }) => {
        afterReply(() => void steps.push('worked'))
        return 'done'
      },
    })
    await using served = await serve([later])
    const reply = await served.fetch(new Request('http://localhost/later'))
    assert.equal(await reply.text(), '"done"')
    await served.settled()
    assert.deepEqual(steps, ['worked'])
  })

  test('may ask for more work', async () => {
    const steps: string[] = []
    const nested = service({
      name: 'nested',
      on: get('/nested'),
      handle: ({ afterReply }) =>
        afterReply(() => {
          steps.push('first')
          afterReply(() => void steps.push('second'))
        }),
    })
    await using served = await serve([nested])
    await ask(served.port, 'GET /nested')
    await served.settled()
    assert.deepEqual(steps, ['first', 'second'])
  })

  const failures: Record<string, [status: number, fail: () => never]> = {
    'a problem': [404, () => notFound('There is none')],
    'an error': [
      500,
      () => {
        throw new Error('broken')
      },
    ],
  }
  for (const [what, [status, fail]] of Object.entries(failures)) {
    test(`does not run when the call ends in ${what}`, async () => {
      const steps: string[] = []
      const failing = service({
        name: 'failing',
        on: get('/failing'),
        handle: ({ afterReply }) => {
          afterReply(() => void steps.push('worked'))
          fail()
        },
      })
      await using served = await serve([failing])
      assert.equal((await ask(served.port, 'GET /failing')).status, status)
      await served.settled()
      assert.deepEqual(steps, [])
    })
  }

  test('that fails is logged with the cid, and does not stop the rest', async () => {
    const steps: string[] = []
    const broken = service({
      name: 'broken',
      on: get('/broken'),
      handle: ({ afterReply }) => {
        afterReply(() => {
          throw new Error('no mail server')
        })
        afterReply(() => Promise.reject(new Error('still none')))
        afterReply(() => void steps.push('worked'))
      },
    })
    await using served = await serve([broken])
    const reply = await ask(served.port, 'GET /broken')
    assert.equal(reply.status, 204)
    await served.settled()
    assert.deepEqual(steps, ['worked'])
    assert.deepEqual(
      served.errors().map(({ message, fields }) => [message, fields.cid, fields.service]),
      ['no mail server', 'still none'].map((why) => [
        `work of broken behind its reply failed: ${why}`,
        headerOf(reply, 'x-correlation-id'),
        'broken',
      ]),
    )
  })

  test('is shared with the services that the call invokes', async () => {
    const steps: string[] = []
    const inner = service({
      name: 'inner',
      handle: ({ afterReply }) => afterReply(() => void steps.push('inner')),
    })
    const outer = service({
      name: 'outer',
      on: post('/outer'),
      handle: async ({ invoke, afterReply }) => {
        await invoke(inner)
        afterReply(() => void steps.push('outer'))
        steps.push('handled')
      },
    })
    await using served = await serve([inner, outer])
    await ask(served.port, 'POST /outer')
    await served.settled()
    assert.deepEqual(steps, ['handled', 'inner', 'outer'])
  })

  test('runs behind app.invoke, and closing the app waits for it', async () => {
    const gate = Promise.withResolvers<void>()
    const steps: string[] = []
    const later = service({
      name: 'later',
      output: z.string(),
      handle: ({ afterReply }) => {
        afterReply(async () => {
          await gate.promise
          steps.push('worked')
        })
        return 'done'
      },
    })
    const app = createApp({ services: [later], log: 'error' })
    assert.equal(await app.invoke(later), 'done')
    assert.deepEqual(steps, [])
    const closed = app.close()
    gate.resolve()
    assert.equal(await closed, 0)
    assert.deepEqual(steps, ['worked'])
  })

  test('is waited for by a graceful stop of the server', async () => {
    const gate = Promise.withResolvers<void>()
    const steps: string[] = []
    const later = service({
      name: 'later',
      on: get('/later'),
      handle: ({ afterReply }) =>
        afterReply(async () => {
          await gate.promise
          steps.push('worked')
        }),
    })
    const app = createApp({ services: [later], log: 'error' })
    const { port } = await app.listen({ port: 0 })
    assert.equal((await ask(port, 'GET /later')).status, 204)
    const closed = app.close()
    gate.resolve()
    await closed
    assert.deepEqual(steps, ['worked'])
  })

  test('still runs when the client has gone before the reply', async () => {
    const begun = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const steps: string[] = []
    const later = service({
      name: 'later',
      on: get('/later'),
      handle: async ({ afterReply, signal }) => {
        afterReply(() => void steps.push('worked'))
        signal.addEventListener('abort', () => gate.resolve())
        begun.resolve()
        await gate.promise
      },
    })
    await using served = await serve([later])
    const connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /later'))
    await begun.promise
    connection.socket.destroy()
    await gate.promise
    await served.settled()
    assert.deepEqual(steps, ['worked'])
  })
})
