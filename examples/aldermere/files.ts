import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PublishedFile } from './csv.ts'

/** Writes files into a folder, which is made if need be. */
export function writeFiles(folder: string, files: readonly PublishedFile[]): void {
  mkdirSync(folder, { recursive: true })
  for (const { name, text } of files) writeFileSync(join(folder, name), text)
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
