import { defineApp } from 'trestle'

export const app = defineApp({
  title: 'Users in two versions',
  version: '2.0.0',
  description: 'One resource in two versions, and every way for a client to say which one it means.',
  license: { name: 'MIT', identifier: 'MIT' },
  tags: [{ name: 'Users', description: 'Users, in two versions' }],
})
