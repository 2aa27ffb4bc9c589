import type { Reader } from '../comparison/reader.ts'
import { type Grant, grantWords } from '../people/roles.ts'
import * as words from './words.ts'

/** What a role is called, with the name of what it reaches: "Lead of the provider C7 (Anstey School)". */
export async function roleName(
  reader: Reader,
  grant: Pick<Grant, 'role' | 'scope'>,
): Promise<string> {
  const { scope } = grant
  const role = words.sentenceCase(grantWords(grant).replace(/^an? /, ''))
  if (scope.kind === 'whole') return role
  const named =
    scope.kind === 'service'
      ? reader.service(scope.code)
      : await reader.subject(await reader.state(), scope.code)
  return named ? `${role} (${named.name})` : role
}
