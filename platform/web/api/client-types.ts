import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import openapiTypescript, { astToString } from 'openapi-typescript'
import { openapi } from './openapi.ts'

/** Where the client's types stand: written by `npm run client`, held to the document by a test. */
export const clientTypesPath = join(import.meta.dirname, '../../../packages/client/src/schema.ts')

/** The types of every request and answer, from the OpenAPI document. */
export async function clientTypes(): Promise<string> {
  // Through text, since the generator takes a document as a file has it.
  const document = JSON.stringify(openapi(null))
  return `// Generated from the OpenAPI document by \`npm run client\`.\n${astToString(await openapiTypescript(document))}`
}

if (import.meta.main) writeFileSync(clientTypesPath, await clientTypes())
