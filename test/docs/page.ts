import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../../scripts/root.ts'

/** The pages for users, by their paths in the repository. */
export function pagePaths(): readonly string[] {
  return globSync(['*.md', 'docs/**/*.md', 'examples/*/README.md', 'bench/README.md'], { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
}

/** Every link of a page that leads to no file or no heading of the repository, with its line. */
export function brokenLinks(path: string, text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
      if (/^[a-z]+:/.test(target)) return []
      const [file = '', heading] = target.split('#')
      const wanted = file === '' ? path : join(dirname(path), file)
      const place = `${path}:${index + 1}`
      if (!existsSync(join(root, wanted))) return [`${place} links to ${target}, which is not there`]
      if (heading === undefined || headings(file === '' ? text : read(wanted)).includes(heading)) return []
      return [`${place} links to ${target}, but that page has no such heading`]
    }),
  )
}

/** The anchors of a page's headings, as GitHub makes them. */
function headings(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  )
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
