import { catalogueFolder } from '../../examples/aldermere/about.ts'
import { operatorsFolders } from '../evidence/catalogue.ts'
import type { Settings } from '../settings.ts'

/** The folders of the catalogue, which may come to be while a server runs. @throws CatalogueError */
export const foldersOf = (settings: Settings): string[] => [
  catalogueFolder,
  ...operatorsFolders(settings),
]
