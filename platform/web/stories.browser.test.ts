import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { unsentLetters } from '../mail/store.ts'
import { verifyStored } from '../record/verify.ts'
import { expectSound, launchBrowser, phoneSized } from './testing-browser.ts'
import { withStoriesServer } from './testing-stories.ts'

const email = 'ada@example.org'
let db: Database
let browser: Browser
let origin: string
withStoriesServer(async ({ db: ours, app }) => {
  db = ours
  origin = (await app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost')
})
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** A phone without JavaScript, as somebody of the example or, without a role, as any visitor. */
async function phone(role: string | null, javaScriptEnabled = false): Promise<Page> {
  const context = await browser.newContext({ ...phoneSized, javaScriptEnabled })
  const page = await context.newPage()
  if (role === null) return page
  await page.goto(`${origin}/example/walk-in`)
  await page.getByRole('button', { name: new RegExp(`Walk in as ${role}`) }).click()
  await page.getByRole('heading', { name: 'Your account' }).waitFor()
  return page
}

/** The link of the latest letter to an address. */
async function mailedLink(to = email): Promise<string> {
  const [letter] = (await unsentLetters(db)).filter((l) => l.address === to)
  return /^http:\/\/localhost\S+$/m.exec(letter?.body ?? '')?.[0] ?? ''
}

const heading = (page: Page): Promise<string | null> => page.locator('h1').textContent()

describe('without JavaScript, at 375 px', () => {
  it('a story is told, published, answered, changes something, and its teller says that it helped', async () => {
    const citizen = await phone(null)
    await citizen.goto(`${origin}/providers/X10001`)
    await citizen.getByRole('link', { name: 'Tell your story' }).click()
    await citizen.getByLabel('What happened?').fill('Nobody told us that the bus does not come.')
    await citizen.getByLabel('What could be better?').fill('A call in the morning.')
    await citizen.getByRole('button', { name: 'Go on' }).click()
    expect(await heading(citizen)).toBe('How was it for you?')
    await citizen.getByLabel('Ignored').check()
    await citizen.getByLabel('A relative or friend').check()
    await citizen.getByRole('button', { name: 'Go on' }).click()
    await citizen.getByText('They felt ignored.').waitFor()
    await citizen.getByLabel('Your email address').fill(email)
    await citizen.getByRole('button', { name: 'Send it' }).dblclick()
    await citizen.getByRole('heading', { name: 'Look at your email' }).waitFor()
    // A scanner opens the link first, and the teller twice.
    const link = await mailedLink()
    await (await phone(null)).goto(link)
    expect(await db.query('select 1 from story')).toEqual([])
    await citizen.goto(link)
    await citizen.getByRole('button', { name: 'Yes, it is my story' }).dblclick()
    await citizen.getByRole('heading', { name: 'Thank you' }).waitFor()
    await citizen.goto(link)
    expect(await heading(citizen)).toBe('You have told this story')
    await citizen.getByRole('button', { name: 'Go to my story' }).click()
    expect(await heading(citizen)).toBe('Thank you: your story is told')
    await citizen.getByRole('link', { name: 'See what becomes of your story' }).click()
    await citizen.getByText('Somebody reads your story before it is published.').waitFor()
    const own = citizen.url()
    await citizen.goto(`${origin}/stories/1`)
    expect(await heading(citizen)).toBe('There is nothing at this address')

    const head = await phone('the head')
    await head.goto(`${origin}/stories/moderate/1`)
    expect(await heading(head)).toBe('This is not yours to do')
    const moderator = await phone('a moderator')
    await moderator.goto(`${origin}/stories/moderate`)
    await moderator.getByRole('link', { name: /A story to read/ }).click()
    await moderator.getByLabel('Being told what happens').check()
    await moderator.getByLabel('2: something went wrong').check()
    await moderator.getByRole('button', { name: 'Publish' }).click()
    await moderator.getByText('Nothing waits.').waitFor()
    await moderator.goto(`${origin}/stories/1/reply`)
    expect(await heading(moderator)).toBe('This is not yours to do')

    await head.goto(`${origin}/stories/1`)
    await head.getByText('For those who reply or moderate').click()
    await head.getByRole('link', { name: 'Reply to it' }).click()
    await head.getByLabel('Your reply').fill('We are sorry. It was ours to say.')
    await head.getByLabel('What will change').fill('The office calls every family by seven.')
    await head.getByLabel('By which day').fill('2199-01-31')
    await head.getByRole('button', { name: 'Reply in public' }).click()
    await head.getByText('A moderator reads it first.').waitFor()
    await moderator.goto(`${origin}/stories/moderate`)
    await moderator.getByRole('link', { name: /A promised change to read/ }).click()
    await moderator.getByLabel('Yes, it stands').check()
    await moderator.getByRole('button', { name: 'Decide' }).click()
    await head.goto(`${origin}/stories/1/change`)
    await head.getByLabel('What was changed').fill('The list of calls hangs in the office.')
    await head.getByRole('button', { name: 'Say that it is made' }).click()
    await head.getByText('The service says that it made this change').waitFor()

    await citizen.goto(await mailedLink())
    expect(citizen.url()).toBe(own)
    await citizen.getByLabel('In part').check()
    await citizen.getByRole('button', { name: 'Say so' }).dblclick()
    await citizen.getByText('says that the change helped in part').waitFor()
    await citizen.getByRole('link', { name: 'As everybody sees it' }).click()
    await citizen.getByText('Whoever told the story says that the change helped in part.').waitFor()
    await citizen.getByText('in time (it was due by').waitFor()
    await citizen.goto(`${origin}/providers/X10001`)
    await citizen.getByText('1 story. 1 has a reply, and 1 changed something.').waitFor()
    await citizen.goto(`${origin}/stories?theme=information&became=changed`)
    await citizen.getByRole('link', { name: 'Nobody told us' }).waitFor()

    const acts = await db.query<{ act: string }>(
      `select act from record_entry where subject = 'story:1' order by number`,
    )
    expect(acts.map((a) => a.act.replace('story-', ''))).toEqual([
      ...['told', 'published', 'replied', 'claim-read', 'change-made', 'helped'],
    ])
    expect((await verifyStored(db)).fault).toBeNull()
    await Promise.all([citizen, head, moderator].map((p) => p.context().close()))
  })
})

describe('the pages of stories', () => {
  it('are sound on a phone', async () => {
    const page = await phone('a moderator', true)
    const paths = [
      'tell',
      'tell?q=Ash',
      'tell?provider=X10001',
      'tell/sent',
      'moderate',
      'rules',
      '',
    ]
    for (const path of [...paths, '1', 'moderate/1', '?theme=staff']) {
      await page.goto(`${origin}/stories${path.startsWith('?') || path === '' ? '' : '/'}${path}`)
      await expectSound(page)
    }
    await page.goto(`${origin}/stories/tell?provider=X10001`)
    await page
      .getByLabel('What happened?')
      .fill('I wanted to kill myself after that, as Mrs Jones knows.')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('Samaritans').waitFor()
    await expectSound(page)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor()
    await expectSound(page)
    await page.getByLabel('Somebody who used it', { exact: true }).check()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('This may tell who somebody is: Mrs Jones.').waitFor()
    await expectSound(page)
    await page.goto(`${origin}/stories/tell`)
    await page.getByRole('link', { name: /Go on with your story/ }).click()
    await expectSound(page)
    const own = await mailedLink()
    await page.goto(own)
    await expectSound(page)
    await page.context().close()
    const steward = await phone('a steward', true)
    await steward.goto(`${origin}/stories/counting`)
    await expectSound(steward)
    await steward.getByRole('button', { name: 'Order it' }).click()
    await steward.getByRole('heading', { name: 'There is a problem' }).waitFor()
    await expectSound(steward)
    await steward.context().close()
    const head = await phone('the head', true)
    await head.goto(`${origin}/stories/1/reply`)
    await expectSound(head)
    await head.getByLabel('What will change').fill('A second call.')
    await head.getByLabel('By which day').fill('2199-01-31')
    await head.getByRole('button', { name: 'Reply in public' }).click()
    await head.goto(`${origin}/stories/1/change`)
    await expectSound(head)
    await head.goto(`${origin}/stories/owed`)
    await expectSound(head)
    await head.context().close()
  })
})
