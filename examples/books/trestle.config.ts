import { defineApp } from 'trestle'

export const app = defineApp({
  title: 'Books',
  version: '1.0.0',
  description: 'One model, as JSON and as XML.',
})
