import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { checkReply, runSteps } from '../../../../test/testing/run-steps.ts'
import { xmlNumberChecks, xmlTextChecks } from '../xml/xml-checks.ts'

const order = `<?xml version="1.0"?>
<order id="A-42" placed="2026-06-30">
  <customer>John Doe</customer><state>open</state><note/>
  <line sku="P-1"><count>2</count><price>7.5</price></line>
  <line sku="P-2"><count>1</count><price>12</price></line>
</order>`
const soap = '<s:Envelope xmlns:s="urn:soap"><s:Body><p xmlns="urn:own">1 &amp; 2</p></s:Body></s:Envelope>'

async function sent(xml: string, ...steps: readonly string[]): Promise<string> {
  const body = ['Given REST method "POST"', 'Given the XML request is', '"""', xml, '"""']
  const run = await runSteps([...body, ...steps, 'When the URL is invoked'])
  assert.deepEqual(run.faults, [])
  return run.sent
}

suite('an XPath of the response', () => {
  for (const { phrases, on, says } of [...xmlTextChecks, ...xmlNumberChecks]) {
    test(phrases[0] ?? '', async () => assert.deepEqual(await checkReply(order, [`XPath "${on}" ${says}`]), []))
  }
  test('fails with what was found', async () => {
    const wrong: Readonly<Record<string, string>> = {
      'XPath "/order/customer" is "Jane Roe"': 'XPath "/order/customer" is "John Doe", not "Jane Roe"',
      'XPath "/order/line/count" is an integer "2"':
        'XPath "/order/line/count" is the list ["2","1"], not the integer 2',
      'XPath "/order/customer" is an integer "2"': 'XPath "/order/customer" is the text "John Doe", not the integer 2',
      'XPath "//price[1]" is a float "7"': 'XPath "//price[1]" is the list ["7.5","12"], not the number 7',
      'XPath "/order/customer" is empty': 'XPath "/order/customer" is "John Doe", not empty',
      'XPath "/order/note" isn\'t empty': 'XPath "/order/note" is empty: it is ""',
      'XPath "/order/state" is one of "paid, sent"': 'XPath "/order/state" is "open", not one of "paid", "sent"',
      'XPath "/order/state" isn\'t one of "open, sent"': 'XPath "/order/state" is "open", which it must not be',
      'XPath "/order/refund" exists': 'XPath "/order/refund" finds nothing in the response: its root is <order>',
      'XPath "/order/refund" is "1"': 'XPath "/order/refund" finds nothing in the response: its root is <order>',
      'XPath "/order/state" does not exist': 'XPath "/order/state" exists: it is "open"',
      'XPath "//line" is found "3" times': 'XPath "//line" is found 2 times, not 3',
      'XPath "count(//line)" is "3"': 'XPath "count(//line)" is "2", not "3"',
    }
    assert.deepEqual(await checkReply(order, Object.keys(wrong)), Object.values(wrong))
  })
  test('that cannot be read says so', async () => {
    const [fault = ''] = await checkReply(order, ['XPath "/order[" exists'])
    assert.match(fault, /^The XPath "\/order\[" cannot be used: /)
  })
  test('uses the prefixes that steps have named, and those of the root', async () => {
    const { faults } = await runSteps(
      [
        'Given namespace prefix "own" of "urn:own"',
        'When the URL is invoked',
        'Then XPath "/s:Envelope/s:Body/own:p" is "1 & 2"',
        'Then XPath "//x:p" exists',
      ],
      { reply: soap },
    )
    assert.deepEqual(faults, [
      `The XPath "//x:p" cannot be used: name the prefix with 'namespace prefix "x" of "<address>"'`,
    ])
  })
  test('without a prefix says which namespace there is', async () => {
    assert.deepEqual(await checkReply('<a xmlns="urn:a"><b/></a>', ['XPath "/a/b" exists']), [
      `XPath "/a/b" finds nothing in the response: its elements are in a namespace; write 'namespace prefix "n" of "urn:a"' and put n: before their names`,
    ])
  })
})

