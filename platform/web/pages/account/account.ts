import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Reader } from '../../../comparison/reader.ts'
import { hasAccount } from '../../../people/accounts.ts'
import { ownAddress } from '../../../people/own-data.ts'
import { mostPasskeys, passkeySite } from '../../../people/passkey-forms.ts'
import { grantWords, type Scope, type Viewer } from '../../../people/roles.ts'
import { type Act, allowed } from '../../../people/rules.ts'
import { idleSeconds, longestSeconds } from '../../../people/session-length.ts'
import { field } from '../../forms.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import * as words from '../../words.ts'
import { momentWords } from '../record/act-words.ts'

const route = { config: { act: 'own-account' } } as const

/** A person's own page: their name here, their roles, where they are signed in. */
export function addAccount(app: FastifyInstance, { reader, door, page }: FormPlace): void {
  const { people } = door
  const accountOf = async (request: FastifyRequest) => {
    const { person, grants } = request.viewer
    if (person === null) throw new Error('the guard lets only those in who have signed in')
    const { sessions, passkeys } = await people.open()
    const own = await ownAddress(people.db, person.id)
    return {
      pseudonym: person.pseudonym,
      email: own?.email ?? '',
      since: own?.since ?? '',
      roles: grants.map((g) => ({ words: grantWords(g), ...g })),
      service: people.service?.name ?? null,
      hasService:
        people.service !== null && (await hasAccount(people.db, person.id, people.service.issuer)),
      passkeys: await passkeys.list(person.id),
      sessions: (await sessions.list(person.id)).map((s) => ({
        ...s,
        isThis: s.id === request.session,
      })),
    }
  }

  app.get('/account', route, async (request, reply) => {
    const account = await accountOf(request)
    const reaches = await Promise.all(account.roles.map((r) => reachOf(reader, r.scope)))
    return page(reply, 'pages/account/account', {
      title: 'Your account',
      ...account,
      sinceText: words.date(account.since),
      roles: account.roles.map((r, i) => ({
        about: reaches[i],
        what: words.sentenceCase(r.words.replace(/^an? /, '')),
        when: `from ${words.date(r.from)}${r.until === null ? '' : ` until ${words.date(r.until)}`}`,
      })),
      hasPasskeys: passkeySite(homeForLetters(request, door)) !== null,
      mostPasskeys,
      // To an invented person's address no letter can ever come (RFC 2606).
      isInvented: account.email.endsWith('.invalid'),
      canPost: door.canPost,
      passkeys: account.passkeys.map((k) => ({
        ...k,
        addedText: words.date(k.added),
        usedText: k.lastUsed === null ? 'Not used yet' : `Last used on ${momentWords(k.lastUsed)}`,
      })),
      sessions: account.sessions.map((s) => ({
        ...s,
        beganText: momentWords(s.began),
        usedText: momentWords(s.lastUsed),
      })),
      ways: [...(await providerWays(reader, request.viewer)), ...waysOn(request.viewer)],
      idleHours: idleSeconds / 3600,
      longestDays: longestSeconds / 86_400,
    })
  })

  app.get('/account.json', route, async (request) => {
    const { sessions, passkeys, ...account } = await accountOf(request)
    return {
      ...account,
      passkeys: passkeys.map(({ id: _, ...k }) => k),
      sessions: sessions.map(({ id: _, ...s }) => s),
    }
  })

  app.post('/account/sessions/end', route, async (request, reply) => {
    const id = z.uuid().safeParse(field(request, 'session'))
    const { sessions } = await people.open()
    if (id.success) await sessions.endOwn(request.viewer.person?.id ?? '', id.data)
    request.log.info({ event: 'session-ended' }, 'a session was ended from another')
    return reply.redirect('/account', 303)
  })

  app.post('/account/sessions/end-all', route, async (request, reply) => {
    const { sessions } = await people.open()
    await sessions.endAll(request.viewer.person?.id ?? '')
    request.log.info({ event: 'sessions-ended' }, 'signed out everywhere')
    reply.header('set-cookie', await sessions.signOut(request.headers.cookie))
    return reply.redirect('/sign-in/out', 303)
  })
}

/** Where the providers are that a person speaks for: what is said of each, with the forms beside it. */
async function providerWays(reader: Reader, viewer: Viewer) {
  const found = []
  for (const code of new Set(viewer.grants.map((g) => g.scope).flatMap(providerOf))) {
    const thing = { provider: code }
    const mayReply = allowed(viewer, 'reply', thing).yes
    if (!mayReply && !allowed(viewer, 'ask-correction', thing).yes) continue
    const name = (await reader.subject(await reader.state(), code))?.name
    if (name === undefined) continue
    const text = mayReply
      ? `Reply to what is said of ${name}, or ask for a correction`
      : `Ask for a correction of what is said of ${name}`
    const href = `/providers/${encodeURIComponent(code)}`
    found.push({ href, text })
    if (allowed(viewer, 'read-answers', thing).yes) {
      found.push({ href: `${href}/answers`, text: `See what people answer about ${name}` })
    }
  }
  return found
}

const providerOf = (scope: Scope): string[] => (scope.kind === 'provider' ? [scope.code] : [])

/** Where a person's roles lead. */
function waysOn(viewer: Viewer): { readonly href: string; readonly text: string }[] {
  const may = (...acts: Act[]): boolean => acts.some((act) => allowed(viewer, act, null).yes)
  return [
    ...(may('draft-release') ? [{ href: '/publish', text: 'Hand in and publish figures' }] : []),
    ...(may('run-survey') ? [{ href: '/surveys/run', text: 'Ask people by a survey' }] : []),
    ...(may('answer-correction')
      ? [{ href: '/corrections', text: 'Answer who asks for a correction' }]
      : []),
    ...(may('take-signal', 'answer-signal')
      ? [{ href: '/desk', text: 'See what needs attention on the desk' }]
      : []),
    ...(may('order-counting')
      ? [{ href: '/stories/counting', text: 'How often the figures of stories are published' }]
      : []),
    ...(may('reply-story')
      ? [{ href: '/stories/owed', text: 'Stories that wait for your reply' }]
      : []),
    ...(may('moderate') ? [{ href: '/stories/moderate', text: 'Stories that wait for you' }] : []),
    ...(may('moderate')
      ? [{ href: '/surveys/moderate', text: 'What people wrote in surveys' }]
      : []),
    ...(may('take-signal')
      ? [{ href: '/desk/mine', text: 'What you look after on the desk' }]
      : []),
    ...(may('see-roles') ? [{ href: '/roles', text: 'Who holds which role' }] : []),
  ]
}

/** What a role is of, by its name, with its page; null where it is of everything, or of what is not shown. */
async function reachOf(reader: Reader, scope: Scope) {
  if (scope.kind === 'whole') return null
  const code = encodeURIComponent(scope.code)
  if (scope.kind === 'service') {
    const service = reader.service(scope.code)
    return service && { href: `/services/${code}`, text: service.name }
  }
  const subject = await reader.subject(await reader.state(), scope.code)
  return subject && { href: `/${scope.kind}s/${code}`, text: subject.name }
}
