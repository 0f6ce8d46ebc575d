/**
 * The API that this page documents. The server of the page comes first among its servers and in full, so that examples
 * can be copied, and calls go where the page came from, whatever the port and the path prefix.
 */
export async function apiDescription() {
  const address = document.querySelector('link[rel="service-desc"]').href
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address} answered ${response.status}`)
  const api = await response.json()
  const here = withoutSlash(new URL('.', address))
  const others = api.servers.filter(({ url }) => url !== '/' && withoutSlash(new URL(url, address)) !== here)
  return { ...api, servers: [{ url: here }, ...others] }
}

/** Says in the page why there is nothing else to see. */
export function showFailure(error) {
  const message = document.createElement('p')
  message.className = 'failure'
  message.textContent = `The API description cannot be shown: ${error.message}. Reload the page to try again.`
  document.querySelector('#api').replaceChildren(message)
}

function withoutSlash(url) {
  return url.href.replace(/\/$/, '')
}
