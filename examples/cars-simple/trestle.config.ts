import { defineApp, isProblem, problem, renderer } from 'trestle'

/** The media type that JSON had in the days of the program that this one takes the place of. */
const textJson = renderer({
  name: 'text-json',
  types: ['text/json'],
  structured: true,
  render: (value) => JSON.stringify(value),
})

export const app = defineApp({
  title: 'Cars',
  version: '1.0.0',
  description: 'Keeps cars under ids that clients choose.',
  license: { name: 'MIT', identifier: 'MIT' },
  tags: [{ name: 'Cars', description: 'Cars under ids that clients choose' }],
  produces: [textJson, 'json'],
  errors: {
    type: 'text/json; charset=utf-8',
    body: ({ message }) => ({ error: message }),
  },
  // An address whose id is no number is the address of no car.
  onError: (error) =>
    isProblem(error) && error.findings?.some((each) => each.in === 'path') ? problem('not_found') : undefined,
})
