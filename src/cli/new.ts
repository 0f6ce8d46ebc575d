import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { appManifest } from './app-manifest.ts'
import { appNames } from './app-names.ts'
import { failure } from './failure.ts'
import { print } from './output.ts'

const template = fileURLToPath(new URL('./template', import.meta.url))

// npm leaves a .gitignore out of packages.
const renamed: Readonly<Record<string, string>> = { gitignore: '.gitignore' }

// What a folder may hold and still count as empty.
const harmless: ReadonlySet<string> = new Set(['.git', '.DS_Store'])

export function declare(command: Command): void {
  command.argument('<folder>', 'the folder to make: a new or an empty one')
}

export async function run(command: Command): Promise<number> {
  const [given] = command.processedArgs as [string]
  const folder = resolve(given)
  await assertEmpty(folder)
  const names = appNames(basename(folder))
  for (const path of await filesIn(template)) {
    const text = await readFile(join(template, path), 'utf8')
    await write(join(folder, dirname(path), renamed[basename(path)] ?? basename(path)), filled(text, names))
  }
  await write(join(folder, 'package.json'), `${JSON.stringify(appManifest(names.name), null, 2)}\n`)
  await print(nextSteps(folder, names.title))
  return 0
}

async function assertEmpty(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    if (error.code === 'ENOTDIR') throw failure(`${folder} is a file: choose another name for the folder`)
    throw failure(`${folder} cannot be used (${error.message}): choose another folder`)
  })
  if (found.every((name) => harmless.has(name))) return
  throw failure(`${folder} is not empty: choose a new folder, such as ${join(relative('.', folder) || '.', 'my-app')}`)
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

/** Puts the names of the app where the template has `{{title}}` and the like. */
function filled(text: string, names: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, key: string) => names[key] ?? whole)
}

function nextSteps(folder: string, title: string): string {
  const path = relative('.', folder)
  const steps = [
    ...(path === '' ? [] : [`cd ${path.includes(' ') ? `'${path}'` : path}`]),
    ...(findsTrestle(folder) ? [] : ['npm install']),
    'npx trestle dev',
  ]
  return `Made ${title} in ${folder}\n\nNext:\n\n${steps.map((step) => `  ${step}`).join('\n')}\n`
}

/** Whether services in the folder can import Trestle already, as where it was installed in a folder above. */
function findsTrestle(folder: string): boolean {
  try {
    createRequire(join(folder, 'package.json')).resolve('trestle/package.json')
    return true
  } catch {
    return false
  }
}
