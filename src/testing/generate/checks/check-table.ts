import type { Check } from './check.ts'
import { documentedChecks } from './documented.ts'
import { inputChecks } from './input-checks.ts'
import { replyChecks } from './reply-checks.ts'

/** The checks that need several requests: those of one operation are probed, those of a resource made by chains. */
const checksOfSeveral: readonly Check[] = [
  {
    name: 'authentication_enforced',
    means: 'An operation that asks for credentials does not answer without them, nor with wrong ones.',
    why: 'Anybody can do what only some may.',
    standard: 'RFC 9110 section 11; OWASP API2:2023',
  },
  {
    name: 'method_not_allowed',
    means: 'A method that a path does not have is answered with 405 or 501, and a path that is not there with 404.',
    why: 'What nobody described can be called.',
    standard: 'RFC 9110 sections 15.5.5 and 15.5.6; OWASP API9:2023',
  },
  {
    name: 'allow_true',
    means: 'A 405 has an Allow header, which names all methods that are answered and no others.',
    why: 'Clients and caches believe it.',
    standard: 'RFC 9110 sections 10.2.1 and 15.5.6',
  },
  {
    name: 'head_matches_get',
    means: 'HEAD answers as GET does, without a body.',
    why: 'Caches and monitors see another thing than clients do.',
    standard: 'RFC 9110 section 9.3.2',
  },
  {
    name: 'conditional',
    means:
      'An ETag is honoured: If-None-Match gets 304 without a body, a change with an old ETag gets 412, and so does one of two at the same time with the same ETag.',
    why: 'Two clients overwrite each other although both were careful.',
    standard: 'RFC 9110 section 13',
  },
  {
    name: 'created_is_readable',
    means: 'What was created can be read.',
    why: 'The server said that it has what it has not.',
    standard: 'RFC 9110 section 15.3.2',
  },
  {
    name: 'lost_update',
    means: 'What a change has written is read afterwards, and a change of one thing leaves the others as they were.',
    why: 'Data is lost, and nobody is told.',
    standard: 'RFC 9110 sections 9.3.4 and 9.3.5; RFC 5789; RFC 7396',
  },
  {
    name: 'idempotent',
    means: 'PUT and DELETE have the same effect twice as once.',
    why: 'Clients and proxies repeat them when a connection breaks.',
    standard: 'RFC 9110 section 9.2.2',
  },
  {
    name: 'safe',
    means: 'GET and HEAD change nothing.',
    why: 'Crawlers and caches call them unasked.',
    standard: 'RFC 9110 section 9.2.1',
  },
  {
    name: 'use_after_delete',
    means: 'What was deleted can be neither read nor changed, and is in no list as it was.',
    why: 'What users believe to be gone is not.',
    standard: 'RFC 9110 section 9.3.5; OWASP API1:2023',
  },
]

/** All checks, in the order of reports. */
export const checkTable: readonly Check[] = [...replyChecks, ...documentedChecks, ...inputChecks, ...checksOfSeveral]
