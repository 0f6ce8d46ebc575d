import { fileType } from '../../../http/files/file-type.ts'
import { namedFile } from '../request-files.ts'
import { type Step, step } from '../step.ts'
import { textOf } from '../variables.ts'
import type { World } from '../world.ts'

const folders = ['form/request'] as const

/** Form fields and file uploads. */
export const formSteps: readonly Step[] = [
  step({
    phrase: 'form field {text} is {text}',
    also: ['request param {text} is {text}', 'request parameter {text} is {text}'],
    summary: 'Sends a field of a form; the same name again sends both.',
    example:
      'Given REST method "POST"\nAnd URL path "/post"\nAnd form field "name" is "Ann"\nWhen the URL is invoked\n' +
      'Then path "/form/name" is "Ann"',
    run: ({ request }, name, value) => {
      request.form.push([name, value])
    },
  }),
  step({
    phrase: 'form fields',
    also: ['form fields:', 'the form fields are', 'the form fields are:'],
    summary: 'Sends the fields of a form that a table lists, a name and a value a row.',
    example:
      'Given REST method "POST"\nAnd URL path "/post"\nAnd form fields\n  | name | Ann |\n  | role | admin |\n' +
      'When the URL is invoked\nThen path "/form/role" is "admin"',
    run: ({ request, table, resolve }) => {
      if (table === undefined) throw new Error('The fields are missing: list them below, as in | name | Ann |')
      for (const [name = '', value = ''] of table) request.form.push([name, textOf(resolve(value))])
    },
  }),
  step({
    phrase: 'request file {text} is {text}',
    summary: 'Uploads a file of `form/request` beside the feature as a field of a form.',
    example:
      'Given REST method "POST"\nAnd URL path "/post"\nAnd request file "note" is "note.txt"\nWhen the URL is invoked\n' +
      'Then path "/files/note" starts with "Remember"',
    run: (world, field, name) => attach(world, field, name),
  }),
  step({
    phrase: 'request file {text} is {text}, type {text}',
    summary: 'Uploads a file as a field of a form, with a media type of its own.',
    example:
      'Given REST method "POST"\nAnd URL path "/post"\nAnd request file "note" is "note.txt", type "text/markdown"\n' +
      'When the URL is invoked\nThen path "/files/note" starts with "Remember"',
    run: (world, field, name, type) => attach(world, field, name, type),
  }),
  step({
    phrase: 'form is cleaned up',
    summary: 'Drops all fields and files of the form.',
    example:
      'Given REST method "POST"\nAnd URL path "/post"\nAnd form field "name" is "Ann"\nAnd form is cleaned up\n' +
      'When the URL is invoked\nThen path "/form" is an empty dict',
    run: ({ request }) => {
      request.form = []
      request.files = []
    },
  }),
]

async function attach(world: World, field: string, name: string, type?: string): Promise<void> {
  const file = await namedFile(world, name, folders)
  world.request.files.push({
    field,
    filename: file.name,
    type: type ?? (await fileType(file.name)),
    content: file.content,
  })
}
