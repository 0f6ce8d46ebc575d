import { ask } from './ask.ts'
import type { LoadOrder, RawReport } from './load.ts'

/**
 * The same load with a new connection for each request, for a server that closes its connections. autocannon would
 * wait for an answer on the closed one, or, told to reconnect each time, would not count the answers.
 */
export async function loadReconnecting({ port, questions, connections, seconds }: LoadOrder): Promise<RawReport> {
  const latencies: number[] = []
  let unwanted = 0
  let errors = 0
  const began = performance.now()
  const end = began + seconds * 1000

  const keepBusy = async (connection: number): Promise<void> => {
    for (let turn = connection; performance.now() < end; turn++) {
      const question = questions[turn % questions.length]
      if (question === undefined) return
      const sent = performance.now()
      try {
        const { status } = await ask(port, question)
        latencies.push(performance.now() - sent)
        if (status < 200 || status > 299) unwanted++
      } catch {
        errors++
      }
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, connection) => keepBusy(connection)))
  return { answered: latencies.length, unwanted, errors, seconds: (performance.now() - began) / 1000, latencies }
}
