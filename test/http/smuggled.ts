const post = 'POST /first HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n'
const chunks = `${post}Transfer-Encoding: chunked\r\n\r\n`
const next = 'GET /second HTTP/1.1\r\nHost: test\r\n\r\n'
const line = (text: string): string => `${text}\r\nHost: test\r\n\r\n${next}`
const header = (text: string): string => `GET /first HTTP/1.1\r\nHost: test\r\n${text}\r\n\r\n${next}`
const length = (text: string): string => `${post}Content-Length:${text}\r\n\r\n"abc"${next}`
const coding = (text: string): string => `${post}Transfer-Encoding:${text}\r\n\r\n0\r\n\r\n${next}`

/**
 * Requests whose end, or whose host, two servers in a row could read differently, so that what follows them would be the
 * body for one and a request for the other. After each comes a request that nobody may ever answer.
 */
export const smuggled: Readonly<Record<string, string>> = {
  'a length and chunks': `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${next}`,
  'chunks and a length': `${post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${next}`,
  'a length twice': `${post}Content-Length: 5\r\nContent-Length: 5\r\n\r\n"abc"${next}`,
  'two different lengths': `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\n"abc"${next}`,
  'a list of lengths': length(' 5, 5'),
  'a negative length': length(' -5'),
  'a length with a plus': length(' +5'),
  'a length in hexadecimal': length(' 0x5'),
  'a length with a blank in it': length(' 5 0'),
  'a length with a fraction': length(' 5.0'),
  'an empty length': length(' '),
  'a length beyond all numbers': length(' 99999999999999999999'),
  'identity as transfer coding': `${post}Transfer-Encoding: identity\r\n\r\n${next}`,
  'identity and a length': `${post}Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\n"abc"${next}`,
  'a coding that only looks like chunked': coding(' xchunked'),
  'chunked in quotes': coding(' "chunked"'),
  'chunked after a vertical tab': coding(' \x0bchunked'),
  'chunked with a parameter': coding(' chunked;q=1'),
  'chunked twice in a list': coding(' chunked, chunked'),
  'chunked in two headers': coding(' chunked\r\nTransfer-Encoding: chunked'),
  'chunked twice without a comma': coding(' chunked chunked'),
  'chunked before another coding': coding(' chunked, gzip'),
  'chunked before identity': coding(' chunked\r\nTransfer-Encoding: identity'),
  'chunked behind nothing': coding(' , chunked'),
  'chunked before nothing': coding(' chunked,'),
  'an empty transfer coding': coding(''),
  'a folded transfer coding': coding('\r\n chunked'),
  'chunks in HTTP/1.0': 'POST /first HTTP/1.0\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'chunks in HTTP/1.0 on a kept connection': `POST /first HTTP/1.0\r\nHost: test\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${next}`,
  'a chunk size with 0x': `${chunks}0x5\r\n"abc"\r\n0\r\n\r\n${next}`,
  'a negative chunk size': `${chunks}-5\r\n"abc"\r\n0\r\n\r\n${next}`,
  'a blank behind a chunk size': `${chunks}5 \r\n"abc"\r\n0\r\n\r\n${next}`,
  'a blank before a chunk size': `${chunks} 5\r\n"abc"\r\n0\r\n\r\n${next}`,
  'an underscore in a chunk size': `${chunks}1_0\r\n"abc"\r\n0\r\n\r\n${next}`,
  'an empty chunk size': `${chunks}\r\n"abc"\r\n0\r\n\r\n${next}`,
  'a chunk size beyond all numbers': `${chunks}10000000000000005\r\n"abc"\r\n0\r\n\r\n${next}`,
  'a bare LF behind a chunk size': `${chunks}5\n"abc"\r\n0\r\n\r\n${next}`,
  'a bare LF behind a chunk': `${chunks}5\r\n"abc"\n0\r\n\r\n${next}`,
  'a bare LF in a chunk extension': `${chunks}5;a\n"abc"\r\n0\r\n\r\n${next}`,
  'a bare CR in a chunk extension': `${chunks}5;a\rb\r\n"abc"\r\n0\r\n\r\n${next}`,
  'a line break in a quoted chunk extension': `${chunks}5;a="\r\n"\r\n"abc"\r\n0\r\n\r\n${next}`,
  'a chunk that is longer than it says': `${chunks}5\r\n"abc"!0\r\n\r\n${next}`,
  'a last chunk that ends in bare LF': `${chunks}5\r\n"abc"\r\n0\n\n${next}`,
  'a length among the trailers': `${chunks}0\r\nContent-Length: 5\r\n\r\n${next}`,
  'a transfer coding among the trailers': `${chunks}0\r\nTransfer-Encoding: chunked\r\n\r\n${next}`,
  'a folded trailer': `${chunks}0\r\nX: a\r\n b\r\n\r\n${next}`,
  'a bare LF behind the request line': `GET /first HTTP/1.1\nHost: test\r\n\r\n${next}`,
  'a bare CR behind the request line': `GET /first HTTP/1.1\rHost: test\r\n\r\n${next}`,
  'a bare LF behind a header': `GET /first HTTP/1.1\r\nHost: test\nX: a\r\n\r\n${next}`,
  'a bare LF behind the headers': `GET /first HTTP/1.1\r\nHost: test\r\n\n${next}`,
  'tabs in the request line': line('GET\t/first\tHTTP/1.1'),
  'a blank before the request line': line(' GET /first HTTP/1.1'),
  'a blank behind the request line': line('GET /first HTTP/1.1 '),
  'a request line without a version': `GET /first\r\n\r\n${next}`,
  'a version in lower case': line('GET /first http/1.1'),
  'a version with a zero before it': line('GET /first HTTP/01.1'),
  'a folded first header': `GET /first HTTP/1.1\r\n Host: test\r\n\r\n${next}`,
  'a folded header': header('X: a\r\n b'),
  'a blank before a colon': header('Content-Length : 5'),
  'a tab before a colon': header('Content-Length\t: 5'),
  'a header without a colon': header('Content-Length'),
  'NUL in the name of a header': header('X\0: a'),
  'NUL in the value of a header': header('X: a\0b'),
  'CR in the value of a header': header('X: a\rb'),
  'a doubled CR behind a header': header('X: a\r'),
  'two hosts': header('Host: other'),
  'a target of another host': `GET http://other/first HTTP/1.1\r\nHost: test\r\n\r\n${next}`,
  'a target with a user': `GET http://me@test/first HTTP/1.1\r\nHost: test\r\n\r\n${next}`,
  'another request behind the end of a body': `${post}Content-Length: 5\r\n\r\n"abc"GPOST /second HTTP/1.1\r\nHost: test\r\n\r\n`,
}

/** The same with transfer codings that exist, but not here: 501 says so (RFC 9112, 6.1). */
export const unknownCodings: Readonly<Record<string, string>> = {
  'gzip before chunked': coding(' gzip, chunked'),
  'identity before chunked': coding(' identity\r\nTransfer-Encoding: chunked'),
}
