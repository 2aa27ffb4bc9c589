import { join } from 'node:path'

/** What the example area is called. */
export const name = 'Aldermere'

/** What every page says while Aldermere is shown. */
export const sentence =
  'Aldermere is an invented county. Its places, services and figures are made up, to show what Plumbline does.'

/** What the command line says when the first real figures take Aldermere's place. */
export const gaveWay = 'Aldermere, the invented example area, has given way to your data.'

/** The seed of the files that ship; another gives another county of the same shape. */
export const seed = 2008

/** The kinds of file, indicators and services that only Aldermere has. */
export const catalogueFolder = join(import.meta.dirname, 'catalogue')
