import { requestFormat, setHeader } from '../request-draft.ts'
import { type Step, step } from '../step.ts'
import { givenFile } from '../values/given-file.ts'
import { textualValues } from '../values/set-values.ts'
import { textOf } from '../variables.ts'
import type { World } from '../world.ts'
import { parseXml, xmlText } from '../xml/xml-document.ts'
import { evaluate, nameNamespace, nothingAt } from '../xml/xpath.ts'

const before = [
  'Given REST method "POST"',
  'And URL path "/anything"',
  'And the XML request is',
  '  """',
  '  <order><name/></order>',
  '  """',
]
const after = ['When the URL is invoked', 'Then path "/data" starts with "<order>"']

/** What is put into an XML request. */
export const xmlRequestSteps: readonly Step[] = [
  step({
    phrase: 'namespace prefix {text} of {text}',
    summary: 'Names a namespace for the XPath expressions of later steps.',
    example: 'Given namespace prefix "soap" of "http://schemas.xmlsoap.org/soap/envelope/"',
    run: nameNamespace,
  }),
  step({
    phrase: 'SOAP action {text}',
    summary: 'Sends the header SOAPAction.',
    example:
      'Given SOAP action "urn:read"\nAnd URL path "/headers"\nWhen the URL is invoked\nThen path "/headers/Soapaction" is "urn:read"',
    run: ({ request }, action) => setHeader(request, 'SOAPAction', action),
  }),
  step({
    phrase: 'the XML request is',
    summary: 'Sends the XML of the doc string; the format of the request is XML from here on.',
    example: [...before, ...after].join('\n'),
    run: (world) => {
      if (world.docString === undefined)
        throw new Error('The step needs a doc string below it, between two lines of """')
      setXml(world, textOf(world.resolve(world.docString.content)))
    },
  }),
  step({
    phrase: 'the XML request is that from {text}',
    summary: 'Sends the XML of a file, in the folder `xml/request` or beside the feature.',
    example: [...before.slice(0, 2), 'And the XML request is that from "order.xml"', ...after].join('\n'),
    run: async (world, file) => {
      setXml(world, textOf(world.resolve(await givenFile(world, file, ['xml/request'], '.xml'))))
    },
  }),
  ...textualValues.map(({ phrases, summary, says, make }) => {
    const [phrase = '', ...also] = phrases.map((each) => `XPath {text} in request ${each}`)
    return step<string>({
      phrase,
      also,
      summary: `${summary.replace('with its type', 'as text')} It must be there already.`,
      example: [...before, `And XPath "/order/name" in request ${says}`, ...after].join('\n'),
      run: (world: World, ...given: readonly unknown[]) => {
        const [expression, ...values] = given
        fill(world, String(expression), textOf(make(world, ...(values as never[]))))
      },
    })
  }),
]

function setXml({ request }: World, text: string): void {
  parseXml(text, 'The request')
  request.body = { kind: 'text', text }
  request.requestFormat = 'xml'
}

function fill(world: World, expression: string, text: string): void {
  const { request } = world
  const { body } = request
  if (body === undefined)
    throw new Error(
      `There is no request in which XPath "${expression}" could be set: write 'the XML request is' before`,
    )
  if (body.kind !== 'text') {
    const format = requestFormat(request).toUpperCase()
    throw new Error(`The request is ${format}, and only XML has XPath: write 'format "XML"' before 'request is'`)
  }
  const document = parseXml(body.text, 'The request')
  const found = evaluate(world, expression, document)
  if (!Array.isArray(found)) throw new Error(`XPath "${expression}" computes a value, so that nothing can be set there`)
  if (found.length === 0) throw nothingAt(expression, document, 'request')
  for (const node of found) node.textContent = text
  request.body = { kind: 'text', text: xmlText(document) }
}
