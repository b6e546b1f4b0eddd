import type { IFileSystem } from 'just-bash';
import { programNames } from './library-commands.ts';
import { noSuchFile, notFoundInPath, permissionDenied, StartRefusal } from './refusal.ts';

/** What a command line starts. `name` is the shell that speaks; `parameters` are its $1, $2, …. */
export type Invocation =
  | { kind: 'interactive'; name: string; parameters: string[] }
  | { kind: 'script'; name: string; parameters: string[]; source: string }
  | { kind: 'program'; name: string; parameters: string[] };

const shells = new Map([
  ['sh', 'sh'],
  ['dash', 'sh'],
  ['bash', 'bash'],
]);
const places = ['/bin/', '/usr/bin/', '/usr/local/bin/', '/opt/spark/bin/'];

/** A path in one of the folders of programs without its folder. */
function baseName(program: string): string {
  const folder = places.find((place) => program.startsWith(place) && !program.slice(place.length).includes('/'));
  return folder === undefined ? program : program.slice(folder.length);
}

/** Reads `sh`, `sh -c SCRIPT`, `bash FILE`, … or any other program. Throws `StartRefusal` when nothing is asked for. */
export async function invocationOf(files: IFileSystem, command: string[], directory: string): Promise<Invocation> {
  const [program, ...args] = command;
  if (program === undefined || program === '') throw new StartRefusal('args must not be empty');
  const name = shells.get(baseName(program));
  if (name === undefined) return { kind: 'program', name: 'sh', parameters: [] };
  let index = 0;
  let scripted = false;
  let before = '';
  for (; index < args.length && /^[-+]/.test(args[index] ?? ''); index += 1) {
    const option = args[index] ?? '';
    if (option === '--') {
      index += 1;
      break;
    }
    if (/^-[a-z]*c[a-z]*$/.test(option)) scripted = true;
    const flags = option.replace(/[^euxf]/g, '');
    if (!option.startsWith('--') && flags !== '') before += `set -${flags}\n`;
  }
  const [first, ...rest] = args.slice(index);
  if (scripted) {
    if (first === undefined)
      return { kind: 'script', name, parameters: [], source: `echo '${name}: 0: -c requires an argument' >&2; exit 2` };
    return { kind: 'script', name, parameters: rest.slice(1), source: before + first };
  }
  if (first === undefined || first === '-') return { kind: 'interactive', name, parameters: rest };
  const path = files.resolvePath(directory, first);
  const source = await files
    .readFile(path)
    .catch(() => `echo ${JSON.stringify(`${name}: 0: cannot open ${first}: No such file`)} >&2; exit ${name === 'sh' ? 2 : 127}`);
  return { kind: 'script', name, parameters: rest, source: before + source.replace(/^#!.*/, '') };
}

/** Why `program` cannot be started, by the files that are there before anything runs; null when it can. */
export function refusalAtStart(files: Record<string, unknown>, program: string): StartRefusal | null {
  if (programNames.has(baseName(program))) return null;
  if (!program.includes('/')) return notFoundInPath(program);
  const file = files[program];
  if (file === undefined) return noSuchFile(program);
  const mode = typeof file === 'object' && file !== null && 'mode' in file ? Number(file.mode) : 0o644;
  return (mode & 0o111) === 0 ? permissionDenied(program) : null;
}

/** The name under which a program is run. Throws `StartRefusal` with the container runtime's words when there is none. */
export async function resolveProgram(files: IFileSystem, program: string, directory: string): Promise<string> {
  const name = baseName(program);
  if (programNames.has(name)) return name;
  if (!program.includes('/')) throw notFoundInPath(program);
  const path = files.resolvePath(directory, program);
  const found = await files.stat(path).catch(() => null);
  if (found === null) throw noSuchFile(program);
  if (found.isDirectory || (found.mode & 0o111) === 0) throw permissionDenied(program);
  return path;
}
