import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { describeRest } from '../../src/http/describe/describe.ts'
import { createKernel } from '../../src/kernel/kernel.ts'
import { openApiDocument } from '../../src/openapi/document.ts'
import { toYaml } from '../../src/openapi/yaml.ts'
import type { JsonSchema } from '../../src/schema/schema.ts'
import { isSchema, walkSchema } from '../../src/schema/subschemas.ts'
import { sampleServices } from './sample-services.ts'

const kernel = createKernel({ services: sampleServices })
const api = {
  title: 'Employee API',
  version: '1.0.0',
  license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
  operations: describeRest(kernel.services, { envelope: 'meta' }),
}

for (const version of ['3.0', '3.1', '3.2'] as const) {
  describe(`the OpenAPI ${version} document of real services`, () => {
    const document = openApiDocument(api, version)

    test('is valid, with nothing to warn of but tags that nobody described', async () => {
      const problems = await lint(toYaml(document))
      assert.deepEqual(
        [...new Set(problems.map(({ severity, ruleId, message }) => `${severity} ${ruleId}: ${message}`))],
        ['warn tag-description: Tag object should contain `description` field.'],
      )
    })

    test('says nothing in the words of another version', () => {
      const faults = schemasOf(document).flatMap((schema) =>
        foreignWords[version](schema).map((fault) => `${fault}: ${JSON.stringify(schema)}`),
      )
      assert.deepEqual(faults, [])
    })

    test('refers only to what it has, and has only what it refers to', () => {
      const text = JSON.stringify(document)
      const references = new Set([...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference]) => reference))
      const components = Object.entries(document.components).flatMap(([kind, members]) => {
        return Object.keys(members).map((name) => `#/components/${kind}/${name}`)
      })
      assert.deepEqual([...references].sort(), components.sort())
    })
  })
}

test('the models of services keep their names, and those without get one', () => {
  const { schemas = {} } = openApiDocument(api).components
  assert.deepEqual(Object.keys(schemas), [
    'Address',
    'Employee',
    'EmployeeInput',
    'Meta',
    'Problem',
    'ReplaceTeamsInput',
    'ReplaceTeamsOutput',
  ])
  // A reply always has what a request may leave out.
  assert.ok(Array.isArray(schemas.Employee?.required) && schemas.Employee.required.includes('department'))
  assert.ok(Array.isArray(schemas.EmployeeInput?.required) && !schemas.EmployeeInput.required.includes('department'))
})

type Words = (schema: JsonSchema) => string[]

const newer: Words = (schema) => [
  ...(typeof schema.exclusiveMinimum === 'boolean' ? ['exclusiveMinimum is a number'] : []),
  ...['nullable', 'example'].filter((keyword) => keyword in schema),
]
const foreignWords: Readonly<Record<'3.0' | '3.1' | '3.2', Words>> = {
  '3.0': (schema) => [
    ...(Array.isArray(schema.type) || schema.type === 'null' ? ['type is one, and not null'] : []),
    ...(typeof schema.exclusiveMinimum === 'number' ? ['exclusiveMinimum is a boolean'] : []),
    ...('nullable' in schema && !('type' in schema) ? ['nullable goes with a type'] : []),
    ...('$ref' in schema && Object.keys(schema).length > 1 ? ['$ref stands alone'] : []),
    ...(schema.type === 'array' && !isSchema(schema.items) ? ['a list has items'] : []),
    ...['const', 'examples', 'prefixItems', 'propertyNames', '$defs', 'contentEncoding'].filter(
      (word) => word in schema,
    ),
  ],
  '3.1': newer,
  '3.2': newer,
}

/** Every schema of a document, wherever it stands. */
function schemasOf(document: object): JsonSchema[] {
  const found: JsonSchema[] = []
  const visit = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, '')
    else if (isSchema(value)) {
      const schemas = key === 'schema' ? [value] : key === 'schemas' ? Object.values(value).filter(isSchema) : []
      for (const schema of schemas) walkSchema(schema, (each) => found.push(each))
      for (const [name, each] of Object.entries(value)) if (schemas.length === 0) visit(each, name)
    }
  }
  visit(document, '')
  return found
}

interface LintProblem {
  readonly severity: string
  readonly ruleId: string
  readonly message: string
}

async function lint(text: string): Promise<readonly LintProblem[]> {
  const folder = await mkdtemp(join(tmpdir(), 'trestle-lint-'))
  try {
    const file = join(folder, 'openapi.yaml')
    await writeFile(file, text)
    const redocly = join(root, 'node_modules/@redocly/cli/bin/cli.js')
    const args = [redocly, 'lint', file, '--extends', 'recommended', '--format', 'json', '--max-problems', '1000']
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
    const output = await new Promise<string>((resolve) => {
      execFile(process.execPath, args, { env, cwd: folder, maxBuffer: 2 ** 26 }, (_error, stdout) => resolve(stdout))
    })
    return JSON.parse(output).problems
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
