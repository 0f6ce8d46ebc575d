import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { root } from '../../scripts/root.ts'
import { runPython, withoutPython } from './python.ts'
import { serveExample } from './served-example.ts'

process.env.USERS_ADMIN_PASSWORD = 'Admin-Pass-123'

/** What the client of an example prints when it calls the example, which is as new. */
async function printed(name: string, run: (script: string, address: string) => Promise<string>): Promise<string[]> {
  await using example = await serveExample(name)
  return (await run(join(root, 'examples', name, 'client'), example.url)).trimEnd().split('\n')
}

async function inTypeScript(script: string, address: string): Promise<string> {
  const options = { env: { ...process.env, NO_COLOR: '1' }, timeout: 60_000 }
  const { stdout } = await promisify(execFile)(process.execPath, [`${script}.ts`, address], options)
  return stdout
}

const inPython = (script: string, address: string): Promise<string> => runPython(`${script}.py`, address)

/** A line in which Python shows data, with the data as JSON. */
function asJson(line: string): string {
  const at = line.search(/[[{]/)
  if (at === -1) return line
  const text = line
    .slice(at)
    .replaceAll("'", '"')
    .replaceAll(/\b(True|False)\b/g, (word) => word.toLowerCase())
    .replaceAll(/\bNone\b/g, 'null')
  return line.slice(0, at) + JSON.stringify(JSON.parse(text))
}

suite('a client that is written with trestle/client', () => {
  test('calls the todos', async () => {
    const milk = '{"userId":1,"id":201,"title":"Buy milk","completed":false}'
    const tenth = (title: string): string => `200 {"userId":1,"id":10,"title":"${title}","completed":true}`
    assert.deepEqual(await printed('todos', inTypeScript), [
      '--- Read one',
      '200 {"userId":1,"id":1,"title":"delectus aut autem","completed":false}',
      'application/json; charset=utf-8',
      ...['--- Add one', `201 ${milk}`, '--- Add one by hand', `201 ${milk}`],
      ...['--- Read the tenth', tenth('illo est ratione doloremque quia maiores aut')],
      ...['--- Replace it', tenth('Wash car'), '--- Change it', tenth('Mow lawn')],
      ...['--- Remove it', '200 {}', '--- Read what was added', '404 {}', '200 todos'],
    ])
  })

  test('calls the simple cars', async () => {
    const shown = (json: string): string[] => [
      'Status code  : 200',
      'Encoding     : utf-8',
      `JSON         : ${json}`,
      'Content type : text/json; charset=utf-8',
      '',
    ]
    const honda = '{"id":1,"model":"Honda","color":"White"}'
    const ford = '{"id":2,"model":"Ford","color":"Black"}'
    const changed = '{"id":1,"model":"New Honda","color":"New Black"}'
    assert.deepEqual(await printed('cars-simple', inTypeScript), [
      ...['--- Adding car 1', '', ...shown(`[${honda}]`)],
      ...['--- Adding car 2', '', ...shown(`[${honda},${ford}]`)],
      ...['--- Retrieving all cars', '', ...shown(`[${honda},${ford}]`), '1 Honda White', '', '2 Ford Black', ''],
      ...['--- Retrieving car 2', '', ...shown(ford), '2 Ford Black', ''],
      ...['--- Updating car 1', '', ...shown(`[${changed},${ford}]`)],
      ...['--- Retrieving car 1', '', ...shown(changed), '1 New Honda New Black', ''],
      ...['--- Deleting car 1', '', ...shown(`[${ford}]`)],
      ...['--- Retrieving all cars', '', ...shown(`[${ford}]`).slice(0, -1)],
    ])
  })

  for (const name of ['todos', 'cars-simple', 'users']) {
    test(`says what the one with requests says: ${name}`, { skip: withoutPython() }, async () => {
      const [ours, theirs] = await Promise.all([printed(name, inTypeScript), printed(name, inPython)])
      assert.deepEqual(ours, theirs.map(asJson))
    })
  }
})
