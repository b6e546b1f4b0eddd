/** A shell in its container: the leader of its session, and its start in the kernel's ticks, for numbers are given again. */
export interface Shell {
  pid: number;
  startedAt: string;
}

/** Bytes that may come before a shell tells of itself. */
const PATIENCE = 4096;

/**
 * A command that becomes bash, or sh where there is no bash. Before that it writes one line with `mark` (letters and digits only), its
 * process number and its start, for {@link createIntroduction}.
 */
export function shellCommand(mark: string): string[] {
  return [
    'sh',
    '-c',
    [
      '{ read -r line < "/proc/$$/stat"; } 2>/dev/null',
      // The name of the program, in brackets, may hold blanks and brackets of its own.
      // biome-ignore lint/suspicious/noTemplateCurlyInString: shell, not JavaScript.
      'set -- ${line##*) }',
      `printf '%s\\n' "${mark} $$ \${20:--} ${mark}"`,
      'export TERM=xterm-256color',
      'if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi',
    ].join('; '),
  ];
}

/** Takes the line of {@link shellCommand} out of what a terminal writes first. */
export interface Introduction {
  /** What of the output so far may be shown; `shell` is null until it told, and stays so when it never does. */
  take(bytes: Buffer): { shown: Buffer; shell: Shell | null };
  /** What was held back when it ended without telling. */
  rest(): Buffer;
}

/** Reads the line with `mark`. */
export function createIntroduction(mark: string): Introduction {
  const line = new RegExp(`${mark} (\\d+) (\\d+|-) ${mark}\\r?\\n`);
  let held = Buffer.alloc(0);
  let done = false;
  return {
    take(bytes) {
      if (done) return { shown: bytes, shell: null };
      held = Buffer.concat([held, bytes]);
      const found = line.exec(held.toString('latin1'));
      if (found === null && held.length < PATIENCE) return { shown: Buffer.alloc(0), shell: null };
      done = true;
      const all = held;
      held = Buffer.alloc(0);
      if (found === null) return { shown: all, shell: null };
      const shown = Buffer.concat([all.subarray(0, found.index), all.subarray(found.index + found[0].length)]);
      return { shown, shell: { pid: Number(found[1]), startedAt: found[2] ?? '-' } };
    },
    rest() {
      const all = held;
      held = Buffer.alloc(0);
      done = true;
      return all;
    },
  };
}

/**
 * Ends a shell and everything in its session, as closing a terminal does: SIGHUP first, SIGKILL two seconds later to what is left. What
 * ignores SIGHUP (`nohup`) was meant to stay. Needed because a container runtime leaves a command running whose client went (seen:
 * Kubernetes 1.34, containerd 1.6). Needs nothing but sh and /proc.
 */
export function hangUpCommand({ pid, startedAt }: Shell): string[] {
  return ['sh', '-c', HANG_UP, 'sh', `${pid}`, startedAt];
}

const HANG_UP = `
leader=$1 started=$2
members() {
  left=
  for stat in /proc/[0-9]*/stat; do
    { read -r line < "$stat"; } 2>/dev/null || continue
    pid=\${stat#/proc/} pid=\${pid%/stat}
    set -- \${line##*) }
    [ "$4" = "$leader" ] && [ "$1" != Z ] || continue
    [ "$pid" != "$leader" ] || [ "\${20}" = "$started" ] || { left=; return; }
    left="$left $pid"
  done
}
members
[ -n "$left" ] || exit 0
kill -HUP $left 2>/dev/null
kill -CONT $left 2>/dev/null
for turn in 1 2 3 4 5 6 7 8 9 10; do
  sleep 0.2
  members
  [ -n "$left" ] || exit 0
done
for pid in $left; do
  ignored=
  while read -r key value; do [ "$key" = SigIgn: ] && ignored=$value; done < "/proc/$pid/status"
  case $ignored in *[13579bdf]) ;; *) kill -KILL "$pid" ;; esac
done 2>/dev/null
exit 0
`;
