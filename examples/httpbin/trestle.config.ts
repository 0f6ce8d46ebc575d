import { defineApp } from 'trestle'

export const app = defineApp({
  title: 'HTTP request and response',
  version: '1.0.0',
  description: 'Tells requests back as they were sent, and answers as it is asked to.',
  license: { name: 'MIT', identifier: 'MIT' },
  accept: 'ignore',
  cors: true,
  json: { newline: true, sortKeys: true },
  tags: [
    { name: 'Inspection', description: 'What was sent' },
    { name: 'Statuses', description: 'Any status that is asked for' },
    { name: 'Redirects', description: 'Ways to somewhere else' },
    { name: 'Cookies', description: 'Cookies set, shown and dropped' },
    { name: 'Credentials', description: 'Who is let in' },
    { name: 'Encodings', description: 'Replies in one content coding' },
    { name: 'Caching', description: 'Validators, freshness and conditions' },
    { name: 'Data', description: 'Bytes, parts, streams, delays and headers' },
  ],
})
