/**
 * Fails on a known hole, high or critical, in what the server runs on. A registry that has no audit (a mirror)
 * cannot say: then that is said, and nothing fails.
 */
import { spawnSync } from 'node:child_process'

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
  encoding: 'utf8',
})
const counts = readCounts(stdout)
if (counts === null) {
  process.stdout.write('Audit: not done, the registry gives no answer about holes.\n')
} else {
  const { high, critical } = counts
  process.stdout.write(`Audit: ${critical} critical and ${high} high.\n`)
  if (high + critical > 0) {
    process.stdout.write('`npm audit --omit=dev` says where, and `npm audit fix` may mend it.\n')
    process.exitCode = 1
  }
}

function readCounts(text: string): { high: number; critical: number } | null {
  try {
    const { high, critical } = JSON.parse(text).metadata.vulnerabilities
    return { high, critical }
  } catch {
    return null
  }
}
