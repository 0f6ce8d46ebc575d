import { allChecks } from '../checks/all-checks.ts'
import type { Check } from '../checks/check.ts'

type Samples = Readonly<Record<string, readonly [expression: string, says: string]>>

/** The checks that make sense for what is text, each with an expression of which it is true. */
const textSamples: Samples = {
  'is {value}': ['/order/customer', 'is "John Doe"'],
  'is not {value}': ['/order/customer', 'is not "Jane Roe"'],
  'is one of {value}': ['/order/state', 'is one of "open, paid, sent"'],
  'is not one of {value}': ['/order/state', 'is not one of "paid, sent"'],
  'is empty': ['/order/note', 'is empty'],
  'is not empty': ['/order/@id', 'is not empty'],
  'is a list {value}': ['/order/line/@sku', 'is a list "P-1, P-2"'],
  'starts with {text}': ['/order/customer', 'starts with "John"'],
  'does not start with {text}': ['/order/customer', 'does not start with "Jane"'],
  'starts with any of {value}': ['/order/customer', 'starts with any of "Jane, John"'],
  'ends with {text}': ['/order/customer', 'ends with "Doe"'],
  'does not end with {text}': ['/order/customer', 'does not end with "Roe"'],
  'contains {value}': ['/order/customer', 'contains "hn D"'],
  'does not contain {value}': ['/order/customer', 'does not contain "Roe"'],
  'matches the pattern {name}': ['/order/@id', 'matches the pattern "^[A-Z]-\\d+$"'],
  'does not match the pattern {name}': ['/order/@id', 'does not match the pattern "^\\d"'],
  'is a date': ['/order/@placed', 'is a date'],
  'is a date {text}': ['/order/@placed', 'is a date "YYYY-MM-DD"'],
  'is after {text}': ['/order/@placed', 'is after "2026-01-01"'],
  'is before {text}': ['/order/@placed', 'is before "2026-12-31"'],
}

const numberSamples: Samples = {
  'is an integer {value}': ['/order/line[1]/count', 'is an integer "2"'],
  'is a float {value}': ['/order/line[1]/price', 'is a float "7.5"'],
  'is any integer': ['/order/line[1]/count', 'is any integer'],
  'is any float': ['/order/line[1]/price', 'is any float'],
  'is greater than {value}': ['/order/line[1]/price', 'is greater than "7"'],
  'is at least {value}': ['/order/line[1]/price', 'is at least "7.5"'],
  'is less than {value}': ['/order/line[1]/price', 'is less than "8"'],
  'is at most {value}': ['/order/line[1]/price', 'is at most "7.5"'],
  'is between {value} and {value}': ['sum(//count)', 'is between "1" and "10"'],
}

/** Each check with its sample, in which the place of the value is an expression. */
function sampled(samples: Samples): readonly Check[] {
  return allChecks.flatMap((check) => {
    const [on, says] = samples[check.phrases[0] ?? ''] ?? []
    return on === undefined || says === undefined ? [] : [{ ...check, on, says }]
  })
}

/** The checks of what is text in XML; what stands for a value is an expression for the order of the echo endpoints. */
export const xmlTextChecks: readonly Check[] = sampled(textSamples)

/** The checks of texts in XML that are read as numbers. */
export const xmlNumberChecks: readonly Check[] = sampled(numberSamples)
