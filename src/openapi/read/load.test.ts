import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { suite, test } from 'node:test'
import { DocumentError } from './document-error.ts'
import { loadApi } from './load.ts'

const head = "openapi: 3.1.0\ninfo: { title: 'Test', version: 1.0 }\n"

interface Folder extends AsyncDisposable {
  readonly path: (file: string) => string
}

async function folderOf(files: Readonly<Record<string, string>>): Promise<Folder> {
  const folder = await mkdtemp(join(tmpdir(), 'trestle-load-'))
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  return {
    path: (file) => join(folder, file),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

async function refusal(place: string): Promise<string> {
  try {
    await loadApi(place)
  } catch (error) {
    assert.ok(error instanceof DocumentError, String(error))
    return error.message
  }
  return 'nothing was refused'
}

suite('loadApi', { concurrency: true }, () => {
  test('reads files that refer to each other, in circles too, and names their schemas after them', async () => {
    await using folder = await folderOf({
      'api/openapi.yaml': `${head}paths: { /a: { $ref: 'paths/a b.yaml' } }\ncomponents: { schemas: { Pet: { $ref: '../models/pet.yaml' } } }\n`,
      'api/paths/a b.yaml':
        "get: { responses: { 200: { description: OK, content: { application/json: { schema: { $ref: '../openapi.yaml#/components/schemas/Pet' } } } } } }\n",
      'models/pet.yaml':
        "type: object\nproperties: { owner: { $ref: 'owner.json#/$defs/Owner' }, mother: { $ref: 'pet.yaml' }, self: { $ref: '#' } }\n",
      'models/owner.json': JSON.stringify({
        $defs: {
          Owner: { properties: { pets: { type: 'array', items: { $ref: 'pet.yaml' } }, $ref: { type: 'string' } } },
        },
      }),
    })
    const api = await loadApi(folder.path('api/openapi.yaml'))
    const pet = { $ref: '#/components/schemas/Pet' }
    assert.equal(api.version, '1')
    assert.deepEqual(api.operations[0]?.replies[0]?.contents[0]?.schema, pet)
    assert.deepEqual(api.schemas, {
      Pet: { type: 'object', properties: { owner: { $ref: '#/components/schemas/Owner' }, mother: pet, self: pet } },
      Owner: { properties: { pets: { type: 'array', items: pet }, $ref: { type: 'string' } } },
    })
  })

  test('leaves examples and values alone, whatever they look like', async () => {
    const schema = '{ default: { $ref: x.yaml }, enum: [{ $ref: y.yaml }], properties: { example: { type: string } } }'
    await using folder = await folderOf({ 'a.yaml': `${head}components: { schemas: { A: ${schema} } }\n` })
    const { schemas } = await loadApi(folder.path('a.yaml'))
    assert.deepEqual(schemas.A, {
      default: { $ref: 'x.yaml' },
      enum: [{ $ref: 'y.yaml' }],
      properties: { example: { type: 'string' } },
    })
  })

  test('says which document cannot be read, and which one refers to it', async () => {
    await using folder = await folderOf({
      'a.yaml': `${head}paths: { /a: { $ref: 'b.yaml' } }\n`,
      'broken.json': '{ "openapi": ',
    })
    assert.match(
      await refusal(folder.path('a.yaml')),
      /b\.yaml cannot be read: there is no such file \(#\/paths\/~1a\/\$ref refers to it\)\.$/,
    )
    assert.match(await refusal(folder.path('broken.json')), /broken\.json is neither JSON nor YAML/)
    assert.match(await refusal(folder.path('.')), /cannot be read: it is a folder/)
    assert.match(await refusal('http://[nonsense'), /cannot be read: it is no valid address/)
  })

  test('says that a document is empty, or a page', async () => {
    await using folder = await folderOf({ 'a.yaml': '\n', docs: '<!doctype html><title>Docs</title>' })
    assert.match(await refusal(folder.path('docs')), /^\S+docs is a page, not an API description: give the address of /)
    assert.match(await refusal(folder.path('a.yaml')), /^The API description \S+a\.yaml is empty\.$/)
  })

  test('does without files that only the mapping of a discriminator names, as documents put together have them', async () => {
    const files = {
      'a.yaml': `${head}components: { schemas: { A: { oneOf: [{ $ref: b.yaml }], discriminator: { propertyName: kind, mapping: { b: b.yaml, lost: models/lost.yml } } } } }\n`,
      'b.yaml': 'type: object\nproperties: { kind: { type: string } }\n',
    }
    await using folder = await folderOf(files)
    const { schemas } = await loadApi(folder.path('a.yaml'))
    assert.deepEqual(schemas.A, {
      oneOf: [{ $ref: '#/components/schemas/b' }],
      discriminator: { propertyName: 'kind', mapping: { b: '#/components/schemas/b' } },
    })
  })

  test('reads no file of this machine for a document that came over the network', async () => {
    await using folder = await folderOf({ 'secret.yaml': 'type: string\n' })
    const texts: Readonly<Record<string, string>> = {
      '/a.yaml': `${head}components: { schemas: { A: { $ref: 'file://${folder.path('secret.yaml')}' } } }\n`,
    }
    await using server = await served(texts)
    assert.match(
      await refusal(`${server.url}/a.yaml`),
      /refers to the file .*secret\.yaml: it can refer to addresses only/,
    )
    assert.match(
      await refusal(`${server.url}/none.yaml`),
      /none\.yaml cannot be read: the server answers 404; is it at http:.*\/openapi\.json\?$/,
    )
  })
})

async function served(texts: Readonly<Record<string, string>>): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(({ url = '' }, reply) => reply.writeHead(url in texts ? 200 : 404).end(texts[url]))
  const listening = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', listening.resolve)
  await listening.promise
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      server.closeAllConnections()
      await closed.promise
    },
  }
}
