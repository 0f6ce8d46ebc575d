import { defineApp } from 'trestle'
import { z } from 'zod'

export const app = defineApp({
  title: 'Todos',
  version: '1.0.0',
  description: 'An API to practise with: it answers as if it had stored what it gets, and keeps nothing.',
  license: { name: 'MIT', identifier: 'MIT' },
  tags: [{ name: 'Todos', description: 'What there is to do' }],
  etag: 'weak',
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  errors: { body: () => ({}), schema: z.object({}), type: 'application/json; charset=utf-8' },
})
