import type { Process } from '../../node/program.ts';
import type { SessionParts } from '../session-parts.ts';
import { type Commands, failed, out } from './command.ts';

const signals: Record<string, number> = { HUP: 1, INT: 2, QUIT: 3, KILL: 9, TERM: 15 };

/** Commands about processes: what `Program.processes()` tells, this session's own shell, and the command itself. */
export function processCommands(parts: SessionParts): Commands {
  const { container, options } = parts;
  const terminal = parts.terminal === null ? '?' : 'pts/0';
  const all = (own: string): Process[] => {
    const main = container.processes();
    const words = options.command.join(' ');
    const shell = main.some(({ pid }) => pid === options.pid) ? [] : [{ pid: options.pid, user: 'spark', command: words }];
    if (words === own) return [...main, ...shell];
    return [...main, ...shell, { pid: options.pid + 7, user: 'spark', command: own }];
  };
  const java = (): Process[] => container.processes().filter(({ command }) => /^\S*\bjava /.test(command));
  const time = new Date(container.time.now()).toISOString().slice(11, 16);
  return {
    ps(args) {
      const own = ['ps', ...args].join(' ');
      if (args.some((arg) => /^-?[a-z]*[uf]/.test(arg))) {
        const rows = all(own).map(
          ({ pid, user, command }) =>
            `${user.padEnd(8)} ${String(pid).padStart(7)}  0.0  0.1   8496  4412 ${(pid >= options.pid ? terminal : '?').padEnd(8)} S    ${time}   0:00 ${command}\n`,
        );
        return out(`USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n${rows.join('')}`);
      }
      const rows = all(own)
        .filter(({ pid }) => args.length > 0 || pid >= options.pid)
        .map(
          ({ pid, command }) =>
            `${String(pid).padStart(7)} ${(pid >= options.pid ? terminal : '?').padEnd(8)} ${args.length > 0 ? 'S      0:00' : '00:00:00'} ${command}\n`,
        );
      return out(`    PID TTY      ${args.length > 0 ? 'STAT   TIME COMMAND' : '    TIME CMD'}\n${rows.join('')}`);
    },
    pgrep(args) {
      const pattern = args.at(-1) ?? '';
      const found = all('').filter(({ command }) => command.includes(pattern) && pattern !== '');
      return { ...out(found.map(({ pid }) => `${pid}\n`).join('')), exitCode: found.length > 0 ? 0 : 1 };
    },
    top: (args) => {
      if (!args.join('').includes('b')) return failed('top: this demo has the batch mode only: top -b -n1\n');
      const rows = all('top -b -n1').map(
        ({ pid, user, command }) =>
          `${String(pid).padStart(7)} ${user.padEnd(9)} 20   0    8496   4412   3400 S   0.0   0.1   0:00.01 ${command.split(' ')[0]?.split('/').at(-1) ?? ''}\n`,
      );
      return out(
        `top - ${time}:00 up 1 day,  0 users,  load average: 0.10, 0.10, 0.10\nTasks: ${rows.length} total,   1 running\n\n    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n${rows.join('')}`,
      );
    },
    jps: () =>
      out([...java().map(({ pid, command }) => `${pid} ${mainClassOf(command)}\n`), `${options.pid + 7} Jps\n`].join('')),
    jcmd(args) {
      if (args.length === 0 || args[0] === '-l')
        return out(
          java()
            .map(({ pid, command }) => `${pid} ${command.split(' ').slice(1).join(' ')}\n`)
            .join(''),
        );
      return java().some(({ pid }) => String(pid) === args[0])
        ? out(`${args[0]}:\nThis demo runs no JVM: there is nothing to diagnose.\n`)
        : failed(`jcmd: ${args[0]}: No such process\n`);
    },
    jstack: (args) =>
      java().some(({ pid }) => String(pid) === args[0])
        ? out('Stand-in of the demo cluster: no JVM runs here, so there are no threads to print.\n')
        : failed(`${args[0] ?? ''}: No such process\n`),
    kill(args) {
      if (args[0] === '-l') return out('HUP INT QUIT KILL TERM\n');
      const asked = /^-/.test(args[0] ?? '') ? (args[0] ?? '').slice(1).replace(/^SIG/, '') : 'TERM';
      const signal = Number(asked) || signals[asked] || 15;
      for (const text of args.filter((arg) => !arg.startsWith('-'))) {
        if (Number(text) === options.pid && (options.pid !== 1 || parts.traps.has('TERM'))) parts.kill(signal);
        else if (!all('').some(({ pid }) => pid === Number(text))) return failed(`sh: 1: kill: No such process\n`);
      }
      return out('');
    },
  };
}

/** What `jps` shows of a command line: the last part of the main class. */
function mainClassOf(command: string): string {
  const main = command.split(' ').find((word) => /^[a-z]+(\.\w+)+$/.test(word)) ?? '';
  return main.split('.').at(-1) ?? 'java';
}
