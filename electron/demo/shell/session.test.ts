import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { testContainer, type Watched, watch } from './container.fixture.ts';

const container = await testContainer();

async function run(script: string, input?: string): Promise<{ out: string; err: string; code: number }> {
  const watched = watch(container, ['sh', '-c', script], { stdin: input !== undefined });
  if (input !== undefined) {
    watched.session.input(Buffer.from(input));
    watched.session.endInput();
  }
  const { code } = await watched.session.exit;
  return { out: watched.out(), err: watched.err(), code };
}

async function bash(): Promise<Watched> {
  const watched = watch(container, ['bash'], { tty: true });
  await watched.shows('$ ');
  return watched;
}
const type = ({ session }: Watched, text: string): void => session.input(Buffer.from(text));

describe('a script', () => {
  test.each([
    ['captures what is captured', 'x=$(echo in; echo side); echo "[$x]"', '[in\nside]\n'],
    ['captures what a function says', 'f() { echo "f $1"; }; x=$(f a); f b; echo "$x"', 'f b\nf a\n'],
    ['pipes what compound commands say', '{ echo b; echo a; } | sort; for i in 2 1; do echo $i; done | sort', 'a\nb\n1\n2\n'],
    ['pipes what a function says', 'f() { echo low; }; f | tr a-z A-Z', 'LOW\n'],
    ['redirects', 'echo x > f; { echo y; echo z; } >> f; cat f; rm f', 'x\ny\nz\n'],
    [
      'keeps loops, cases and conditions',
      'for i in 1 2 3; do case $i in 2) continue;; esac; if true; then echo $i; fi; done',
      '1\n3\n',
    ],
    ['reads mounted files and the environment', 'cat /etc/config/greeting; echo $SPARK_HOME', 'hello\n/opt/spark\n'],
    ['substitutes nothing twice', 'echo \'$HOME\' "a  b" \\$x', '$HOME a  b $x\n'],
    ['takes a here-document', 'cat <<END\none $HOSTNAME\nEND\necho two', 'one pod\ntwo\n'],
    ['runs shells in shells', "sh -c 'echo $1 $0' zero one; bash -c 'exit 3'; echo $?", 'one bash\n3\n'],
  ])('%s', async (_name, script, out) => {
    expect(await run(script)).toEqual({ out, err: '', code: 0 });
  });

  test.each([
    ['cat', 'a\nb\n', 'a\nb\n'],
    ['wc -l', 'a\nb\n', '2\n'],
    ['head -n 1', 'a\nb\n', 'a\n'],
    ['grep b | tr b c', 'a\nb\n', 'c\n'],
    ['while read line; do echo "<$line>"; done', 'a\nb\n', '<a>\n<b>\n'],
    ['read x; echo $x; cat', 'a\nb\n', 'a\nb\n'],
    ['cat > f; wc -c < f', 'abc', '3\n'],
    ['echo own | cat', 'a\n', 'own\n'],
  ])('reads its input: %s', async (script, input, out) => {
    expect((await run(script, input)).out.replace(/^ +/gm, '')).toBe(out);
  });

  test('writes each line when it is due', async () => {
    const watched = watch(container, ['sh', '-c', 'f() { echo one; sleep 0.3; echo two; }; f']);
    await watched.shows('one\n');
    expect(watched.out()).toBe('one\n');
    await watched.shows('two\n');
  });

  test('speaks of what is missing as its shell does', async () => {
    expect(await run('nope')).toEqual({ out: '', err: 'sh: 1: nope: not found\n', code: 127 });
  });
});

describe('a container', () => {
  test.each([
    [
      'its files are not the host’s',
      'ln -s /root/../../../../.. /tmp/up; ls /proc/self /tmp/up/root/.. | grep -c node_modules',
      '0\n',
    ],
    [
      'nor is its environment',
      'env | grep -c EMBERDECK_CANARY; awk \'BEGIN{print "[" ENVIRON["EMBERDECK_CANARY"] "]"}\'',
      '0\n[]\n',
    ],
    [
      'it knows no network',
      'curl -s http://169.254.169.254/ https://example.com file:///etc/passwd; echo x > /dev/tcp/127.0.0.1/22; echo $?',
      '0\n',
    ],
    ['programs start no programs', 'awk \'BEGIN{system("id")}\' || sed "e id" /etc/hostname || echo none', 'none\n'],
    [
      'an archive stays where it is unpacked',
      'mkdir t; echo x > t/f; cd t; tar cf a.tar ../t/f; mkdir in; cd in; tar xf ../a.tar; ls ..',
      'a.tar\nf\nin\n',
    ],
    ['no pattern takes for ever', `echo ${'a'.repeat(60)}! | grep -cE "^(a+)+$"`, '0\n'],
    ['what every object of JavaScript has is no command', 'constructor; echo $?; hasOwnProperty x; echo $?', '127\n127\n'],
  ])('%s', async (_name, script, out) => {
    vi.stubEnv('EMBERDECK_CANARY', 'seen');
    expect((await run(script)).out).toBe(out);
  });
});

