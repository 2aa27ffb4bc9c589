import { join } from 'node:path'
import nunjucks from 'nunjucks'

const views = join(import.meta.dirname, 'views')

export type Render = (view: string, values: Readonly<Record<string, unknown>>) => string

/** Templates are read once; every value is escaped unless a template says that it is our own SVG. */
export function makeRender(shared: Readonly<Record<string, unknown>>): Render {
  const loader = new nunjucks.FileSystemLoader(views, { noCache: false })
  const environment = new nunjucks.Environment(loader, {
    autoescape: true,
    throwOnUndefined: false,
    trimBlocks: true,
    lstripBlocks: true,
  })
  return (view, values) => environment.render(`${view}.njk`, { ...shared, ...values })
}
