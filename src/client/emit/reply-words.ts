/** What servers call a status by habit, which says nothing that the number does not. */
const usual: Readonly<Record<string, RegExp>> = {
  200: /^(ok|success(ful)?( response| operation)?|default response|response)$/,
  201: /^(created|ok|success)$/,
  202: /^accepted$/,
  204: /^(no content|ok|success)$/,
  400: /^bad request$/,
  401: /^unauthori[sz]ed$/,
  403: /^forbidden$/,
  404: /^(resource )?not found$/,
  405: /^method not allowed$/,
  406: /^not acceptable$/,
  409: /^conflict$/,
  410: /^gone$/,
  412: /^precondition failed$/,
  413: /^(body|payload|content) too large$/,
  415: /^unsupported media type$/,
  422: /^(unprocessable (entity|content)|validation error|invalid input)$/,
  429: /^too many requests$/,
  500: /^internal (server )?error$/,
  503: /^service unavailable$/,
}

/** What a description of a reply says beyond its status; nothing where it only has the usual words. */
export function replyWords(status: string, description: string | undefined): string | undefined {
  const plain = description?.trim().replace(/\.$/, '').toLowerCase() ?? ''
  return plain === '' || usual[status]?.test(plain) ? undefined : description
}