describe('an interactive shell', () => {
  test('keeps variables, functions and the directory from line to line', async () => {
    const shell = await bash();
    type(shell, 'x=1; f() {\necho "x is $x"\n}\ncd /tmp\nf\n');
    await shell.shows('x is 1\r\nspark@pod:/tmp$ ');
    shell.session.kill(9);
  });

  test.each([')', 'fi', ':(){ :|:& };:', 'f() { f; }; f'])('lives on after %s', async (script) => {
    const shell = await bash();
    type(shell, `x=42\n${script}\necho "still $x"\n`);
    await shell.shows('still 42\r\n');
    shell.session.kill(9);
  });

  test('ends with the code of exit, and with Ctrl-D', async () => {
    const one = await bash();
    type(one, 'exit 6\n');
    expect(await one.session.exit).toEqual({ code: 6 });
    const two = await bash();
    type(two, 'false\n\u0004');
    expect(await two.session.exit).toEqual({ code: 1 });
  });

  test('tells the size of its terminal', async () => {
    const shell = await bash();
    shell.session.resize(123, 45);
    type(shell, 'echo $COLUMNS $(tput lines); stty size\n');
    await shell.shows('123 45\r\n45 123\r\n');
    shell.session.kill(9);
  });

  test('gives a program its lines, and the end of its input', async () => {
    const shell = await bash();
    type(shell, 'cat\n');
    await shell.shows('cat\r\n');
    type(shell, 'hello\n');
    await shell.shows('hello\r\nhello\r\n');
    type(shell, '\u0004echo $((40 + 2))\n');
    await shell.shows('42\r\n');
    shell.session.kill(9);
  });
});

describe('what would eat the demo', () => {
  test.each(['while true; do :; done', 'sleep 1000', 'f() { while true; do x=$((x+1)); done; }; f', 'cat', 'yes > /dev/null'])(
    'Ctrl-C ends %s, others live on meanwhile, and the shell goes on',
    async (script) => {
      const shell = await bash();
      type(shell, `${script}\n`);
      let turns = 0;
      const counting = setInterval(() => {
        turns += 1;
      }, 10);
      await delay(300);
      clearInterval(counting);
      expect(turns).toBeGreaterThan(5);
      type(shell, '\u0003echo still $((40 + 2))\n');
      await shell.shows('still 42\r\n');
      shell.session.kill(9);
    },
  );

  test('a loop that no tick reaches ends by itself', async () => {
    const begun = Date.now();
    await run("eval 'while true; do :; done'");
    expect(Date.now() - begun).toBeLessThan(5000);
  });

  test.each([':(){ :|:& };:', 'f() { f; f; }; f', 'x=xxxxxxxx; while true; do x=$x$x; done', 'seq 1000000000'])(
    '%s reaches a limit',
    async (script) => {
      const before = process.memoryUsage().heapUsed;
      const { code, err } = await run(script);
      expect(code).toBe(126);
      expect(err).toMatch(/limit|maximum/);
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(300 * 1024 * 1024);
    },
  );

  test('endless output waits for its reader', async () => {
    let taken = 0;
    const { startSession } = await import('./session.ts');
    const stuck = new Promise<void>(() => undefined);
    const output = {
      stdout: (chunk: Buffer) => {
        taken += chunk.length;
        return taken > 1000 ? stuck : Promise.resolve();
      },
      stderr: async () => undefined,
    };
    const session = startSession(
      container,
      { command: ['sh', '-c', 'while true; do echo 0123456789; done'], tty: false, stdin: false, pid: 40 },
      output,
    );
    await delay(500);
    const then = taken;
    await delay(100);
    expect(taken).toBe(then);
    session.kill(9);
    expect(await session.exit).toEqual({ code: 137 });
  });

  test('a hundred sessions leave nothing', async () => {
    const own = await testContainer();
    const count = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name === 'Immediate').length;
    const before = count();
    const sessions = Array.from({ length: 100 }, (_, index) =>
      watch(own, index % 2 === 0 ? ['bash'] : ['sh', '-c', 'sleep 900'], { tty: index % 2 === 0 }),
    );
    await Promise.all(sessions.filter((_, index) => index % 2 === 0).map((each) => each.shows('$ ')));
    for (const { session } of sessions) session.kill(1);
    await Promise.all(sessions.map(({ session }) => session.exit));
    await delay(300);
    expect(count()).toBeLessThanOrEqual(before);
  });
});

test('SIGTERM runs a trap, and is ignored without one', async () => {
  const deaf = watch(container, ['sh', '-c', 'echo up; while true; do sleep 0.05; done']);
  await deaf.shows('up');
  expect(deaf.session.terminate()).toBe(false);
  deaf.session.kill(9);
  const trained = watch(container, ['sh', '-c', "trap 'echo bye; exit 7' TERM; echo up; while true; do sleep 0.05; done"]);
  await trained.shows('up');
  expect(trained.session.terminate()).toBe(true);
  expect(await trained.session.exit).toEqual({ code: 7 });
  expect(trained.out()).toBe('up\nbye\n');
});
