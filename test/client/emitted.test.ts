import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type Client, client } from '../../src/client/client.ts'
import { emitClient } from '../../src/client/emit/emit-client.ts'
import { HttpError } from '../../src/client/errors.ts'
import type { ReplyPromise } from '../../src/client/reply.ts'
import { serveExample } from '../examples/served-example.ts'
import { compiledFiles, readDocuments } from './emitted-clients.ts'

suite('emitted clients', { concurrency: true }, () => {
  test('compile under the strictest settings, for every example in each version and for difficult documents', async () => {
    const apis = await readDocuments()
    const texts = new Map([...apis].map(([name, api]) => [name, emitClient(api)]))
    assert.ok(texts.size >= 30, `${texts.size} documents`)
    await using files = await compiledFiles(texts)
    assert.deepEqual(await files.errors(), [])
  })

  test('are the same each time', async () => {
    const [one, other] = await Promise.all([readDocuments(), readDocuments()])
    for (const [name, api] of one) {
      const again = other.get(name)
      assert.ok(again !== undefined)
      assert.equal(emitClient(api), emitClient(again), name)
    }
  })
})

const employeeUse = `import { client } from 'trestle/client'
import { type Employee, employeeApi } from './employee.ts'

const api = employeeApi(client('http://127.0.0.1'))
const reply = await api.getEmployee({ params: { employee_no: 1 }, timeout: 5_000 })
const status: number = reply.status
const { data } = await reply.json()
const employee: Employee = data
const number: number = (await api.createEmployee({ json: employee }).json()).data.employee_no
// @ts-expect-error It takes the number of an employee.
api.getEmployee()
// @ts-expect-error Numbers are no texts.
api.getEmployee({ params: { employee_no: 'one' } })
// @ts-expect-error An employee has a department.
api.createEmployee({ json: { name: 'John' } })
// @ts-expect-error No such member comes back.
data.salary
export { number, status }
`

suite('an emitted client', { concurrency: true }, () => {
  test('takes and gives what the document says, and nothing else', async () => {
    const api = (await readDocuments()).get('employee-3.2')
    assert.ok(api !== undefined)
    const files = new Map([
      ['employee', emitClient(api)],
      ['use', employeeUse],
    ])
    await using compiled = await compiledFiles(files)
    assert.deepEqual(await compiled.errors(), [])
  })

  test('calls the employee example over a socket', async () => {
    await using example = await serveExample('employee')
    const { employeeApi } = await emittedFor<EmployeeModule>('employee-3.2')
    const api = employeeApi(client(example.url))
    const created = await api.createEmployee({ json: { name: 'Jane Roe', department: 'IT' } }).json()
    const { employee_no } = created.data
    const { data } = await api.getEmployee({ params: { employee_no } }).json()
    assert.deepEqual(data, { name: 'Jane Roe', department: 'IT' })
    assert.equal((await api.deleteEmployee({ params: { employee_no } })).status, 200)
    await assert.rejects(api.getEmployee({ params: { employee_no } }).json(), (error) => {
      assert.ok(error instanceof HttpError)
      assert.equal(error.problem?.code, 'not_found')
      return true
    })
  })

  test('calls the cars example over a socket', async () => {
    await using example = await serveExample('cars')
    const { carInventoryApi } = await emittedFor<CarsModule>('cars-3.2')
    const api = carInventoryApi(client(example.url))
    const car = { make: 'Volvo', model: '240', year: 1986, vin: '1HGBH41JXMN109186', color: 'red' }
    const reply = await api.addCar({ json: car })
    assert.equal(reply.status, 201)
    const { id } = await reply.json()
    assert.deepEqual(await api.changeCar({ params: { id }, json: { color: 'blue' } }).json(), {
      id,
      ...car,
      color: 'blue',
    })
    assert.ok((await api.listCars().json()).some((each) => each.id === id))
  })
})

