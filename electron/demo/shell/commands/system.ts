import type { SessionParts } from '../session-parts.ts';
import { type Commands, failed, out } from './command.ts';

/** Commands about the machine, the user and the terminal. */
export function systemCommands(parts: SessionParts): Commands {
  const { container, terminal } = parts;
  const host = container.environment.HOSTNAME ?? 'localhost';
  return {
    id: (args) =>
      out(
        args[0] === '-u'
          ? '185\n'
          : args[0] === '-g'
            ? '0\n'
            : args[0] === '-un'
              ? 'spark\n'
              : 'uid=185(spark) gid=0(root) groups=0(root)\n',
      ),
    whoami: () => out('spark\n'),
    hostname: () => out(`${host}\n`),
    nproc: () => out('2\n'),
    arch: () => out('x86_64\n'),
    uname: (args) =>
      out(
        `${args.includes('-a') ? `Linux ${host} 6.1.0-demo #1 SMP x86_64 GNU/Linux` : args.includes('-m') ? 'x86_64' : args.includes('-r') ? '6.1.0-demo' : args.includes('-n') ? host : 'Linux'}\n`,
      ),
    tty: () => (terminal === null ? { stdout: 'not a tty\n', stderr: '', exitCode: 1 } : out('/dev/pts/0\n')),
    stty(args) {
      if (terminal === null) return failed("stty: 'standard input': Inappropriate ioctl for device\n");
      return out(
        args[0] === 'size'
          ? `${terminal.size.rows} ${terminal.size.columns}\n`
          : args.length === 0
            ? 'speed 38400 baud; line = 0;\n'
            : '',
      );
    },
    tput(args) {
      const { columns, rows } = terminal?.size ?? { columns: 80, rows: 24 };
      return out(
        args[0] === 'cols' ? `${columns}\n` : args[0] === 'lines' ? `${rows}\n` : args[0] === 'clear' ? '\u001b[H\u001b[2J' : '',
      );
    },
    reset: () => out('\u001b[H\u001b[2J'),
    uptime: () =>
      out(` ${new Date(container.time.now()).toISOString().slice(11, 19)} up 1 day,  0 users,  load average: 0.10, 0.10, 0.10\n`),
    free: () =>
      out(
        '               total        used        free      shared  buff/cache   available\nMem:        16384000     4096000     8192000           0     4096000    12288000\nSwap:              0           0           0\n',
      ),
    df: () =>
      out('Filesystem     1K-blocks     Used Available Use% Mounted on\noverlay         98831908 20971520  77860388  22% /\n'),
    mount: () => out('overlay on / type overlay (rw,relatime)\n'),
    umask: () => out('0022\n'),
    ulimit: () => out('unlimited\n'),
    sync: () => out(''),
    wait: () => out(''),
    env(args, context) {
      const rest = [...args];
      const added = new Map(Object.entries(context.exportedEnv ?? {}).filter(([name]) => /^[A-Za-z_]/.test(name)));
      while (/^[A-Za-z_]\w*=/.test(rest[0] ?? '')) {
        const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(rest.shift() ?? '') ?? [];
        added.set(name, value);
      }
      if (rest.length === 0) return out([...added].map(([name, value]) => `${name}=${value}\n`).join(''));
      return (
        context.exec?.(rest.map((each) => `'${each.replaceAll("'", `'\\''`)}'`).join(' '), {
          cwd: context.cwd,
          env: Object.fromEntries(added),
        }) ?? failed('env: cannot run\n', 127)
      );
    },
    tini: (args, context) => run(args, context),
    nohup: (args, context) => run(args, context),
  };
}

const run: Commands[string] = (args, context) => {
  const words = args.slice(args[0]?.startsWith('-') ? args.indexOf('--') + 1 : 0);
  const line = words.map((each) => `'${each.replaceAll("'", `'\\''`)}'`).join(' ');
  return context.exec?.(line, { cwd: context.cwd, stdin: '' }) ?? failed('cannot run\n', 127);
};
