import { flushCompileCache } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { sentence } from '../../examples/aldermere/about.ts'
import type { Reader } from '../comparison/reader.ts'
import type { OpenedPlace } from '../control/carry-out.ts'
import { listenForWork } from '../control/listen.ts'
import { terminal } from '../control/terminal.ts'
import { exitCodes, type ProgressEvent, runVerb, type Verbs } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { enqueue } from '../jobs/kind.ts'
import { type Handler, type Jobs, startJobs } from '../jobs/run.ts'
import { Carrier } from '../mail/carrier.ts'
import { askForWaiting, letterJobs } from '../mail/jobs.ts'
import { sendLetter } from '../mail/kinds.ts'
import { hasWall } from '../people/as-person.ts'
import { forgetJobs, forgetting } from '../people/forget.ts'
import { People } from '../people/people.ts'
import { secretAt } from '../people/secret.ts'
import { removeUnfinished } from '../publishing/draft.ts'
import { removeStaged } from '../publishing/publish.ts'
import type { KeyPlace } from '../record/key.ts'
import { signJobs } from '../record/sign.ts'
import type { Settings } from '../settings.ts'
import { storyJobs } from '../stories/jobs.ts'
import { subscriptionJobs } from '../subscriptions/tell.ts'
import { surveyJobs } from '../surveys/jobs.ts'
import { partJobs } from '../uploads/parts.ts'
import type { Uploads } from '../uploads/uploads.ts'
import { letterWords } from '../web/pages/subscribe/news-since.ts'
import { buildServer } from '../web/server.ts'
import { webhookJobs } from '../webhooks/jobs.ts'
import { type Ahead, readingAhead } from './ahead.ts'
import { CurrentCatalogue, currentReader } from './current-catalogue.ts'
import { downloadsInThreads } from './downloads-in-thread.ts'
import { makeExample } from './first-run.ts'
import { inThreads } from './in-thread.ts'
import type { Opening, Stop } from './opening.ts'
import { type OwnPlace, ownPlaceOf } from './own-place.ts'
import { pushesInThreads } from './pushes-in-thread.ts'
import { signAfterwards } from './record-verb.ts'
import { uploadsInThreads } from './uploads-in-thread.ts'
import { makeVerbs } from './verbs.ts'
import { warm, warmUp } from './warm.ts'

/**
 * Runs the server until SIGINT or SIGTERM: then no new request is taken, those in flight are
 * answered, and the database is closed. `folders` finds those of the catalogue. Gives the exit code.
 */
export async function start(
  settings: Settings,
  folders: () => readonly string[],
  { stop, opened: opening }: Opening,
): Promise<number> {
  const current = await catalogueOr(folders, opening)
  const opened = await opening
  if (typeof opened === 'number') return opened
  const { db } = opened
  // What a process left behind that died at work; nobody has seen it.
  await db.lock('publish', () => removeStaged(db))
  await db.lock('import', () => removeUnfinished(db))
  const keys = { given: settings.recordKey, folder: settings.data }
  const show = terminal({ stdout: process.stdout, stderr: process.stderr })
  const sign = (): Promise<void> =>
    signAfterwards(db, keys, (text) => process.stderr.write(`${text}\n`))
  try {
    if (settings.example) await makeExample(db, current.catalogue, show, stop.signal, sign)
    // Whatever a process did that died before it was signed.
    await sign()
  } catch (error) {
    await opened.close()
    if (stop.signal.aborted) return exitCodes.cancelled
    throw error
  }
  return serve({ settings, opened, current, keys, stop })
}

/** Reads the catalogue while the database opens, which is closed again where a file of it is wrong. */
async function catalogueOr(
  folders: () => readonly string[],
  opening: Opening['opened'],
): Promise<CurrentCatalogue> {
  try {
    return new CurrentCatalogue(folders)
  } catch (error) {
    const opened = await opening
    if (typeof opened !== 'number') await opened.close()
    throw error
  }
}