suite('what an emitted client sends', { concurrency: true }, () => {
  test('has parameters in the styles of the document', async () => {
    const { parametersApi } = await emittedFor<ParametersModule>('parameters')
    const sent: Request[] = []
    const api = parametersApi(client('http://127.0.0.1/below', { fetch: record(sent) }))
    const params = {
      'user.name': 'a/b',
      'item-id': [1, 2],
      formatInPath: 'json',
      format: 'xml',
      $ref: 'x',
      filter: { name: 'n' },
      'ids[]': ['a', 'b'],
      ids: ['a', 'b'],
      piped: [1, 2],
      range: { from: 'x', to: 'y' },
      flat: { from: 'z' },
      query: { text: null },
      either: ['p', 'q'],
    }
    await api.odd({ params, headers: { 'X-Count': 3 }, cookies: { sid: 's' } })
    const [request] = sent
    assert.ok(request !== undefined)
    const url = new URL(request.url)
    assert.equal(url.pathname, '/below/a%2Fb/1%2C2.json/x')
    assert.deepEqual([...url.searchParams].sort(), [
      ['either', 'p'],
      ['either', 'q'],
      ['filter[name]', 'n'],
      ['flat', 'from,z'],
      ['format', 'xml'],
      ['from', 'x'],
      ['ids', 'a,b'],
      ['ids[]', 'a'],
      ['ids[]', 'b'],
      ['piped', '1|2'],
      ['query', '{"text":null}'],
      ['to', 'y'],
    ])
    assert.equal(request.headers.get('x-count'), '3')
    assert.equal(request.headers.get('cookie'), 'sid=s')
  })

  test('has bodies in the media types of the document', async () => {
    const { bodiesApi } = await emittedFor<BodiesModule>('bodies')
    const sent: Request[] = []
    const api = bodiesApi(client('http://127.0.0.1', { fetch: record(sent) }))
    await api.upload({ files: { photo: 'png' }, form: { title: 'T', place: { x: 1 } } })
    await api.uploadParts()
    await api.uploadParts({ form: { note: 'n' } })
    await api.sendText({ body: 'a,b' })
    await api.mergePatch({ json: { name: 'n' } })
    await api.sendForm({ form: { name: 'n', nested: { a: 'b' } } })
    await api.sendBytes()
    const types = sent.map(({ headers }) => headers.get('content-type')?.split(';')[0] ?? 'none')
    assert.deepEqual(types, [
      'multipart/form-data',
      'none',
      'multipart/form-data',
      'text/csv',
      'application/merge-patch+json',
      'application/x-www-form-urlencoded',
      'none',
    ])
    const form = await sent[0]?.formData()
    assert.deepEqual([form?.get('title'), form?.get('place')], ['T', '{"x":1}'])
    assert.equal(await sent[4]?.text(), '{"name":"n"}')
    assert.equal(await sent[5]?.text(), 'name=n&nested=%7B%22a%22%3A%22b%22%7D')
  })
})

suite('rare parts of a request', { concurrency: true }, () => {
  const send = async (
    call: (api: RareModule['partsApi'] extends (...all: never) => infer Api ? Api : never) => unknown,
  ) => {
    const { partsApi } = await emittedFor<RareModule>('rare-parts')
    const sent: Request[] = []
    await call(partsApi(client('http://127.0.0.1', { fetch: record(sent) })))
    const [request] = sent
    assert.ok(request !== undefined)
    const { pathname, searchParams } = new URL(request.url)
    return { path: pathname, query: [...searchParams], request }
  }

  test('are written in the path as its style says', async () => {
    const { path } = await send((api) => api.styles({ params: { label: 'a', list: [1, 2], matrix: 'm' } }))
    assert.equal(path, '/labels/.a/.1.2/;matrix=m')
  })

  test('may be the whole query, as JSON', async () => {
    const { request } = await send((api) => api.wholeQuery({ params: { q: { a: 1 } } }))
    assert.equal(request.url, `http://127.0.0.1/search?${encodeURIComponent('{"a":1}')}`)
  })

  test('may be a value or the members of an object', async () => {
    const plain = await send((api) => api.filters({ params: { created: 1, 'filter[state]': ['a', 'b'] } }))
    assert.deepEqual(plain.query.sort(), [
      ['created', '1'],
      ['filter[state]', 'a,b'],
    ])
    const deep = await send((api) => api.filters({ params: { created: { gt: 1, in: [2, 3] } } }))
    assert.deepEqual(deep.query, [
      ['created[gt]', '1'],
      ['created[in][0]', '2'],
      ['created[in][1]', '3'],
    ])
    assert.deepEqual((await send((api) => api.filters())).query, [])
  })

  test('may be a form whose objects are spelled out, and no form where none is given', async () => {
    const { request } = await send((api) => {
      return api.charge({ form: { amount: 5, metadata: { order: '7' }, items: [{ price: 'p' }] } })
    })
    assert.deepEqual(
      [...new URLSearchParams(await request.text())],
      [
        ['amount', '5'],
        ['metadata[order]', '7'],
        ['items[0][price]', 'p'],
      ],
    )
    const none = await send((api) => api.charge())
    assert.deepEqual([none.request.body, none.request.headers.get('content-type')], [null, null])
    const text = await send((api) => api.chargeText({ form: { a: 'b' } }))
    assert.equal(await text.request.text(), 'a=b')
  })
})

