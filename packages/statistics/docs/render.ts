import type { Entry } from './read-docs.ts'

/** The folders in the order that the page shows them, with their headings. */
const headings: Readonly<Record<string, string>> = {
  intervals: 'Intervals',
  standardisation: 'Standardised rates and life expectancy',
  funnel: 'Funnel plots',
  'control-charts': 'Control charts',
  trend: 'Recent trends',
  quantiles: 'Quantiles',
  fairness: 'Fairness',
  variation: 'Variation between places',
  shrinkage: 'Shrunken estimates',
  ranks: 'Ranks that admit doubt',
  composite: 'Composite scores and grades',
  regression: 'Case mix',
  change: 'Change',
  distributions: 'Distributions',
  table: 'Tables',
  rules: 'Rules',
  suppress: 'Protection and audit',
  round: 'Rounding',
  figures: 'Figures for the public',
  deadlines: 'Deadlines',
  calendars: 'Calendars',
  days: 'Days',
  sampling: 'Samples',
  weighting: 'Weights',
  estimates: 'Estimates',
  response: 'Response',
  drivers: 'What matters most',
}

/** The heading of what lies in no folder. */
const outside: Readonly<Record<string, string>> = {
  statistics: 'Random numbers and errors',
  frontier: 'Frontiers',
  disclosure: 'Errors',
  clocks: 'Refusals',
  weights: 'Categories and refusals',
}

/**
 * The reference page, Markdown with an anchor for each name.
 * @param preface what comes between the list of names and the names; may be empty.
 */
export function renderDocs(
  entries: readonly Entry[],
  packageName: string,
  preface: string,
): string {
  const modules = [
    ...new Set([...Object.keys(headings), '', ...entries.map((entry) => entry.module)]),
  ]
  const sections = modules
    .map((module) => [module, entries.filter((entry) => entry.module === module)] as const)
    .filter(([, found]) => found.length > 0)
  const title = (module: string): string =>
    headings[module] ?? (module || (outside[packageName] ?? packageName))
  const lines = [
    `# The functions of @plumbline/${packageName}`,
    '',
    'Written from the docstrings by `node packages/statistics/docs/generate.ts`; change them there. Every',
    'example is run by a test: `0.5525…` is a number that begins with these digits.',
    '',
    ...sections.flatMap(([module, found]) => [
      `- ${title(module)}: ${found
        .filter((entry) => entry.kind !== 'type')
        .map((entry) => `[${entry.name}](#${entry.name})`)
        .join(', ')}`,
    ]),
    '',
    ...(preface === '' ? [] : [preface.trimEnd(), '']),
  ]
  for (const [module, found] of sections) {
    lines.push(`## ${title(module)}`, '')
    for (const entry of found) lines.push(...renderEntry(entry))
  }
  return `${lines.join('\n').trimEnd()}\n`
}

function renderEntry(entry: Entry): string[] {
  const lines = [`### <a id="${entry.name}"></a>${entry.name}`, '']
  if (entry.text) lines.push(links(entry.text), '')
  lines.push('```ts', entry.signature, '```', '')
  for (const { name, text } of entry.parameters) lines.push(`- \`${name}\`: ${oneLine(text)}`)
  if (entry.returns) lines.push(`- returns ${oneLine(entry.returns)}`)
  for (const text of entry.throws) lines.push(`- throws ${oneLine(text)}`)
  if (lines.at(-1) !== '') lines.push('')
  for (const example of entry.examples) lines.push('Example:', '', '```ts', example, '```', '')
  return lines
}

const links = (text: string): string => text.replace(/\{@link\s+(\w+)\}/g, '[$1](#$1)')

const oneLine = (text: string): string => links(text).replace(/\s*\n\s*/g, ' ')
