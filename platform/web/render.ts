import { createRequire } from 'node:module'
import { join } from 'node:path'
import nunjucks from 'nunjucks'
import { codeWords } from './components/code-words.ts'
import { dataTable } from './components/data-table.ts'
import { oneByte } from './components/one-byte.ts'

const govuk = join(createRequire(import.meta.url).resolve('govuk-frontend/package.json'), '../dist')

export type Render = (view: string, values: Readonly<Record<string, unknown>>) => string

type Done = (error?: unknown, ...found: unknown[]) => void
type Task = (...given: unknown[]) => void

/**
 * Nunjucks includes a template in three steps, for which it makes functions that are assigned to a property. V8 puts
 * such a function among its long-lived objects, so that the page and all that it was made from would stay until the
 * next major collection of garbage: a megabyte for each visitor. These steps are the same without it.
 */
class PageTemplates extends nunjucks.Environment {
  waterfall(tasks: readonly Task[], done: Done): void {
    const step =
      (index: number): Done =>
      (error, ...found) => {
        const task = tasks[index]
        if (error || !task) done(error, ...found)
        else task(...found, step(index + 1))
      }
    step(0)()
  }
}

/**
 * Makes pages from templates, which are read once. Every value is escaped unless a template says
 * that it is SVG of our own making.
 */
export function makeRender(shared: Readonly<Record<string, unknown>>): Render {
  const loader = new nunjucks.FileSystemLoader([import.meta.dirname, govuk], { noCache: false })
  const environment = new PageTemplates(loader, {
    autoescape: true,
    throwOnUndefined: false,
    trimBlocks: true,
    lstripBlocks: true,
  })
  environment.addGlobal('dataTableHtml', dataTable)
  environment.addFilter(
    'codeWords',
    (text) => new nunjucks.runtime.SafeString(codeWords(String(text))),
  )
  environment.addFilter('oneByte', (text) => new nunjucks.runtime.SafeString(oneByte(String(text))))
  return (view, values) => {
    const html = environment.render(`${view}.njk`, { ...shared, ...values })
    return typeof values.asOf === 'string' ? keepState(html, values.asOf) : html
  }
}

/** Addresses whose answer depends on the state shown. */
const ofState =
  /^\/(?:(?:services|indicators|standards|providers|places|releases|compare|search|near|desk|stories(?!\/(?:tell|confirm|mine|moderate|owed))|corrections|record|fairness|downloads|catalog|embed|about\/cards)(?:[/?.]|$)|$)/

/**
 * A visitor of a past state stays in it: every link and form of the page carries `as-of` on, but for
 * the one link that leads back to now (marked by its empty `as-of`).
 *
 * @param asOf a date or date-time that has been parsed: it is written into the page as it is.
 */
export function keepState(html: string, asOf: string): string {
  const value = encodeURIComponent(asOf)
  return html
    .replace(/href="(\/[^"#]*)(#[^"]*)?"/g, (all, path: string, hash = '') => {
      if (!ofState.test(path)) return all
      if (/[?;]as-of=(&|$)/.test(path)) return `href="${path.replace(/[?]as-of=$/, '')}${hash}"`
      if (path.includes('as-of=')) return all
      return `href="${path}${path.includes('?') ? '&amp;' : '?'}as-of=${value}${hash}"`
    })
    .replace(
      /<form [^>]*method="get"[^>]*>/g,
      (form) => `${form}<input type="hidden" name="as-of" value="${asOf}">`,
    )
}
