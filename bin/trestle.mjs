#!/usr/bin/env node
// Only syntax that Node 12 can read: an old one should answer with a sentence, not with a syntax error.
const version = process.versions.node

if (parseInt(version, 10) < 24) {
  process.stderr.write(
    `Trestle needs Node 24 or newer; this is ${version}: install a newer one from https://nodejs.org and run this again\n`,
  )
  process.exitCode = 1
} else {
  // Compiled code is kept between runs, which saves a good part of the start.
  process.getBuiltinModule('node:module').enableCompileCache()
  const source = new URL('../src/cli/main.ts', import.meta.url)
  const inRepository = process.getBuiltinModule('node:fs').existsSync(source)
  import(inRepository ? source.href : new URL('../cli/main.js', import.meta.url).href)
}
