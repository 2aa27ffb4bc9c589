import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const docs = readFileSync(join(root, 'docs/descriptors.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'plumbline-docs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the page shows, in order: files by their path, and commands with what they print. */
const blocks = [...docs.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)].map(
  ([, kind, path, text]) => ({ kind: kind ?? '', path: path ?? '', text: text ?? '' }),
)

const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^PLUMBLINE_|^DATABASE_URL$/.test(name)),
)

it('shows a walk that can be walked: every command prints what the page says', () => {
  const printed: [string, number | null][] = []
  for (const { kind, path, text } of blocks) {
    if (path !== '') {
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    if (kind !== 'console') continue
    const [command = '', ...lines] = text.split('\n')
    const words = command.replace(/^\$ npx plumbline /, '').split(' ')
    const cli = join(root, 'platform/cli/main.ts')
    const options = { cwd: folder, env: environment, encoding: 'utf8' } as const
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [cli, ...words, '--quiet'],
      options,
    )
    expect(stdout, `${command}\n${stderr}`).toBe(lines.join('\n'))
    printed.push([words[0] ?? '', status])
  }
  expect(printed).toEqual([
    ['describe', 0],
    ['check', 0],
    ['check', 2],
    ['import', 0],
  ])
})
