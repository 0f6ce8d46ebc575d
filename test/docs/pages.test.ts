import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { assertNoFaults } from '../house/report.ts'
import { brokenLinks, pagePaths } from './page.ts'

const pages = pagePaths().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

suite('the pages', () => {
  test('link only to what is there', () => assertNoFaults(pages.flatMap(({ path, text }) => brokenLinks(path, text))))

  test('of the guide are short, and listed in its contents', () => {
    const guide = pages.filter(({ path }) => path.startsWith('docs/guide/'))
    const contents = guide.find(({ path }) => path.endsWith('README.md'))?.text ?? ''
    const faults = guide.flatMap(({ path, text }) => {
      const lines = text.split('\n').length - 1
      const name = path.replace('docs/guide/', '')
      return [
        ...(lines > 150 ? [`${path} has ${lines} lines, over the limit of 150: split it by idea`] : []),
        ...(name === 'README.md' || contents.includes(`(${name})`)
          ? []
          : [`docs/guide/README.md does not list ${name}`]),
      ]
    })
    assertNoFaults(faults)
  })
})

suite('the link test itself', () => {
  test('finds files and headings that are not there', () => {
    const text = '# A title\n[a](#a-title) [b](#b) [c](README.md) [d](nothing.md) [e](https://example.com)'
    assert.deepEqual(brokenLinks('CHANGELOG.md', text), [
      'CHANGELOG.md:2 links to #b, but that page has no such heading',
      'CHANGELOG.md:2 links to nothing.md, which is not there',
    ])
  })
})
