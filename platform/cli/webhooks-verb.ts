import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { exitCodes, type ProgressEvent, type Verb, type VerbContext } from '../control/verb.ts'
import { JobFailed } from '../jobs/kind.ts'
import { type EventType, eventTypes } from '../news/events.ts'
import { readSettings } from '../settings.ts'
import { AddressRefused, webhookAddress } from '../webhooks/address.ts'
import { send } from '../webhooks/send.ts'
import {
  addWebhook,
  enableWebhook,
  recipient,
  removeWebhook,
  type Webhook,
  webhooks,
} from '../webhooks/store.ts'

/** The verb's own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { refused: 2, wrongWords: 3 } as const

type Db = VerbContext['db']
type Say = (text: string, stream?: 'stdout' | 'stderr') => void

/**
 * `plumbline webhooks` lists who is told of what; `add ADDRESS`, `remove N`, `enable N` and `test N` change
 * and try them.
 */
export const webhooksVerb: Verb = async (args, { db }, emit: (event: ProgressEvent) => void) => {
  const say: Say = (text, stream = 'stdout') => emit({ kind: 'line', stream, text })
  let asked: { positionals: string[]; events: string | undefined }
  try {
    const options = { events: { type: 'string' } } as const
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true })
    asked = { positionals, events: values.events }
  } catch (error) {
    say((error as Error).message, 'stderr')
    return codes.wrongWords
  }
  const [act = 'list', what = ''] = asked.positionals
  if (act === 'list') return list(db, say)
  if (act === 'add' && what !== '') return add(db, what, asked.events, say)
  const id = /^\d{1,9}$/.test(what) ? Number(what) : 0
  const known = { remove, enable, test } as const
  if (id === 0 || !(act === 'remove' || act === 'enable' || act === 'test')) {
    const example = 'plumbline webhooks add https://example.org/hook --events release.published'
    say(`Say what to do: add ADDRESS, or remove, enable or test and a number. ${example}`, 'stderr')
    return codes.wrongWords
  }
  const done = await known[act](db, id, say)
  if (done !== null) return done
  say(`There is no webhook ${id}: plumbline webhooks lists them.`, 'stderr')
  return codes.refused
}

function standing(w: Webhook): string {
  if (w.disabledAt !== null) {
    return `Nothing is sent since ${w.disabledAt.slice(0, 10)}: ${w.lastFailure ?? ''} (plumbline webhooks enable ${w.id})`
  }
  if (w.failingSince === null) return w.delivered > 0 ? 'It works.' : 'Nothing was sent yet.'
  const since = `${w.failingSince.slice(0, 16).replace('T', ' ')} UTC`
  return `Nothing got through since ${since}, in ${w.failures} tries: ${w.lastFailure ?? ''}`
}

async function list(db: Db, say: Say): Promise<number> {
  const all = await webhooks(db)
  if (all.length === 0) say('Nobody asked to be told. Add one: plumbline webhooks add ADDRESS')
  for (const w of all) {
    say(`${w.id}  ${w.address}`)
    say(`   ${w.events.length === 0 ? 'all events' : w.events.join(', ')}`)
    say(`   ${w.delivered} delivered in the last 30 days, ${w.waiting} waiting. ${standing(w)}`)
  }
  return exitCodes.done
}

async function add(db: Db, address: string, list: string | undefined, say: Say): Promise<number> {
  const names = (list ?? '').split(',').flatMap((name) => name.trim() || [])
  const events = eventTypes.filter((type) => names.includes(type))
  const unknown = names.find((name) => !eventTypes.some((type) => type === name))
  if (unknown !== undefined) {
    say(`There is no event ${unknown}: --events takes ${eventTypes.join(', ')}.`, 'stderr')
    return codes.wrongWords
  }
  try {
    webhookAddress(address, readSettings(process.env).webhooksPrivate)
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error
    say(error.message, 'stderr')
    return codes.refused
  }
  const { id, secret } = await addWebhook(db, { address, events: events as EventType[] })
  say(`Added as webhook ${id}. It is told of what is published from now on, while a server runs.`)
  say('Its secret, with which the other side checks who sent a message, is shown this once:')
  say(secret)
  return exitCodes.done
}

async function remove(db: Db, id: number, say: Say): Promise<number | null> {
  if (!(await removeWebhook(db, id))) return null
  say(`Webhook ${id} is removed, with what it had not been told yet.`)
  return exitCodes.done
}

async function enable(db: Db, id: number, say: Say): Promise<number | null> {
  if (!(await enableWebhook(db, id))) return null
  say(`Webhook ${id} is told again, from the next publication on.`)
  return exitCodes.done
}

/** Sends a message that says only that it is a test, once. */
async function test(db: Db, id: number, say: Say): Promise<number | null> {
  const to = await recipient(db, id)
  if (!to) return null
  const timestamp = new Date().toISOString()
  const message = {
    id: `msg_${randomUUID().replaceAll('-', '')}`,
    body: JSON.stringify({ type: 'test', timestamp, data: {} }),
  }
  try {
    const allowPrivate = readSettings(process.env).webhooksPrivate
    const { status } = await send(to, message, { allowPrivate })
    const works = status >= 200 && status < 300
    say(works ? `It answered ${status}: it works.` : `It answered ${status}.`)
    return works ? exitCodes.done : codes.refused
  } catch (error) {
    if (!(error instanceof JobFailed)) throw error
    say(error.message, 'stderr')
    return codes.refused
  }
}
