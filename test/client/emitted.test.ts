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
      format: 'json',
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
    await api.sendText({ body: 'a,b' })
    await api.mergePatch({ json: { name: 'n' } })
    await api.sendForm({ form: { name: 'n', nested: { a: 'b' } } })
    await api.sendBytes()
    const types = sent.map(({ headers }) => headers.get('content-type')?.split(';')[0] ?? 'none')
    assert.deepEqual(types, [
      'multipart/form-data',
      'multipart/form-data',
      'text/csv',
      'application/merge-patch+json',
      'application/x-www-form-urlencoded',
      'none',
    ])
    const form = await sent[0]?.formData()
    assert.deepEqual([form?.get('title'), form?.get('place')], ['T', '{"x":1}'])
    assert.equal(await sent[3]?.text(), '{"name":"n"}')
    assert.equal(await sent[4]?.text(), 'name=n&nested=%7B%22a%22%3A%22b%22%7D')
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
