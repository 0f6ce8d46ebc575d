import { defineApp } from 'trestle'

export const app = defineApp({
  title: 'Countries',
  version: '1.0.0',
  description: 'One set of services with two faces: clients of Flask and of FastAPI find what they are used to.',
  license: { name: 'MIT', identifier: 'MIT' },
  tags: [{ name: 'Countries', description: 'Countries, with their capitals and areas' }],
})
