import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Queries } from '../../../database/database.ts'
import {
  GrantRefused,
  grantHistory,
  grantWithin,
  type HeldGrant,
  revokeWithin,
} from '../../../people/grants.ts'
import { ownAddress } from '../../../people/own-data.ts'
import { emailSchema } from '../../../people/proof.ts'
import { type RoleNews, tellOfRole } from '../../../people/role-letters.ts'
import { type Grant, grantedRoles, type Scope } from '../../../people/roles.ts'
import { allowed, type Thing } from '../../../people/rules.ts'
import { field } from '../../forms.ts'
import { freshly } from '../../fresh.ts'
import { partOf } from '../../matter-address.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import { namedScope, roleName, withNames } from '../../role-name.ts'
import { answerForm, type Fault, newForm, sendForm, today } from '../../sent-form.ts'
import { thingOf } from '../../thing.ts'
import * as words from '../../words.ts'
import { choices } from '../context.ts'
import { momentWords } from '../record/act-words.ts'
import { choiceSentence, type ReachChoice, reachOf, type TypedReach } from './reach.ts'

/** By their public role: who grants and takes back roles here. */
const by = 'steward'

const notThere = 'It may have been taken back already. The list has all that there are.'
const instead = [{ href: '/roles', text: 'Who holds which role' }]

/** What was typed into the form of a new role. */
interface Typed extends TypedReach {
  readonly email: string
  readonly from: string
  readonly until: string
  readonly why: string
}

/**
 * Who holds which role: for stewards, who also grant and take back and see the addresses of those whom their
 * own role reaches, and for auditors, who see no address.
 */
