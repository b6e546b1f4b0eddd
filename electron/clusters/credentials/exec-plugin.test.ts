import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from '../../../shared/failure.ts';
import { systemClock } from '../../platform/world.ts';
import type { ClusterEntry, ExecEntry } from '../kubeconfig/entries.ts';
import { runExecPlugin } from './exec-plugin.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugins-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const cluster: ClusterEntry = {
  name: 'c',
  server: 'https://10.0.0.1:6443',
  certificateAuthority: null,
  certificateAuthorityData: null,
  tlsServerName: 'inner',
  insecureSkipTlsVerify: false,
  proxyUrl: null,
  execExtension: { audience: 'x' },
};

/** Writes a shell script as a plugin; `answer` prints an ExecCredential. */
function plugin(name: string, body: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}
const credential = (status: object, apiVersion = 'client.authentication.k8s.io/v1') =>
  `cat <<'END'\n${JSON.stringify({ kind: 'ExecCredential', apiVersion, status })}\nEND`;

function run(command: string, more: Partial<ExecEntry> = {}, environment: Record<string, string> = {}, timeLimit = 5_000) {
  const exec: ExecEntry = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command,
    args: [],
    env: [],
    installHint: null,
    provideClusterInfo: false,
    interactiveMode: null,
    ...more,
  };
  const env = { PATH: '/usr/bin:/bin', SHELL: '/bin/false', ...environment };
  return runExecPlugin(exec, cluster, 'PEM', { environment: env, clock: systemClock, timeLimit });
}
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no failure',
    (error: unknown) => failureOf(error),
  );

describe('a plugin that works', () => {
  test('gives a token and its end', async () => {
    const file = plugin('good', credential({ token: 'abc', expirationTimestamp: '2030-01-01T00:00:00Z' }));
    expect(await run(file)).toEqual({ token: 'abc', certificate: null, expiresAt: Date.UTC(2030, 0, 1) });
  });

  test('v1beta1 and certificates work too', async () => {
    const apiVersion = 'client.authentication.k8s.io/v1beta1';
    const file = plugin('beta', credential({ clientCertificateData: 'C', clientKeyData: 'K' }, apiVersion));
    expect(await run(file, { apiVersion })).toEqual({ token: null, certificate: { cert: 'C', key: 'K' }, expiresAt: null });
  });

  test('arguments arrive as they are: no shell reads them', async () => {
    const seen = join(folder, 'seen');
    const file = plugin(
      'args and "quotes"',
      `for a in "$@"; do printf '%s\\0' "$a"; done > '${seen}'\n${credential({ token: 't' })}`,
    );
    const args = ['a b', '$(touch pwned)', '; rm -rf x', "it's", 'two\nlines', '', '*'];
    await run(file, { args });
    expect(readFileSync(seen, 'utf8').split('\0').slice(0, -1)).toEqual(args);
  });

  test('is told about the cluster when it asks, with its own environment', async () => {
    const seen = join(folder, 'told');
    const file = plugin('info', `printf '%s\\n%s' "$KUBERNETES_EXEC_INFO" "$EXTRA" > '${seen}'\n${credential({ token: 't' })}`);
    await run(file, { provideClusterInfo: true, env: [{ name: 'EXTRA', value: 'mine' }] });
    const [info = '', extra] = readFileSync(seen, 'utf8').split('\n');
    expect(extra).toBe('mine');
    expect(JSON.parse(info)).toEqual({
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: {
        interactive: false,
        cluster: {
          server: 'https://10.0.0.1:6443',
          'tls-server-name': 'inner',
          'certificate-authority-data': Buffer.from('PEM').toString('base64'),
          config: { audience: 'x' },
        },
      },
    });
    await run(file);
    expect(JSON.parse(readFileSync(seen, 'utf8').split('\n')[0] ?? '').spec).toEqual({ interactive: false });
  });

  test('is found by the PATH of the login shell when ours lacks it, and gets that PATH', async () => {
    plugin('far/helper', 'echo far');
    plugin('far/login-tool', `test "$(helper)" = far || exit 3\n${credential({ token: 't' })}`);
    const shell = plugin(
      'shell',
      `test "$1" = -ilc && test "$2" = env || exit 9\necho 'Welcome!'\nPATH="${folder}/far:$PATH" exec env`,
    );
    await expect(run('login-tool', {}, { SHELL: shell })).resolves.toMatchObject({ token: 't' });
  });
});

