import { defineApp } from 'trestle'

export const app = defineApp({
  title: 'Employee API',
  version: '1.0.0',
  description: 'Keeps the employees of a company: read, add, change and delete them.',
  license: { name: 'MIT', identifier: 'MIT' },
  tags: [{ name: 'Employee', description: 'The employees of the company' }],
  envelope: 'meta',
})
