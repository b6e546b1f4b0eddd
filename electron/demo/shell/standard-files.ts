import type { IFileSystem } from 'just-bash';
import type { Library } from './library.ts';

/** Files that are the session's own input (all of it, or one line) and output. Nothing lists them. */
export const STDIN = '/dev/.session/stdin';
export const LINE = '/dev/.session/line';
export const STDOUT = '/dev/.session/stdout';
export const STDERR = '/dev/.session/stderr';

/** What stands behind the standard files. */
export interface StandardStreams {
  rest(): Promise<Buffer>;
  line(): Promise<Buffer | null>;
  stdout(chunk: Buffer): Promise<void>;
  stderr(chunk: Buffer): Promise<void>;
}

const ALWAYS = Number.POSITIVE_INFINITY;

/** Programs that read standard input when they have fewer operands than this; the letters are options that take a value. */
const readers: Record<string, [operands: number, valued: string]> = {
  awk: [2, 'Fvf'],
  base64: [1, 'w'],
  bash: [1, ''],
  cat: [1, ''],
  column: [1, 'sc'],
  cut: [1, 'bcdf'],
  egrep: [2, 'efmABC'],
  fgrep: [2, 'efmABC'],
  fold: [1, 'w'],
  grep: [2, 'efmABC'],
  gunzip: [1, ''],
  gzip: [1, ''],
  head: [1, 'nc'],
  md5sum: [1, ''],
  nl: [1, 'bswv'],
  od: [1, 'AtjN'],
  paste: [1, 'd'],
  rev: [1, ''],
  sed: [2, 'ef'],
  sh: [1, ''],
  sha1sum: [1, ''],
  sha256sum: [1, ''],
  sort: [1, 'kto'],
  strings: [1, 'n'],
  tac: [1, ''],
  tail: [1, 'nc'],
  tee: [ALWAYS, ''],
  tr: [ALWAYS, ''],
  uniq: [1, 'fsw'],
  wc: [1, ''],
  xargs: [ALWAYS, ''],
  zcat: [1, ''],
};

/** How a program with these arguments (null: not known before it runs) reads standard input: all of it, a line, or not. */
export function inputOf(program: string, args: (string | null)[]): 'all' | 'line' | null {
  if (program === 'read') return 'line';
  if (program === 'tar') return /^-?[a-zA-Z]*[xt]/.test(args[0] ?? '') && args.includes('-') ? 'all' : null;
  const [fewer, valued] = (Object.hasOwn(readers, program) ? readers[program] : undefined) ?? [0, ''];
  if (fewer > 0 && args.includes('-')) return 'all';
  let count = 0;
  for (const [index, arg] of args.entries()) {
    const before = args[index - 1] ?? '';
    const isValue = before.length > 1 && before.startsWith('-') && valued.includes(before.at(-1) ?? '-');
    if (!isValue && !(arg ?? '').startsWith('-')) count += 1;
  }
  return count < fewer ? 'all' : null;
}

type Content = Parameters<IFileSystem['appendFile']>[1];
type Encoding = Parameters<IFileSystem['appendFile']>[2];

function bytesOf(content: Content, options: Encoding): Buffer {
  if (typeof content !== 'string') return Buffer.from(content);
  const encoding = typeof options === 'string' ? options : options?.encoding;
  return Buffer.from(content, encoding === 'binary' || encoding === 'latin1' ? 'latin1' : 'utf8');
}

/** Where the library looks for commands that no program of the image is: the session's own, and some a shell has built in. */
const hidden = /^\/usr\/bin\/(__\w+|trap|wait|umask|ulimit)$/;

/** The container's files, with the session's input and output among them. */
export function withStandardFiles(library: Library, files: IFileSystem, streams: StandardStreams): IFileSystem {
  const stat = { isFile: true, isDirectory: false, isSymbolicLink: false, mode: 0o755, size: 0, mtime: new Date(0) };
  const ours = (path: string): boolean => path.startsWith('/dev/.session/') || hidden.test(path);
  const read = async (path: string): Promise<Buffer> =>
    path === LINE ? ((await streams.line()) ?? Buffer.alloc(0)) : path === STDIN ? streams.rest() : Buffer.alloc(0);
  const append = async (path: string, content: Content, options: Encoding): Promise<void> => {
    if (content.length > 0) await streams[path === STDERR ? 'stderr' : 'stdout'](bytesOf(content, options));
  };
  return {
    readFile: async (path, options) => (ours(path) ? (await read(path)).toString() : files.readFile(path, options)),
    readFileBuffer: (path) => (ours(path) ? read(path) : files.readFileBuffer(path)),
    readFileBytes: async (path) =>
      !ours(path) && files.readFileBytes !== undefined
        ? files.readFileBytes(path)
        : library.unsafeBytesFromLatin1(
            (ours(path) ? await read(path) : Buffer.from(await files.readFileBuffer(path))).toString('latin1'),
          ),
    writeFile: (path, content, options) =>
      ours(path) ? append(path, content, options) : files.writeFile(path, content, options),
    appendFile: (path, content, options) =>
      ours(path) ? append(path, content, options) : files.appendFile(path, content, options),
    exists: async (path) => ours(path) || files.exists(path),
    stat: async (path) => (ours(path) ? stat : files.stat(path)),
    lstat: async (path) => (ours(path) ? stat : files.lstat(path)),
    realpath: async (path) => (ours(path) ? path : files.realpath(path)),
    mkdir: (path, options) => files.mkdir(path, options),
    readdir: (path) => files.readdir(path),
    rm: (path, options) => files.rm(path, options),
    cp: (from, to, options) => files.cp(from, to, options),
    mv: (from, to) => files.mv(from, to),
    resolvePath: (base, path) => files.resolvePath(base, path),
    getAllPaths: () => files.getAllPaths(),
    chmod: (path, mode) => files.chmod(path, mode),
    symlink: (target, path) => files.symlink(target, path),
    link: (from, to) => files.link(from, to),
    readlink: (path) => files.readlink(path),
    utimes: (path, accessed, modified) => files.utimes(path, accessed, modified),
  };
}
