import { dirname, join, relative, sep } from 'node:path'
import {
  type FunctionDeclaration,
  getTextOfJSDocComment,
  type JSDoc,
  type JSDocTag,
  type Node,
  type SourceFile,
  SyntaxKind,
} from 'typescript/unstable/ast'
import { API } from 'typescript/unstable/sync'

/** One public name of the package, as its docstring tells it. */
export interface Entry {
  readonly name: string
  readonly kind: 'function' | 'constant' | 'class' | 'type'
  /** The folder under src, or '' for the files beside it. */
  readonly module: string
  /** The declaration without its body. */
  readonly signature: string
  readonly text: string
  readonly parameters: readonly { readonly name: string; readonly text: string }[]
  readonly returns: string
  readonly throws: readonly string[]
  readonly examples: readonly string[]
}

const root = join(import.meta.dirname, '../../..')

type Declared = Node & { readonly name?: { readonly text: string } }

/**
 * Every public name, in the order of the exports, read with the parser of the compiler that checks the
 * code. TypeDoc (0.28) cannot read it: it needs TypeScript 6 or older, so a second compiler.
 */
export function readDocs(packageName = 'statistics'): Entry[] {
  const source = join(root, 'packages', packageName, 'src')
  const api = new API({ cwd: root })
  try {
    const snapshot = api.updateSnapshot({ openProject: join(root, 'tsconfig.json') })
    const program = snapshot.getProjects()[0]?.program
    const fileOf = (path: string): SourceFile => {
      const file = program?.getSourceFile(path)
      if (!file) throw new Error(`${path} is not part of the project`)
      return file
    }
    return exportsOf(fileOf, join(source, 'index.ts'), source)
  } finally {
    api.close()
  }
}

function exportsOf(fileOf: (path: string) => SourceFile, path: string, source: string): Entry[] {
  const entries: Entry[] = []
  const file = fileOf(path)
  for (const statement of file.statements) {
    const text = textOf(file, statement)
    const from = /^export\s+(type\s+)?(\*|\{[\s\S]*?\})\s+from\s+'([^']+)'/.exec(text)
    if (from) {
      const found = exportsOf(fileOf, join(dirname(path), from[3] as string), source)
      const names = from[2] === '*' ? undefined : namesIn(from[2] as string)
      entries.push(...found.filter((entry) => names?.has(entry.name) ?? true))
    } else if (text.startsWith('export '))
      entries.push(...entryOf(file, statement as Declared, relative(source, dirname(path))))
  }
  return entries
}

const namesIn = (braces: string): Set<string> =>
  new Set(
    braces
      .slice(1, -1)
      .split(',')
      .map((name) => name.trim().replace(/^type\s+/, '')),
  )

/** The text of a node without its docstring. */
function textOf(file: SourceFile, node: Node): string {
  return file.text.slice(node.pos, node.end).replace(/^(?:\s|\/\*\*[\s\S]*?\*\/|\/\/[^\n]*\n)*/, '')
}

function entryOf(file: SourceFile, node: Declared, folder: string): Entry[] {
  const text = textOf(file, node)
  const [, word, name] =
    /^export\s+(?:async\s+)?(function|const|class|interface|type)\s+(\w+)/.exec(text) ?? []
  if (word === undefined || name === undefined) return []
  const kinds = { function: 'function', const: 'constant', class: 'class' } as const
  const kind = kinds[word as keyof typeof kinds] ?? 'type'
  const doc = (node as unknown as { jsDoc?: readonly JSDoc[] }).jsDoc?.at(-1)
  const tags = doc?.tags ?? []
  const all = (tag: string): string[] =>
    tags.filter((t) => t.tagName.text === tag).map((t) => said(t))
  const module = folder.split(sep)[0] ?? ''
  return [
    {
      name,
      kind,
      module,
      signature: signatureOf(file, node, kind, text),
      text: getTextOfJSDocComment(doc?.comment) ?? '',
      parameters: tags
        .filter((tag) => tag.kind === SyntaxKind.JSDocParameterTag)
        .map((tag) => ({
          name: (tag as unknown as { name: { text: string } }).name.text,
          text: said(tag),
        })),
      returns: all('returns').join(' '),
      throws: all('throws'),
      examples: all('example'),
    },
  ]
}

const said = (tag: JSDocTag): string => getTextOfJSDocComment(tag.comment) ?? ''

function signatureOf(file: SourceFile, node: Node, kind: Entry['kind'], text: string): string {
  const short = text.replace(/^export\s+/, '')
  if (kind === 'type') return short
  if (kind === 'class') return short.slice(0, short.indexOf('{')).trim()
  if (kind === 'constant') return short.slice(0, short.indexOf('=')).trim()
  const body = (node as FunctionDeclaration).body
  const length = body ? file.text.slice(body.pos, node.end).length : 0
  return short.slice(0, short.length - length).trim()
}
