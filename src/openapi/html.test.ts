import assert from 'node:assert/strict'
import { test } from 'node:test'
import { html } from './html.ts'

test('what is put in is escaped, in text and in attributes', () => {
  const nasty = `<script>alert("1" & '2')</script>`
  const escaped = '&#60;script&#62;alert(&#34;1&#34; &#38; &#39;2&#39;)&#60;/script&#62;'
  assert.equal(html`<a title="${nasty}">${nasty}</a>`.html, `<a title="${escaped}">${escaped}</a>`)
})

test('HTML and lists of it are put in as they are', () => {
  assert.equal(html`<ul>${[1, 2].map((each) => html`<li>${each}</li>`)}</ul>`.html, '<ul><li>1</li><li>2</li></ul>')
})
