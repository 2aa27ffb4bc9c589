import type { FastifyInstance } from 'fastify'
import { holdersOf } from '../../../desk/holders.ts'
import type { FormPlace } from '../../people-door.ts'
import { today } from '../../sent-form.ts'
import * as words from '../../words.ts'
import { saidOf } from '../said/beside.ts'
import { lineContext } from './handling.ts'
import { signalLine } from './signal-line.ts'

/** The signals that a steward has taken and looks after: the desk, narrowed to what is theirs. */
export function addMine(app: FastifyInstance, { reader, door, page }: FormPlace): void {
  app.get('/desk/mine', { config: { act: 'take-signal' } }, async (request, reply) => {
    const person = request.viewer.person?.id
    const state = await reader.state()
    const holders = await holdersOf(door.people.db)
    const all = await reader.desk.all(state, today())
    const mine = all.filter((s) => holders.get(s.key)?.person === person)
    const context = await lineContext(reader, state)
    const said = await saidOf(context)
    const n = `${words.number(mine.length, 0)} ${mine.length === 1 ? 'signal' : 'signals'}`
    return page(reply, 'pages/desk/mine', {
      title: 'What you look after on the desk',
      lead: mine.length === 0 ? 'You look after no signal now.' : `You look after ${n}.`,
      lines: await Promise.all(mine.map((s) => signalLine(s, context, said))),
    })
  })
}
