import type { Reader } from '../comparison/reader.ts'
import { type Grant, grantWords, type Scope, type Viewer } from '../people/roles.ts'
import * as words from './words.ts'

/** What a role is called, with the name of what it reaches: "Lead of the provider C7 (Anstey School)". */
export async function roleName(
  reader: Reader,
  grant: Pick<Grant, 'role' | 'scope'>,
): Promise<string> {
  const { scope } = grant
  const role = words.sentenceCase(grantWords(grant).replace(/^an? /, ''))
  const name = await nameOf(reader, scope)
  return name === null ? role : `${role} (${name})`
}

/** What a role reaches, by its name; null where it is everything, or nothing here has the code. */
async function nameOf(reader: Reader, scope: Scope): Promise<string | null> {
  if (scope.kind === 'whole') return null
  const named =
    scope.kind === 'service'
      ? reader.service(scope.code)
      : await reader.subject(await reader.state(), scope.code)
  return named?.name ?? null
}

/** The same reach, with the name of what it is where that is known: for sentences. */
export async function namedScope(reader: Reader, scope: Scope): Promise<Scope> {
  const name = await nameOf(reader, scope)
  return name === null || scope.kind === 'whole' ? scope : { ...scope, name }
}

/** The same viewer, whose roles name what they reach: for sentences that say why. */
export async function withNames(reader: Reader, viewer: Viewer): Promise<Viewer> {
  const grants = viewer.grants.map(
    async (grant): Promise<Grant> => ({ ...grant, scope: await namedScope(reader, grant.scope) }),
  )
  return { ...viewer, grants: await Promise.all(grants) }
}
