import { group } from 'trestle'

/** How a Flask app would answer: members in the order of the alphabet, an error as one text. */
export const flask = group({
  prefix: '/flask',
  json: { sortKeys: true },
  errors: { shape: 'simple', texts: { unsupported_media_type: 'Request must be JSON' } },
})

/** How a FastAPI app would answer: members in the order of the model, errors as a list under `detail`. */
export const fastapi = group({ prefix: '/fastapi', errors: 'fastapi' })
