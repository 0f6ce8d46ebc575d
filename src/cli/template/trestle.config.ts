import { defineApp } from 'trestle'

export const app = defineApp({
  title: '{{title}}',
  version: '1.0.0',
})
