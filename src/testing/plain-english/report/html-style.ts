/** How the page of results looks, in light and dark. */
export const style: string = `
:root { color-scheme: light dark; --back: #fff; --card: #f6f7f9; --text: #1b1f24; --soft: #667080; --line: #dfe3e8;
  --passed: #1a7f4b; --failed: #c8322b; --warned: #b7791f; --skipped: #8a94a3; }
@media (prefers-color-scheme: dark) { :root { --back: #14171b; --card: #1d2127; --text: #e6e9ee; --soft: #98a2b1;
  --line: #2e343c; --passed: #4cc38a; --failed: #ff7b72; --warned: #e3b341; --skipped: #6e7887; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 2rem 1.25rem 4rem; background: var(--back); color: var(--text);
  font: 15px/1.55 system-ui, sans-serif; }
input[name=show] { position: absolute; opacity: 0; }
h1 { margin: 0; font-size: 1.6rem; }
header.passed h1 { color: var(--passed); } header.failed h1 { color: var(--failed); }
header p, small, .note { color: var(--soft); }
header p { margin: .25rem 0 1rem; }
small { font-size: .82em; font-weight: normal; }
.bar { display: flex; gap: 2px; height: 8px; border-radius: 4px; overflow: hidden; background: var(--line); }
.bar .passed { background: var(--passed); } .bar .failed { background: var(--failed); }
.bar .undefined, .bar .ambiguous, .bar .pending { background: var(--warned); } .bar .skipped { background: var(--skipped); }
nav { margin: 1rem 0 0; }
nav label { padding: .2rem .7rem; border: 1px solid var(--line); border-radius: 1rem; cursor: pointer; }
#show-all:checked ~ header label[for=show-all], #show-failed:checked ~ header label[for=show-failed] {
  background: var(--text); color: var(--back); }
#show-all:focus-visible ~ header label[for=show-all], #show-failed:focus-visible ~ header label[for=show-failed] {
  outline: 2px solid var(--warned); }
#show-failed:checked ~ main section.passed, #show-failed:checked ~ main section.skipped, #show-failed:checked ~ main details.passed,
#show-failed:checked ~ main details.skipped { display: none; }
section { margin-top: 2rem; }
h2 { margin: 0 0 .6rem; font-size: 1.1rem; }
.description { margin: 0 0 .6rem; color: var(--soft); white-space: pre-line; }
section > details { margin: .4rem 0; padding: .5rem .9rem; background: var(--card); border-left: 4px solid var(--skipped);
  border-radius: 4px; }
section > details.passed { border-color: var(--passed); } section > details.failed { border-color: var(--failed); }
section > details.flaky, section > details.undefined, section > details.ambiguous, section > details.pending { border-color: var(--warned); }
summary { cursor: pointer; }
ol { margin: .6rem 0; padding: 0; list-style: none; }
li { padding: .1rem 0 .1rem 1.5rem; position: relative; overflow-wrap: anywhere; }
li::before { position: absolute; left: 0; content: '-'; color: var(--skipped); }
li.passed::before { content: '\\2714'; color: var(--passed); } li.failed::before { content: '\\2718'; color: var(--failed); }
li.undefined::before, li.ambiguous::before, li.pending::before { content: '?'; color: var(--warned); }
li.skipped { color: var(--soft); }
.keyword { color: var(--soft); } li b { font-weight: 600; }
.note { margin: .1rem 0; white-space: pre-wrap; }
.message, .fault { margin: .3rem 0; color: var(--failed); white-space: pre-wrap; }
.tag { padding: 0 .4rem; border: 1px solid var(--line); border-radius: .7rem; color: var(--soft); font-size: .8em; }
pre { margin: .4rem 0; padding: .7rem; overflow: auto; max-height: 30rem; border: 1px solid var(--line); border-radius: 4px;
  background: var(--back); font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .3rem 0; font: 13px/1.5 ui-monospace, monospace; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.difference .expected { color: var(--passed); } .difference .found { color: var(--failed); } .difference .same { color: var(--soft); }
table { border-collapse: collapse; margin: .3rem 0; } td { padding: .1rem .6rem; border: 1px solid var(--line); }
`
