/** What a person may be. Everybody who has signed in is a citizen; the others are granted. */
export const roles = [
  'citizen',
  'professional',
  'lead',
  'moderator',
  'analyst',
  'steward',
  'auditor',
] as const
export type Role = (typeof roles)[number]

/** Roles that somebody grants. */
export const grantedRoles = [
  'professional',
  'lead',
  'moderator',
  'analyst',
  'steward',
  'auditor',
] as const
export type GrantedRole = (typeof grantedRoles)[number]

/** How far a role reaches. */
export const scopeKinds = ['whole', 'service', 'place', 'provider'] as const
export type ScopeKind = (typeof scopeKinds)[number]

/** Where a role counts: everywhere, or in one service, place or provider. */
export type Scope =
  | { readonly kind: 'whole' }
  | {
      readonly kind: Exclude<ScopeKind, 'whole'>
      readonly code: string
      /** What has the code, where its name is known: for sentences. */
      readonly name?: string
    }

/** How far each role may reach. */
export const scopesOf: Readonly<Record<GrantedRole, readonly ScopeKind[]>> = {
  professional: ['provider'],
  lead: ['provider'],
  moderator: ['whole', 'service', 'place'],
  analyst: ['whole', 'service'],
  steward: ['whole', 'service', 'place'],
  auditor: ['whole'],
}

/** A role that a person holds, from one day to another, both of them included. */
export interface Grant {
  readonly id: number
  readonly role: GrantedRole
  readonly scope: Scope
  /** ISO days; `until` is null for a role without an end. */
  readonly from: string
  readonly until: string | null
}

/** What each role is called, with its article. */
export const roleWords: Readonly<Record<Role, string>> = {
  citizen: 'a citizen',
  professional: 'a professional',
  lead: 'a lead',
  moderator: 'a moderator',
  analyst: 'an analyst',
  steward: 'a steward',
  auditor: 'an auditor',
}

/** "a lead of the provider C7", of "Anstey School" where its name is known, "a steward of everything here". */
export function grantWords({ role, scope }: Pick<Grant, 'role' | 'scope'>): string {
  if (scope.kind === 'whole') return `${roleWords[role]} of everything here`
  return `${roleWords[role]} of ${scope.name ?? `the ${scope.kind} ${scope.code}`}`
}

/** Who asks: a person who has signed in, with the roles that they hold or held; or anybody. */
export interface Viewer {
  /** Null for a visitor who has not signed in. */
  readonly person: { readonly id: string; readonly pseudonym: string } | null
  readonly grants: readonly Grant[]
}

/** A visitor who has not signed in, or whose name does not matter: pages for all are made for them. */
export const anyone: Viewer = { person: null, grants: [] }
