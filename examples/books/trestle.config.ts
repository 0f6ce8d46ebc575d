import { defineApp } from 'trestle'

export const app = defineApp({
  title: 'Books',
  version: '1.0.0',
  description: 'One model, as JSON and as XML.',
  license: { name: 'MIT', identifier: 'MIT' },
  tags: [{ name: 'Books', description: 'Books, with their authors' }],
})
