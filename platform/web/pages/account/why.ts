import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { grantWords, type Viewer } from '../../../people/roles.ts'
import { type Act, acts, allowed, rules, type Thing } from '../../../people/rules.ts'
import type { FormPlace } from '../../people-door.ts'
import { text } from '../../query.ts'
import { BadRequest } from '../../refusals.ts'
import { withNames } from '../../role-name.ts'
import { thingOf } from '../../thing.ts'
import * as words from '../../words.ts'
import { choices } from '../context.ts'

const route = { config: { act: 'own-account' } } as const

const asked = z.object({
  act: z.enum(['', ...acts]).default(''),
  about: text.default(''),
})

/** What every act is called in a list: "Publish a release". */
const actWord = (act: string): string => {
  const known = acts.find((a) => a === act)
  return known === undefined ? 'Choose one' : words.sentenceCase(rules[known].words)
}

/** What a person may do and why: all of it, or one act to one provider, place or service. */
export function addWhy(app: FastifyInstance, { reader, page }: FormPlace): void {
  const answerFor = async (query: unknown) => {
    const found = asked.safeParse(query)
    if (!found.success)
      throw new BadRequest(
        'The address asks of no act that there is, or of a code that nobody can type.',
      )
    const about = found.data.about.trim()
    const state = await reader.state()
    const thing: Thing | null = about === '' ? null : await thingOf(reader, state, about)
    return { act: found.data.act, about, thing, isUnknown: about !== '' && thing === null }
  }

  app.get('/account/why', route, async ({ query, viewer }, reply) => {
    const { act, about, thing, isUnknown } = await answerFor(query)
    const named = await withNames(reader, viewer)
    const answer = act === '' || isUnknown ? null : allowed(named, act, thing)
    return page(reply, 'pages/account/why', {
      title: 'What you may do, and why',
      act,
      about,
      isUnknown,
      answer,
      // Neither yes nor no: it rests on no account.
      byToken: act !== '' && rules[act].by === 'token',
      doing: act === '' ? null : rules[act].words,
      choices: choices(['', ...acts], act, actWord),
      ...split(all(named, thing)),
      asked: thing?.name ?? null,
    })
  })

  app.get('/account/why.json', route, async ({ query, viewer }) => {
    const { act, about, thing, isUnknown } = await answerFor(query)
    const named = await withNames(reader, viewer)
    if (act === '' || isUnknown)
      return { about, known: !isUnknown, acts: all(named, thing).map(({ since: _, ...a }) => a) }
    const { yes, why } = allowed(named, act, thing)
    return { act, about, yes, why }
  })
}

/** Every act to a thing, first those that the viewer may do; `since` says what a yes rests on. */
const all = (viewer: Viewer, thing: Thing | null) =>
  acts
    .map((act: Act) => {
      const { yes, why, grant } = allowed(viewer, act, thing)
      const { by }: { by: string | readonly string[] } = rules[act]
      const open = by === 'anyone' ? 'Everybody may' : 'Everybody who has signed in may'
      const since = grant === null ? open : `You are ${grantWords(grant)}, so you may`
      return { act, words: words.sentenceCase(rules[act].words), yes, why, since }
    })
    .sort((a, b) => Number(b.yes) - Number(a.yes))

/** The same in two parts; what one may do by what it rests on. */
const split = (of: ReturnType<typeof all>) => ({
  may: [
    ...Map.groupBy(
      of.filter((a) => a.yes),
      (a) => a.since,
    ),
  ].map(([since, some]) => ({
    since,
    acts: some.map((a) => a.words),
  })),
  mayNot: of.filter((a) => !a.yes),
})
