import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  GrantRefused,
  grantHistory,
  grantWithin,
  type HeldGrant,
  revokeWithin,
} from '../../../people/grants.ts'
import { ownAddress } from '../../../people/own-data.ts'
import { emailSchema } from '../../../people/proof.ts'
import { grantedRoles, type Scope } from '../../../people/roles.ts'
import { allowed, type Thing } from '../../../people/rules.ts'
import { field } from '../../forms.ts'
import { freshly } from '../../fresh.ts'
import { partOf } from '../../matter-address.ts'
import type { FormPlace } from '../../people-door.ts'
import { roleName } from '../../role-name.ts'
import { answerForm, type Fault, newForm, sendForm, today } from '../../sent-form.ts'
import { thingOf } from '../../thing.ts'
import * as words from '../../words.ts'
import { choices } from '../context.ts'
import { momentWords } from '../record/act-words.ts'

/** By their public role: who grants and takes back roles here. */
const by = 'steward'

const notThere = 'It may have been taken back already. The list has all that there are.'
const instead = [{ href: '/roles', text: 'Who holds which role' }]

/** What was typed into the form of a new role. */
interface Typed {
  readonly email: string
  readonly role: string
  /** `whole` or `one`: everything here, or what has the code. */
  readonly reach: string
  readonly code: string
  readonly from: string
  readonly until: string
  readonly why: string
}

/** Who holds which role: for stewards, who also grant and take back, and for auditors, who see no address. */
export function addRoles(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse, page } = place
  const { db } = door.people

  async function thingOfScope(scope: Scope): Promise<Thing> {
    if (scope.kind === 'whole') return {}
    if (scope.kind === 'service') return { service: scope.code }
    return (await thingOf(reader, await reader.state(), scope.code)) ?? {}
  }

  /** The reach that was chosen: everything is never meant by a code that was left out. */
  async function scopeOf({ reach, code }: Pick<Typed, 'reach' | 'code'>): Promise<Scope> {
    if (reach !== 'whole' && reach !== 'one') {
      throw new GrantRefused('Choose where the role counts.', 'reach')
    }
    if (reach === 'whole') {
      if (code === '') return { kind: 'whole' }
      throw new GrantRefused('Leave the code empty for everything here, or choose one.', 'code')
    }
    if (code === '') throw new GrantRefused('The code is missing.', 'code')
    if (reader.service(code)) return { kind: 'service', code }
    const subject = await reader.subject(await reader.state(), code)
    if (subject) return { kind: subject.kind, code }
    throw new GrantRefused('Nothing here has this code.', 'code')
  }

  /** The roles that the viewer may see: those that their own reaches. */
  async function seen({ viewer }: FastifyRequest) {
    const maySeeAddress = allowed(viewer, 'grant-role', null).yes
    const found = []
    for (const grant of await grantHistory(db)) {
      const thing = await thingOfScope(grant.scope)
      if (!allowed(viewer, 'see-roles', thing).yes) continue
      const mayEnd = grant.revokedAt === null && allowed(viewer, 'grant-role', thing).yes
      const { email, ...rest } = grant
      found.push({
        ...rest,
        email: maySeeAddress ? email : null,
        what: await roleName(reader, grant),
        mayEnd,
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

  const granting = (next: string) => ({
    config: { act: 'grant-role' } as const,
    ...freshly({ door, refuse }, next),
  })

  const showNew = (reply: FastifyReply, typed: Typed, fault: Fault | null): FastifyReply =>
    page(reply, 'pages/roles/new', {
      title: fault ? 'Error: Grant a role' : 'Grant a role',
      fault,
      typed,
      form: newForm(),
      roles: choices([...grantedRoles], typed.role, words.sentenceCase),
    })

  app.get('/roles/new', granting('/roles/new'), (_, reply) => {
    const typed = {
      email: '',
      role: 'professional',
      reach: '',
      code: '',
      from: today(),
      until: '',
      why: '',
    }
    return showNew(reply, typed, null)
  })

  app.post('/roles/new', granting('/roles/new'), async (request, reply) => {
    const of = (name: keyof Typed): string => field(request, name).trim()
    const typed: Typed = {
      ...{ email: of('email'), role: of('role'), reach: of('reach'), code: of('code') },
      ...{ from: of('from'), until: of('until'), why: of('why') },
    }
    const refused = await reachRefused(request, typed)
    if (refused) {
      reply.code(400)
      return showNew(reply, typed, { ...refused, status: 400 })
    }
    const { reach: _, ...given } = typed
    const scope = await scopeOf(typed)
    const sent = await sendForm(place, request, async (tx) => {
      const until = typed.until === '' ? null : typed.until
      await grantWithin(tx, { ...given, scope: scope.kind, until }, by)
      return '/roles'
    })
    return answerForm(reply, sent, (fault) => showNew(reply, typed, fault))
  })

  /** Why this steward may not grant that: nobody grants beyond their own reach, or to themselves. */
  async function reachRefused({ viewer }: FastifyRequest, typed: Typed) {
    try {
      const may = allowed(viewer, 'grant-role', await thingOfScope(await scopeOf(typed)))
      if (!may.yes) return { field: 'code', sentence: may.why }
    } catch (error) {
      if (!(error instanceof GrantRefused)) throw error
      return { field: error.field, sentence: error.message }
    }
    const own = viewer.person && (await ownAddress(db, viewer.person.id))
    const isOwn = own?.email === emailSchema.safeParse(typed.email).data
    return isOwn
      ? { field: 'email', sentence: 'Nobody grants a role to themselves. Ask another steward.' }
      : null
  }

  /** One that was taken back is found where its form may have been sent twice. */
  async function grantOf(request: FastifyRequest): Promise<HeldGrant | null> {
    const id = partOf(request, 'id')
    const all = await grantHistory(db)
    const isSent = request.method === 'POST'
    return all.find((g) => String(g.id) === id && (isSent || g.revokedAt === null)) ?? null
  }
  const ending = {
    ...granting('/roles'),
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
    const sent = await sendForm(place, request, async (tx) => {
      await revokeWithin(tx, { id: grant.id, why }, by)
      return '/roles'
    })
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
