import { get, media, service } from 'trestle'

const order = `<?xml version="1.0" encoding="UTF-8"?>
<order id="A-42" placed="2026-06-30">
  <customer>John Doe</customer>
  <state>open</state>
  <note/>
  <line sku="P-1"><count>2</count><price>7.5</price></line>
  <line sku="P-2"><count>1</count><price>12</price></line>
</order>
`

export const xml = service({
  summary: 'Answer with an order in XML',
  tags: ['Data'],
  on: get('/xml', { produces: ['application/xml'] }),
  handle: () => media(order, 'application/xml'),
})
