import { defineApp } from 'trestle'

export const app = defineApp({
  title: 'Car inventory',
  version: '1.0.0',
  description: 'Keeps the cars of a dealer. An error is one sentence, in `error`.',
  license: { name: 'MIT', identifier: 'MIT' },
  tags: [{ name: 'Cars', description: 'The cars in the garage' }],
  errors: {
    shape: 'simple',
    texts: {
      route_not_found: 'The requested resource was not found.',
      not_found: 'The requested resource was not found.',
      malformed_body: 'This request was not properly formatted. Please send again.',
      unsupported_media_type: 'The {type} mediatype is not supported.',
      invalid_input: 'Request had invalid or missing data.',
    },
  },
})