interface Ready {
  readonly settings: Settings
  readonly opened: OpenedPlace
  readonly current: CurrentCatalogue
  readonly keys: KeyPlace
  readonly stop: Stop
}

/** Serves pages and carries out work until it is asked to stop; then ends all that was begun, in order. */
async function serve(of: Ready): Promise<number> {
  const { settings, opened, current, stop } = of
  const { db } = opened
  let jobs: Jobs | null = null
  const reader = currentReader(db, current, (error) => {
    process.stderr.write(`The catalogue is not read again: ${(error as Error).message}\n`)
  })
  let app: FastifyInstance | null = null
  const ahead = readingAhead(reader, async (path) => app?.inject(path))
  let home = settings.address ?? ''
  const own = () => ownPlaceOf(settings, home || null)
  const beside = await workBeside(of, { ahead, own, then: () => jobs?.wake() })
  const carrier = settings.mail && new Carrier(db, settings.mail)
  const people = peopleOf(settings, db, reader)
  const { control, downloads, pushes, uploads } = beside
  app = await buildServer({
    reader,
    people: {
      people,
      address: settings.address,
      askedAt: (asked) => {
        home = asked
      },
      posted: () => jobs?.wake(sendLetter),
      canPost: carrier !== null || settings.letters !== 'nobody',
      letters: settings.letters,
      walkIn: settings.walkIn,
    },
    downloads,
    pushes: { pushes },
    uploads,
    address: settings.address,
    trustProxy: settings.trustProxy,
    securityContact: settings.securityContact,
    logLevel: settings.logLevel,
    example: sentence,
    ready: async () => (await db.query('select 1 as one')).length === 1,
  })
  try {
    if (!(await hasWall(db))) process.stderr.write(`${noWall}\n`)
    const address = await app.listen({ port: settings.port, host: settings.host })
    // Who asks meanwhile is answered; a database that cannot be read says so on its pages.
    const warmed = warm(app, reader).catch(() => undefined)
    await Promise.race([warmed, stop.asked, wait(warmUp, undefined, { ref: false })])
    home ||= address
    const { keys } = of
    const handlers = handlersOf({
      ...{ settings, db, keys, reader, people, carrier, uploads },
      home: () => home,
      runStories: (...words) => runDue(beside.threads, ['stories', ...words], db, stop.signal),
      runSurveys: (...words) => runDue(beside.threads, ['surveys', ...words], db, stop.signal),
    })
    if (carrier) await askForWaiting(db)
    await db.transaction((tx) => enqueue(tx, forgetting, null))
    jobs = await startJobs(db, handlers, (text) => process.stderr.write(`${text}\n`))
    process.stdout.write(`Plumbline is ready at ${address}\n`)
    // Else it is kept at the end alone, which a killed server does not see.
    flushCompileCache()
    await stop.asked
    return 0
  } catch (error) {
    process.stderr.write(`The server cannot start: ${(error as Error).message}\n`)
    return 1
  } finally {
    await closeWhenAnswered(app)
    await control.close()
    await pushes.settled()
    await jobs?.close()
    carrier?.close()
    await uploads.settled()
    await opened.close()
  }
}

/** All that is done on threads of its own, beside the pages: the command line's work, files out and in. */
async function workBeside(
  of: Ready,
  { ahead, own, then }: { ahead: Ahead; own: () => OwnPlace; then: () => void },
) {
  const { settings, opened, current, keys, stop } = of
  const { db, owned } = opened
  const { signal } = stop
  const verbs = makeVerbs(current.catalogue).keys()
  const threads = afterwards(
    inThreads(verbs, () => current.refresh(), keys, ahead, own),
    then,
  )
  const downloads = downloadsInThreads(db, settings.data, threads, signal)
  await downloads.removeUnfinished()
  const pushes = pushesInThreads(
    { db, data: settings.data, mostBytes: settings.pushLimit },
    threads,
    () => currentDescriptors(current),
    signal,
  )
  await pushes.removeUnfinished()
  const uploads = uploadsInThreads({ db, settings, current, keys, signal, ahead })
  await uploads.resume()
  const control = await listenForWork(threads, db)
  owned?.announce(control.address)
  return { control, downloads, pushes, uploads, threads }
}

