import { problem, rest, service } from 'trestle'
import { request } from './request.ts'

/** Makes services whose clients say what the reply is to have: what HTTP does not allow there is a mistake of theirs. */
export const clientChosen = service.with({
  use: { request },
  throws: ['bad_request'],
  on: rest({ onError: (error) => (error instanceof TypeError ? problem('bad_request', error.message) : undefined) }),
})