suite('XML that cannot be read', () => {
  const faults: Readonly<Record<string, string>> = {
    '<a>\n<b></a>': 'Opening and ending tag mismatch: "b" != "a", at line 2',
    '': 'missing root element',
    hello: 'missing root element',
    '<a>\n&x;</a>': "there is no entity '&x;', at line 2",
    '<a>\n1 & 2</a>': "an '&' begins no entity, at line 2: write &amp;",
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>': 'it declares entities, which are never expanded',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>':
      'it declares entities, which are never expanded',
  }
  for (const [xml, fault] of Object.entries(faults)) {
    test(JSON.stringify(xml.slice(0, 40)), async () => {
      const expected = [`The response is no XML that can be read: ${fault}`]
      assert.deepEqual(await checkReply(xml, ['XPath "/a" exists']), expected)
    })
  }
  test('is not taken for a request either', async () => {
    const { faults } = await runSteps(['Given the XML request is', '"""', '<a>', '"""'])
    assert.equal(faults.length, 1)
    assert.match(faults[0] ?? '', /^The request is no XML that can be read: /)
  })
  test('may have & in comments and CDATA', async () => {
    assert.deepEqual(await checkReply('<a><!-- & --><![CDATA[1 & 2]]></a>', ['XPath "/a" is "1 & 2"']), [])
  })
})

suite('an XPath of the request', () => {
  const words: Readonly<Record<string, RegExp>> = {
    'is "a < b & c"': /^<a><b>a &lt; b &amp; c<\/b><\/a>$/,
    'is a UUID': /^<a><b>[\da-f-]{36}<\/b><\/a>$/,
    'is a random string': /^<a><b>a[\da-f]{32}<\/b><\/a>$/,
    'is a random integer': /^<a><b>\d{1,2}<\/b><\/a>$/,
    'is a random float': /^<a><b>\d{1,2}\.\d+<\/b><\/a>$/,
    'is a random date "YYYY-MM-DD"': /^<a><b>\d{4}-\d\d-\d\d<\/b><\/a>$/,
    'is now "X"': /^<a><b>1769860800<\/b><\/a>$/,
    'is UTC now "default"': /^<a><b>2026-01-31T12:00:00<\/b><\/a>$/,
    'is UTC now "default" minus one hour': /^<a><b>2026-01-31T11:00:00<\/b><\/a>$/,
    'is a random date after "2026-01-01" "YYYY-MM-DD"': /^<a><b>\d{4}-\d\d-\d\d<\/b><\/a>$/,
    'is a random date before "2026-01-01" "YYYY-MM-DD"': /^<a><b>\d{4}-\d\d-\d\d<\/b><\/a>$/,
    'is a random date between "2026-01-01" and "2026-01-01" "YYYY-MM-DD"': /^<a><b>2026-01-01<\/b><\/a>$/,
    'is one of "x, x"': /^<a><b>x<\/b><\/a>$/,
    'is an integer "7"': /^<a><b>7<\/b><\/a>$/,
    'is a float "7.5"': /^<a><b>7.5<\/b><\/a>$/,
  }
  for (const [each, pattern] of Object.entries(words)) {
    test(each, async () =>
      assert.match(await sent('<a><b>old<c/></b></a>', `Given XPath "/a/b" in request ${each}`), pattern),
    )
  }
  test('sets an attribute, and all that it finds', async () => {
    assert.equal(
      await sent('<a><b i="1"/><b i="2"/></a>', 'Given XPath "//b/@i" in request is "9"'),
      '<a><b i="9"/><b i="9"/></a>',
    )
  })
  test('uses namespaces', async () => {
    const steps = ['Given namespace prefix "n" of "urn:own"', 'Given XPath "//n:p" in request is "new"']
    assert.equal(await sent('<a><p xmlns="urn:own"/></a>', ...steps), '<a><p xmlns="urn:own">new</p></a>')
  })
  test('must be there', async () => {
    const xml = ['Given the XML request is', '"""', '<a/>', '"""']
    const messages: readonly (readonly [steps: readonly string[], message: string])[] = [
      [[...xml, 'Given XPath "/a/b" in request is "x"'], 'XPath "/a/b" finds nothing in the request: its root is <a>'],
      [
        [...xml, 'Given XPath "count(/a)" in request is "x"'],
        'XPath "count(/a)" computes a value, so that nothing can be set there',
      ],
      [
        ['Given XPath "/a" in request is "x"'],
        `There is no request in which XPath "/a" could be set: write 'the XML request is' before`,
      ],
      [
        ['Given request is "{}"', 'Given XPath "/a" in request is "x"'],
        `The request is JSON, and only XML has XPath: write 'format "XML"' before 'request is'`,
      ],
    ]
    for (const [steps, message] of messages) assert.deepEqual((await runSteps(steps)).faults, [message])
  })
  test('a SOAP action is sent', async () => {
    const { steps } = await runSteps(['Given SOAP action "urn:read"', 'When the URL is invoked'])
    const headers = new Headers(
      steps.flatMap(({ exchanges }) =>
        exchanges.flatMap((each) => each.requestHeaders.map(([a, b]): [string, string] => [a, b])),
      ),
    )
    assert.equal(headers.get('soapaction'), 'urn:read')
  })
})
