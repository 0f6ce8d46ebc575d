const light = {
  paper: '#ffffff',
  raised: '#f5f8f9',
  line: '#dde4e7',
  ink: '#1b2429',
  faint: '#56666f',
  accent: '#0f5e70',
  panel: '#1d2a30',
  block: '#131c20',
  good: '#1d7a3e',
  bad: '#c0322b',
}

const dark = {
  paper: '#14191d',
  raised: '#1c2328',
  line: '#303a41',
  ink: '#e4eaed',
  faint: '#9aa9b2',
  accent: '#6cc3d6',
  panel: '#10161a',
  block: '#1c2328',
  good: '#5fc884',
  bad: '#f0827c',
}

const text = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'
const code = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace'

/** The colours and fonts of the other pages, in the words of Redoc. */
export function theme(isDark) {
  const colour = isDark ? dark : light
  const response = (color) => ({ color, backgroundColor: `${color}18`, tabTextColor: color })
  return {
    spacing: { sectionVertical: 28 },
    breakpoints: { medium: '60rem', large: '80rem' },
    colors: {
      primary: { main: colour.accent },
      success: { main: colour.good },
      error: { main: colour.bad },
      text: { primary: colour.ink, secondary: colour.faint },
      border: { dark: colour.line, light: colour.line },
      gray: { 50: colour.raised, 100: colour.raised },
      responses: {
        success: { ...response(colour.good), tabTextColor: dark.good },
        error: { ...response(colour.bad), tabTextColor: dark.bad },
        redirect: response(colour.faint),
        info: response(colour.accent),
      },
    },
    schema: {
      nestedBackground: colour.raised,
      linesColor: colour.faint,
      typeNameColor: colour.faint,
      typeTitleColor: colour.faint,
      requireLabelColor: colour.bad,
    },
    typography: {
      fontSize: '15px',
      lineHeight: '1.55',
      fontFamily: text,
      headings: { fontFamily: text, fontWeight: '600' },
      code: { fontFamily: code, fontSize: '13px', color: colour.ink, backgroundColor: colour.raised },
      links: { color: colour.accent, visited: colour.accent, hover: colour.accent },
    },
    sidebar: { width: '280px', backgroundColor: colour.raised, textColor: colour.ink },
    rightPanel: {
      backgroundColor: colour.panel,
      servers: {
        overlay: { backgroundColor: colour.raised, textColor: colour.ink },
        url: { backgroundColor: colour.paper },
      },
    },
    codeBlock: { backgroundColor: colour.block },
    fab: { backgroundColor: colour.raised, color: colour.accent },
  }
}