/** Does what is due by itself, by a verb of the command line, on a thread of its own: what was wrong, or null. */
async function runDue(
  verbs: Verbs,
  [verb, ...words]: readonly ['stories' | 'surveys', ...string[]],
  db: Database,
  signal: AbortSignal,
): Promise<string | null> {
  const said: string[] = []
  const place = { db, cwd: process.cwd() }
  const note = (event: ProgressEvent): void => {
    if (event.kind === 'line' && event.stream === 'stderr') said.push(event.text)
  }
  const exit = await runVerb(verbs, verb, words, place, note, signal)
  return exit === exitCodes.done ? null : said.join(' ') || 'It could not be done.'
}

/** Those who sign in. */
const peopleOf = (settings: Settings, db: Database, reader: Reader): People =>
  new People({
    db,
    secret: secretAt({ given: settings.signInSecret, folder: settings.data }),
    isSecure: settings.address?.startsWith('https:') ?? false,
    walkIn: async () => settings.walkIn !== 'nobody' && (await reader.state()).invented,
    service: settings.service,
  })

/** What does each kind of job. `home` begins the addresses in letters, as letters that were asked for have it. */
export function handlersOf(of: {
  readonly settings: Settings
  readonly db: Database
  readonly keys: KeyPlace
  readonly reader: Reader
  readonly people: People
  readonly carrier: Carrier | null
  readonly uploads: Uploads
  readonly home: () => string
  /** The verb of stories with these words: what was wrong, or null. */
  readonly runStories: (...words: string[]) => Promise<string | null>
  /** The verb of surveys with these words: what was wrong, or null. */
  readonly runSurveys: (...words: string[]) => Promise<string | null>
}): Handler[] {
  const { settings, db, reader, people } = of
  const { address, webhooksPrivate: allowPrivate } = settings
  const words = letterWords(reader)
  const letters = { secret: people.secret, home: of.home }
  return [
    ...letterJobs(of.carrier),
    ...forgetJobs(db),
    ...signJobs(db, of.keys),
    ...webhookJobs(db, { address, allowPrivate }),
    ...subscriptionJobs({ db, reader, ...letters, example: sentence, words }),
    ...partJobs(of.uploads.parts),
    ...storyJobs({ db, reader, ...letters, run: of.runStories }),
    ...surveyJobs(of.runSurveys),
  ]
}

/** The kinds of file that are known now: those as before where the catalogue has become unreadable. */
function currentDescriptors(current: CurrentCatalogue): Catalogue['descriptors'] {
  try {
    current.refresh()
  } catch {
    // The work itself will say what is wrong.
  }
  return current.catalogue.descriptors
}

const noWall =
  'PostgreSQL does not keep people’s rows apart: docs/operations.md says how (“People’s rows”).'

/** The same verbs; after each, whatever became of it, `then` is called. */
const afterwards = (verbs: Verbs, then: () => void): Verbs =>
  new Map([...verbs].map(([name, verb]) => [name, (...of) => verb(...of).finally(then)]))

/** How long the end waits for a client that does not finish its request or take its answer. */
const longestWait = 5000

/**
 * Takes no new request and waits until those in flight are answered. Browsers keep their connections
 * open for a minute: each is closed as soon as nothing is under way on it.
 */
async function closeWhenAnswered(app: FastifyInstance): Promise<void> {
  const closed = app.close()
  const idle = setInterval(() => app.server.closeIdleConnections(), 20)
  const late = setTimeout(() => app.server.closeAllConnections(), longestWait)
  await closed
  clearInterval(idle)
  clearTimeout(late)
}
