import { access } from './access/access.ts'
import { declaredCacheControl } from './cache/declared-cache-control.ts'
import { cacheInvalidation, responseCaching } from './cache/response-caching.ts'
import { compression } from './compress/compression.ts'
import { conditional } from './conditional/conditional.ts'
import { signedCookies } from './cookies/signed-cookies.ts'
import { cors } from './cors/cors.ts'
import { documentation } from './describe/documentation.ts'
import { location } from './describe/location.ts'
import { serverTiming } from './edge/server-timing.ts'
import type { Feature } from './feature.ts'
import { forms } from './forms/forms.ts'
import { idempotency } from './idempotency/idempotency.ts'
import { acceptedTypes } from './input/accepted-types.ts'
import { prefer } from './prefer/prefer.ts'
import { negotiation } from './represent/negotiation.ts'
import { placement } from './route/placement.ts'
import { trailingSlash } from './route/trailing-slash.ts'
import { staticFiles } from './static/static-files.ts'
import { streams } from './stream/streams.ts'
import { deprecation } from './versions/deprecation.ts'
import { versions } from './versions/versions.ts'

/**
 * The features of the REST channel, outermost first: the gates run in this order, and what they make of the reply comes
 * about in the opposite one.
 */
export const features: readonly Feature[] = [
  serverTiming,
  cors,
  trailingSlash,
  access,
  negotiation,
  forms,
  streams,
  versions,
  deprecation,
  placement,
  compression,
  // Inside of what depends on who reads the reply, outside of what depends on the state: that has changed by then.
  idempotency,
  // Outside of the conditions: work behind a reply drops what is kept before the next update has its turn.
  cacheInvalidation,
  conditional,
  prefer,
  declaredCacheControl,
  responseCaching,
  documentation,
  location,
  signedCookies,
  acceptedTypes,
  staticFiles,
]
