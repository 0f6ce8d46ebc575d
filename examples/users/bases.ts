import { service } from 'trestle'
import { currentUser, unknownUser } from './access.ts'
import { logError, logRequest } from './logging.ts'
import { users } from './users.ts'

/** What all services share: the users, and the lines of the log. */
export const openService = service.with({ use: { users }, before: logRequest, after: logError })

/** What asks for a token knows its owner. */
export const memberService = openService.with({ use: { currentUser }, throws: [unknownUser] })
