import { type Media, media } from '../kernel/media.ts'

/** HTML that needs no more escaping. */
export interface Html {
  readonly html: string
}

/** Writes HTML; every value put in is escaped, unless it is HTML itself, and lists are put in piece by piece. */
export function html(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  return { html: texts.reduce((all, text, index) => all + inserted(values[index - 1] ?? '') + text) }
}

/** A finished page. */
export function htmlMedia({ html: text }: Html): Media {
  return media(text, 'text/html; charset=utf-8')
}

function inserted(value: string | number | Html | readonly Html[]): string {
  if (typeof value !== 'object') return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return 'html' in value ? value.html : value.map((each) => each.html).join('')
}