const rareUse = `import { client } from 'trestle/client'
import { type FiltersReplies, isFailure, partsApi } from './rare.ts'

const api = partsApi(client('http://127.0.0.1'))
for await (const { data, event } of api.ticks().events()) {
  const price: number = data.price
  console.log(price, event.length)
}
const reply = await api.ticks()
const status: number = reply.status
try {
  const found = await api.filters().json()
  const type: string | undefined = found['@type']
  console.log(type)
} catch (error) {
  if (!isFailure<FiltersReplies>(error)) throw error
  if (error.status === 404 && error.problem && 'missing' in error.problem) {
    const missing: number[] = error.problem.missing
    console.log(missing, error.message, error.url)
  }
  // @ts-expect-error That is no failure.
  if (error.problem?.['@type']) throw error
  const body: string | object = await error.reply.json()
  console.log(body)
}
export { status }
`

suite('what an emitted client gives', { concurrency: true }, () => {
  test('has types for the data of events, and for the problems of each status', async () => {
    const api = (await readDocuments()).get('rare-parts')
    assert.ok(api !== undefined)
    const files = new Map([
      ['rare', emitClient(api)],
      ['use', rareUse],
    ])
    await using compiled = await compiledFiles(files)
    assert.deepEqual(await compiled.errors(), [])
  })

  test('is read: events as JSON, and failures with their problems', async () => {
    const module = await emittedFor<RareModule>('rare-parts')
    const api = module.partsApi(client('http://127.0.0.1', { fetch: answer }))
    const events = await Array.fromAsync(api.ticks().events(), ({ data }) => data)
    assert.deepEqual(events, [{ price: 1.5 }, { price: 2 }])
    const error = await api
      .filters()
      .json()
      .catch((each: unknown) => each)
    assert.ok(module.isFailure(error) && error instanceof HttpError)
    assert.deepEqual([error.status, error.problem?.missing], [404, [1]])
    assert.equal(module.isFailure(new TypeError('Another fault')), false)
  })

  const answer = ({ url }: Request): Response => {
    const headers = { 'content-type': 'text/event-stream' }
    if (url.endsWith('/ticks')) return new Response('data: {"price":1.5}\n\ndata: {"price":2}\n\n', { headers })
    return Response.json({ missing: [1] }, { status: 404 })
  }
})

suite('the text of an emitted client', { concurrency: true }, () => {
  test('has no line of code that is longer than 120 characters, or ends in a space', async () => {
    const apis = await readDocuments()
    for (const [name, api] of apis) {
      const lines = emitClient(api).split('\n').slice(1)
      assert.deepEqual(
        lines.filter((line) => line !== line.trimEnd()),
        [],
        name,
      )
      // An address or a word that is longer than a line cannot be broken.
      assert.deepEqual(
        lines.filter((line) => line.length > 120 && /\S\s+\S+\s+\S+\s/.test(line)),
        [],
        name,
      )
    }
  })
})

function record(sent: Request[]): (request: Request) => Response {
  return (request) => {
    sent.push(request)
    return Response.json({})
  }
}

type Sends = (options?: object) => ReplyPromise

interface ParametersModule {
  readonly parametersApi: (session: Client) => { readonly odd: Sends }
}

interface BodiesModule {
  readonly bodiesApi: (
    session: Client,
  ) => Readonly<Record<'upload' | 'uploadParts' | 'sendText' | 'mergePatch' | 'sendForm' | 'sendBytes', Sends>>
}

interface EmployeeModule {
  readonly employeeApi: (session: Client) => {
    readonly createEmployee: (options: object) => ReplyPromise<{ data: { employee_no: number } }>
    readonly getEmployee: (options: object) => ReplyPromise<{ data: unknown }>
    readonly deleteEmployee: (options: object) => ReplyPromise
  }
}

interface RareModule {
  readonly partsApi: (
    session: Client,
  ) => Readonly<Record<'styles' | 'wholeQuery' | 'filters' | 'charge' | 'chargeText' | 'ticks', Sends>>
  readonly isFailure: (error: unknown) => boolean
}

interface Car {
  readonly id: number
}

interface CarsModule {
  readonly carInventoryApi: (session: Client) => {
    readonly addCar: (options: object) => ReplyPromise<Car>
    readonly changeCar: (options: object) => ReplyPromise<Car>
    readonly listCars: () => ReplyPromise<readonly Car[]>
  }
}

/** The module that is written for a document, as Node runs it. */
async function emittedFor<Module>(document: string): Promise<Module> {
  const api = (await readDocuments()).get(document)
  assert.ok(api !== undefined)
  // Not in the repository: Node erases no types below `node_modules`.
  const folder = await mkdtemp(join(tmpdir(), 'trestle-emitted-'))
  try {
    const file = join(folder, 'client.mts')
    await writeFile(file, emitClient(api))
    return await import(pathToFileURL(file).href)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