export function addRoles(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse, page } = place
  const { db } = door.people

  async function thingOfScope(scope: Scope): Promise<Thing> {
    if (scope.kind === 'whole') return {}
    if (scope.kind === 'service') return { service: scope.code }
    return (await thingOf(reader, await reader.state(), scope.code)) ?? {}
  }

  /** The roles that the viewer may see: those that their own reaches. */
  async function seen({ viewer }: FastifyRequest) {
    const found = []
    for (const grant of await grantHistory(db)) {
      const thing = await thingOfScope(grant.scope)
      if (!allowed(viewer, 'see-roles', thing).yes) continue
      // Whoever sees a role as an auditor, and looks after another place, sees no address with it.
      const isTheirs = allowed(viewer, 'grant-role', thing).yes
      const { email, ...rest } = grant
      found.push({
        ...rest,
        email: isTheirs ? email : null,
        what: await roleName(reader, grant),
        mayEnd: isTheirs && grant.revokedAt === null,
        standing: standingOf(grant),
      })
    }
    return found
  }

  app.get('/roles', { config: { act: 'see-roles' } }, async (request, reply) => {
    const all = await seen(request)
    const lines = all.map((g) => ({ ...g, when: whenWords(g) }))
    const held = lines.filter((g) => g.standing !== 'ended')
    const people = new Set(all.filter((g) => g.standing === 'held').map((g) => g.pseudonym)).size
    return page(reply, 'pages/roles/roles', {
      title: 'Who holds which role',
      lead: leadOf(all.filter((g) => g.standing === 'held').length, people),
      held,
      ended: lines.filter((g) => g.standing === 'ended').reverse(),
      mayGrant: allowed(request.viewer, 'grant-role', null).yes,
    })
  })

  app.get('/roles.json', { config: { act: 'see-roles' } }, async (request) => ({
    roles: (await seen(request)).map(({ mayEnd: _, ...g }) => g),
  }))

  const granting = {
    config: { act: 'grant-role' } as const,
    ...freshly({ door, refuse }),
  }

  const showNew = (
    reply: FastifyReply,
    typed: Typed,
    fault: Fault | null,
    among: readonly ReachChoice[] = [],
  ): FastifyReply =>
    page(reply, 'pages/roles/new', {
      title: fault ? 'Error: Grant a role' : 'Grant a role',
      fault,
      typed,
      among,
      form: newForm(),
      roles: choices([...grantedRoles], typed.role, words.sentenceCase),
    })

  app.get('/roles/new', granting, (_, reply) => {
    const typed = {
      email: '',
      role: 'professional',
      reach: '',
      code: '',
      chosen: '',
      chosenFor: '',
      from: today(),
      until: '',
      why: '',
    }
    return showNew(reply, typed, null)
  })

  app.post('/roles/new', granting, async (request, reply) => {
    const of = (name: keyof Typed): string => field(request, name).trim()
    const typed: Typed = {
      ...{ email: of('email'), role: of('role'), reach: of('reach'), code: of('code') },
      ...{ chosen: of('chosen'), chosenFor: of('chosenFor') },
      ...{ from: of('from'), until: of('until'), why: of('why') },
    }
    const wrong = (sentence: string, field: string, among: readonly ReachChoice[] = []) =>
      showNew(reply.code(400), typed, { field, sentence, status: 400 }, among)
    let scope: Awaited<ReturnType<typeof reachOf>>
    try {
      scope = await reachOf(reader, typed)
    } catch (error) {
      if (!(error instanceof GrantRefused)) throw error
      return wrong(error.message, error.field)
    }
    if (!('kind' in scope)) return wrong(choiceSentence(scope, typed.code), 'chosen', scope)
    const refused = await reachRefused(request, scope, typed.email)
    if (refused) return wrong(refused.sentence, refused.field)
    const { email, role, from, why } = typed
    const code = scope.kind === 'whole' ? '' : scope.code
    // What was chosen from a list stays chosen, whatever else is wrong.
    const known = typed.chosen === code ? { ...typed, code } : typed
    const until = typed.until === '' ? null : typed.until
    const tell = await telling(request, 'granted', scope)
    const sent = await sendForm(place, request, async (tx) => {
      const asked = { email, role, from, why, scope: scope.kind, code, until }
      await tell(tx, await grantWithin(tx, asked, by))
      return '/roles'
    })
    door.posted()
    return answerForm(reply, sent, (fault) => showNew(reply, known, fault))
  })

  /** Why this steward may not grant that: nobody grants beyond their own reach, or to themselves. */
  async function reachRefused({ viewer }: FastifyRequest, scope: Scope, email: string) {
    const named = await withNames(reader, viewer)
    const may = allowed(named, 'grant-role', await thingOfScope(scope))
    if (!may.yes) return { field: 'code', sentence: may.why }
    const own = viewer.person && (await ownAddress(db, viewer.person.id))
    const isOwn = own?.email === emailSchema.safeParse(email).data
    return isOwn
      ? { field: 'email', sentence: 'Nobody grants a role to themselves. Ask another steward.' }
      : null
  }

  /** Writes to a role's holder; its names are read before anything is done. */
  async function telling(request: FastifyRequest, news: RoleNews, reach: Scope) {
    const home = homeForLetters(request, door)
    const scope = await namedScope(reader, reach)
    return (tx: Queries, grant: Grant) => tellOfRole(tx, { news, grant, scope, by, home })
  }

  /** One that was taken back is found where its form may have been sent twice. */
  async function grantOf(request: FastifyRequest): Promise<HeldGrant | null> {
    const id = partOf(request, 'id')
    const all = await grantHistory(db)
    const isSent = request.method === 'POST'
    return all.find((g) => String(g.id) === id && (isSent || g.revokedAt === null)) ?? null
  }
  const ending = {
    ...granting,
    config: {
      act: 'grant-role' as const,
      thing: async (request: FastifyRequest) => {
        const grant = await grantOf(request)
        return grant && thingOfScope(grant.scope)
      },
    },
  }

  async function showEnd(
    reply: FastifyReply,
    grant: HeldGrant,
    typed: { readonly why: string; readonly fault: Fault | null },
  ): Promise<FastifyReply> {
    return page(reply, 'pages/roles/end', {
      title: typed.fault ? 'Error: Take a role back' : 'Take a role back',
      id: grant.id,
      what: await roleName(reader, grant),
      who: grant.pseudonym,
      email: grant.email,
      when: whenWords({ ...grant, standing: standingOf(grant) }),
      form: newForm(),
      ...typed,
    })
  }

  app.get('/roles/:id/end', ending, async (request, reply) => {
    const grant = await grantOf(request)
    if (!grant) return refuse(reply, 404, 'There is no such role', notThere, { instead })
    return showEnd(reply, grant, { why: '', fault: null })
  })

  app.post('/roles/:id/end', ending, async (request, reply) => {
    const grant = await grantOf(request)
    if (!grant) return refuse(reply, 404, 'There is no such role', notThere, { instead })
    const why = field(request, 'why')
    const tell = await telling(request, 'taken-back', grant.scope)
    const sent = await sendForm(place, request, async (tx) => {
      await tell(tx, await revokeWithin(tx, { id: grant.id, why }, by))
      return '/roles'
    })
    door.posted()
    return answerForm(reply, sent, (fault) => showEnd(reply, grant, { why, fault }))
  })
}

type Standing = 'held' | 'later' | 'ended'

function standingOf({ from, until, revokedAt }: HeldGrant): Standing {
  const day = today()
  if (revokedAt !== null || (until !== null && until < day)) return 'ended'
  return from > day ? 'later' : 'held'
}

function whenWords({
  from,
  until,
  revokedAt,
}: Pick<HeldGrant, 'from' | 'until' | 'revokedAt'> & { readonly standing: Standing }): string {
  const days = `From ${words.date(from)}${until === null ? ', without an end' : ` until ${words.date(until)}`}`
  return revokedAt === null ? days : `${days}; taken back on ${momentWords(revokedAt)}`
}

const leadOf = (roles: number, people: number): string => {
  if (roles === 0) return 'Nobody holds a role here now.'
  const held = `${words.number(roles, 0)} ${roles === 1 ? 'role is' : 'roles are'} held`
  return `${held} by ${words.number(people, 0)} ${people === 1 ? 'person' : 'people'} now.`
}