describe('a plugin that does not work', () => {
  test('absent: named, with the hint', async () => {
    const expected = { code: 'plugin-absent', binary: 'no-such-tool', installHint: 'brew install it' };
    expect(await failure(run('no-such-tool', { installHint: 'brew install it' }))).toEqual(expected);
    expect(await failure(run('/no/such/tool', { installHint: 'brew install it' }))).toEqual({
      ...expected,
      binary: '/no/such/tool',
    });
  });

  test('failed: exit code and last line of standard error, without colours or secrets', async () => {
    const file = plugin('fails', `printf 'first\\n\\033[31mtoken=CANARY is old: sign in\\033[0m\\n\\n' >&2; echo CANARY; exit 7`);
    expect(await failure(run(file))).toEqual({
      code: 'plugin-failed',
      binary: file,
      exitCode: 7,
      lastLine: 'token=[hidden] is old: sign in',
    });
  });

  test('hung: stopped after the time limit, with all it started', async () => {
    const pid = join(folder, 'pid');
    const file = plugin('hangs', `echo 'Opening the browser' >&2\nsleep 300 & echo $! > '${pid}'\nwait`);
    const start = Date.now();
    expect(await failure(run(file, {}, {}, 1_400))).toEqual({
      code: 'plugin-hung',
      binary: file,
      seconds: 1,
      lastLine: 'Opening the browser',
    });
    expect(Date.now() - start).toBeLessThan(4_000);
    const child = Number(readFileSync(pid, 'utf8'));
    const isRunning = () => existsSync(`/proc/${child}`) && !/\) Z /.test(readFileSync(`/proc/${child}/stat`, 'utf8'));
    await expect.poll(isRunning, { timeout: 2_000 }).toBe(false);
  });

  test('something it left behind with open pipes does not hold us up', async () => {
    const file = plugin('leaves', `sleep 5 &\n${credential({ token: 't' })}`);
    const start = Date.now();
    await run(file);
    expect(Date.now() - start).toBeLessThan(3_000);
  });

  test.each([
    ['nothing', 'true', /printed nothing/],
    ['no JSON', 'echo "CANARY <html>"', /did not print JSON/],
    ['JSON of something else', 'echo \'{"kind":"CANARY"}\'', /ExecCredential has no valid kind/],
    ['no status', `echo '{"kind":"ExecCredential","apiVersion":"CANARY"}'`, /no valid status/],
    ['another version', credential({ token: 'CANARY' }, 'client.authentication.k8s.io/v2'), /another version/],
    ['neither token nor certificate', credential({}), /neither/],
    ['half a certificate', credential({ clientCertificateData: 'CANARY' }), /not both/],
    ['a token with a line break', credential({ token: 'CANARY\nX-Header: 1' }), /no header can carry/],
  ])('rubbish: %s', async (what, body, message) => {
    const file = plugin(`rubbish-${what.replaceAll(' ', '-')}`, `echo 'last words' >&2\n${body}`);
    const told = await failure(run(file));
    expect(told).toEqual({
      code: 'plugin-rubbish',
      binary: file,
      lastLine: 'last words',
      message: expect.stringMatching(message),
    });
    expect(JSON.stringify(told)).not.toContain('CANARY');
  });

  test('one that floods standard output is stopped', async () => {
    const file = plugin('floods', 'yes');
    expect(await failure(run(file))).toMatchObject({ code: 'plugin-failed', exitCode: null });
  });

  test('one that needs a terminal, or speaks a version that is gone, is not run', async () => {
    const file = plugin('never', `touch '${join(folder, 'ran')}'`);
    expect(await failure(run(file, { interactiveMode: 'Always' }))).toMatchObject({ code: 'plugin-failed' });
    expect(await failure(run(file, { apiVersion: 'client.authentication.k8s.io/v1alpha1' }))).toMatchObject({
      code: 'plugin-failed',
    });
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });
});
