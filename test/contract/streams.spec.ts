import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTunnel } from '../../electron/forwards/tunnel.ts';
import { attach, exec, type Remote, type RemoteOptions } from './exec-client.ts';
import { corePath, ownNamespace, readObject } from './objects.ts';
import { failureOf, openTarget, type Target, until } from './target.ts';

let target: Target;
let own: Awaited<ReturnType<typeof ownNamespace>>;
const image = { image: 'emberdeck.test/spark:3.5.7', imagePullPolicy: 'Never' };
const idle = { ...image, name: 'idle', command: ['sleep', '600'] };
/** Answers every line it reads, and counts on its own. */
const echoing = {
  ...image,
  name: 'main',
  stdin: true,
  command: ['sh', '-c', 'while read line; do echo "got $line"; done; exit 5'],
};

beforeAll(async () => {
  target = await openTarget();
  own = await ownNamespace(target.admin);
  await create('single', [idle]);
  await create('pair', [idle, { ...image, name: 'short', command: ['sh', '-c', 'exit 3'] }], {
    initContainers: [{ ...image, name: 'first', command: ['sh', '-c', 'echo first'] }],
  });
  await create('reader', [echoing]);
  await create('brief', [{ ...echoing, command: ['sh', '-c', 'read line; echo "bye $line"; exit 5'] }]);
  await create('server', [{ ...image, name: 'main', command: ['python3', '-m', 'http.server', '8000'], workingDir: '/etc' }]);
  await create('placeless', [idle], { nodeSelector: { 'contract.test/none': 'such' } });
  await create('missing', [{ ...image, name: 'main', command: ['no-such-program'] }]);
  await until('all run', 60, async () => {
    const found = await Promise.all(['single', 'pair', 'reader', 'brief', 'server', 'missing'].map(statusOf));
    const states = found.map(({ containerStatuses = [] }) =>
      containerStatuses.map(({ state }) => Object.keys(state).join()).join(),
    );
    return states.join(' ') === 'running running,terminated running running running terminated' ? states : null;
  });
}, 90_000);

afterAll(async () => {
  await own?.remove();
  await target?.close();
});

interface ContainerStatus {
  name: string;
  state: Record<string, { exitCode?: number; reason?: string; message?: string }>;
}

async function statusOf(pod: string): Promise<{ phase?: string; containerStatuses?: ContainerStatus[] }> {
  const path = `${corePath(own.namespace, 'pods')}/${pod}`;
  return readObject((await target.admin.request({ method: 'GET', path })).body).status ?? {};
}

async function create(name: string, containers: unknown[], more: Record<string, unknown> = {}): Promise<void> {
  const spec = { restartPolicy: 'Never', terminationGracePeriodSeconds: 0, containers, ...more };
  const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec };
  await target.admin.request({ method: 'POST', path: corePath(own.namespace, 'pods'), body });
}

const run = (command: string[], options: RemoteOptions = {}, pod = 'single'): Promise<Remote> =>
  exec(target.admin, own.namespace, pod, command, options);
const sh = (script: string, options: RemoteOptions = {}): Promise<Remote> => run(['sh', '-c', script], options);
/** Waits until the output of a channel has `text` in it. */
const shows = (remote: Remote, text: string | RegExp, channel: 1 | 2 = 1): Promise<string> =>
  until(`output ${text}`, 15, () => {
    const output = remote.output(channel).toString();
    return (typeof text === 'string' ? output.includes(text) : text.test(output)) ? output : null;
  });

describe.each(['v4.channel.k8s.io', 'v5.channel.k8s.io'] as const)('exec over %s', (protocol) => {
  test('keeps stdout and stderr apart and ends with success', async () => {
    const remote = await sh('echo one; echo two >&2; echo three', { protocol });
    expect(remote.protocol).toBe(protocol);
    expect(await remote.code()).toBe(0);
    expect(remote.output(1).toString()).toBe('one\nthree\n');
    expect(remote.output(2).toString()).toBe('two\n');
  });

  test('tells an exit code as the server does', async () => {
    const remote = await sh('exit 3', { protocol });
    expect(await remote.status).toEqual({
      metadata: {},
      status: 'Failure',
      reason: 'NonZeroExitCode',
      message:
        protocol === 'v4.channel.k8s.io'
          ? 'command terminated with non-zero exit code: error executing command [sh -c exit 3], exit code 3'
          : 'command terminated with non-zero exit code: command terminated with exit code 3',
      details: { causes: [{ reason: 'ExitCode', message: '3' }] },
    });
  });
});

describe('exit codes', () => {
  test.each([
    ['of the last command', 'true; false', 1],
    ['of a program that is not there', 'no-such-program', 127],
    ['of a file that is no program', '/etc/passwd', 126],
    ['of a signal', 'kill -9 $$', 137],
    ['of set -e', 'set -e; false; echo never', 1],
    ['of a subshell', '(exit 4); exit $?', 4],
  ])('%s', async (_name, script, code) => {
    expect(await (await sh(script)).code()).toBe(code);
  });

  test.each([
    ['no-such-program', 'exec: "no-such-program": executable file not found in $PATH: unknown'],
    ['/etc/passwd', 'exec: "/etc/passwd": permission denied: unknown'],
    ['/no/such/file', 'exec: "/no/such/file": stat /no/such/file: no such file or directory: unknown'],
  ])('of what cannot be started: %s', async (program, words) => {
    const status = await (await run([program])).status;
    expect(status).toMatchObject({ status: 'Failure', reason: 'InternalError', code: 500 });
    expect(status?.message).toMatch(/^Internal error occurred: Internal error occurred: error executing command in container: /);
    expect(status?.message?.endsWith(words)).toBe(true);
  });
});

describe('standard input', () => {
  test('ends with channel 255 of v5', async () => {
    const remote = await run(['cat'], { stdin: true });
    remote.input('hello');
    await shows(remote, 'hello');
    remote.endInput();
    expect(await remote.code()).toBe(0);
    expect(remote.output(1).toString()).toBe('hello');
  });

  test('is a script for sh', async () => {
    const remote = await run(['sh'], { stdin: true });
    remote.input('for i in 1 2; do\necho $i\ndone\nexit 7\n');
    expect(await remote.code()).toBe(7);
    expect(remote.output(1).toString()).toBe('1\n2\n');
  });

  test('is at its end where it was not asked for', async () => {
    const remote = await run(['cat']);
    expect(await remote.code()).toBe(0);
  });

  test('and output carry any bytes', async () => {
    const bytes = randomBytes(1024 * 1024);
    const remote = await run(['sh', '-c', 'cat > /tmp/bytes; sha256sum /tmp/bytes; cat /tmp/bytes >&2'], { stdin: true });
    for (let at = 0; at < bytes.length; at += 30_000) remote.input(bytes.subarray(at, at + 30_000));
    remote.endInput();
    expect(await remote.code()).toBe(0);
    expect(remote.output(1).toString()).toMatch(new RegExp(`^${createHash('sha256').update(bytes).digest('hex')}`));
    expect(remote.output(2).equals(bytes)).toBe(true);
  });
});

describe('a terminal', () => {
  test('has the size it is told, echoes, and speaks through stdout alone', async () => {
    const remote = await run(['sh'], { stdin: true, tty: true });
    await shows(remote, '$ ');
    remote.resize(97, 31);
    // The size goes another way than what is typed, and may come after it.
    await expect
      .poll(() => {
        remote.input('stty size\n');
        return remote.output(1).toString();
      })
      .toContain('31 97\r\n');
    remote.input('stty size; echo problem >&2\n');
    const output = await shows(remote, 'problem\r\n$ ');
    expect(output).toContain('stty size; echo problem >&2\r\n');
    expect(output).toContain('31 97\r\n');
    expect(remote.output(2)).toHaveLength(0);
    remote.input('exit 4\n');
    expect(await remote.status).toMatchObject({
      message: 'command terminated with non-zero exit code: command terminated with exit code 4',
    });
  });

  test('interrupts what runs, and the shell goes on', async () => {
    const remote = await run(['bash'], { stdin: true, tty: true });
    await shows(remote, 'spark@single:/opt/spark/work-dir$ ');
    remote.input('while true; do :; done\n');
    await new Promise((resolve) => setTimeout(resolve, 500));
    remote.input('\u0003');
    await shows(remote, '^C');
    remote.input('echo still $((40 + 2))\n');
    await shows(remote, 'still 42\r\n');
    remote.input('\u0004');
    expect(await remote.code()).toBe(0);
  });
});

describe('what is refused', () => {
  test.each([
    ['a pod that is not there', 'nobody', {}, { code: 'not-found', name: 'nobody' }],
    ['a container that is not there', 'single', { container: 'other' }, 'container other is not valid for pod single'],
    [
      'several containers without a choice',
      'pair',
      {},
      'a container name must be specified for pod pair, choose one of: [first idle short]',
    ],
    ['a pod that no node has', 'placeless', {}, 'pod placeless does not have a host assigned'],
  ])('%s', async (_name, pod, options, wanted) => {
    const failure = await failureOf(run(['ls'], options, pod));
    expect(failure).toMatchObject(typeof wanted === 'string' ? { message: wanted } : wanted);
  });

  test('a container that has ended', async () => {
    const status = await (await run(['ls'], { container: 'short' }, 'pair')).status;
    expect(status?.message).toBe('Internal error occurred: unable to upgrade connection: container not found ("short")');
    const attached = await (await attach(target.admin, own.namespace, 'pair', { container: 'short' })).status;
    expect(attached?.message).toBe(
      `Internal error occurred: unable to upgrade connection: container short not found in pod pair_${own.namespace}`,
    );
  });

  test('a command that neither reads nor writes', async () => {
    const status = await (await run(['ls'], { stdout: false, stderr: false })).status;
    expect(status?.message).toBe(
      'Internal error occurred: unable to upgrade connection: you must specify at least 1 of stdin, stdout, stderr',
    );
  });

  test('over v4, before the protocol is switched', async () => {
    const protocol = 'v4.channel.k8s.io';
    // The real kubelet closes at once, and now and then the reset overtakes its words.
    const overtaken = (failure: { code: string }): boolean => target.demo === null && failure.code === 'unreachable';
    const ended = await failureOf(run(['ls'], { container: 'short', protocol }, 'pair'));
    if (!overtaken(ended)) expect(ended).toMatchObject({ message: 'container not found ("short")' });
    const voiceless = await failureOf(run(['ls'], { stdout: false, stderr: false, protocol }));
    if (!overtaken(voiceless))
      expect(voiceless).toMatchObject({ message: 'you must specify at least 1 of stdin, stdout, stderr' });
    const unknown = await (await run(['no-such-program'], { protocol })).status;
    expect(unknown?.message).toMatch(
      /^Internal error occurred: error executing command in container: failed to exec in container: /,
    );
  });

  test('no command', async () => {
    const status = await (await run([])).status;
    expect(status?.message).toMatch(/OCI runtime exec failed: exec failed: args must not be empty: unknown$/);
  });

  test('a protocol nobody speaks', async () => {
    const path = `${corePath(own.namespace, 'pods')}/single/exec?command=ls`;
    const opened = target.admin.websocket(path, { stdout: true }, ['v9.channel.k8s.io'], AbortSignal.timeout(10_000));
    expect(await failureOf(opened)).toMatchObject({ code: 'forbidden' });
  });

  test('somebody who may only read', async ({ skip }) => {
    if (target.viewer === null) skip('the kubeconfig has no viewer');
    else {
      const failure = await failureOf(exec(target.viewer, 'default', 'nobody', ['ls']));
      expect(failure).toMatchObject({ code: 'forbidden', verb: 'get', resource: 'pods/exec', namespace: 'default' });
    }
  });
});

describe("a container's own program", () => {
  test('that is not there cannot be started', async () => {
    const [status] = (await statusOf('missing')).containerStatuses ?? [];
    expect(status?.state.terminated).toMatchObject({ exitCode: 128, reason: 'StartError' });
    expect(status?.state.terminated?.message).toBe(
      'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ' +
        'unable to start container process: exec: "no-such-program": executable file not found in $PATH: unknown',
    );
  });

  test('can be attached to, reads what is sent, and its end is told', async () => {
    const remote = await attach(target.admin, own.namespace, 'reader', { stdin: true });
    const other = await attach(target.admin, own.namespace, 'reader');
    // The switch of protocols comes a moment before the program's output is at hand.
    await until('both hear the program', 15, () => {
      remote.input('hello\n');
      return [remote, other].every((each) => each.output(1).includes('got hello\n')) ? true : null;
    });
    other.socket.close();
    expect(await other.status).toBeNull();
    remote.input('three\n');
    await shows(remote, 'got three\n');
    remote.socket.terminate();
    const log = await target.admin.request({ method: 'GET', path: `${corePath(own.namespace, 'pods')}/reader/log` });
    expect(String(log.body)).toMatch(/^(got hello\n)+got three\n$/);
  });
});

test('the end of an attached program is a success, whatever its exit code', async () => {
  const remote = await attach(target.admin, own.namespace, 'brief', { stdin: true });
  remote.input('now\n');
  expect(await remote.status).toEqual({ metadata: {}, status: 'Success' });
  expect(remote.output(1).toString()).toBe('bye now\n');
});

describe('a forward', () => {
  const path = () => `${corePath(own.namespace, 'pods')}/single/portforward`;
  const open = (query: string) => target.admin.websocket(path() + query, {}, ['v4.channel.k8s.io'], AbortSignal.timeout(10_000));

  test('of several ports announces each on two channels and tells of each that nobody listens', async () => {
    const socket = await open('?ports=81&ports=82,83');
    const messages: Buffer[] = [];
    socket.on('message', (data: Buffer) => messages.push(data));
    const code = await new Promise<number>((resolve) => socket.once('close', resolve));
    expect(messages.slice(0, 6).map((data) => data.toString('hex'))).toEqual([
      '005100',
      '015100',
      '025200',
      '035200',
      '045300',
      '055300',
    ]);
    const errors = messages.slice(6).map((data) => [data[0], data.subarray(1).toString()] as const);
    expect(errors.map(([channel]) => channel).sort()).toEqual([1, 3, 5]);
    for (const [, text] of errors) {
      expect(text).toMatch(
        /^error forwarding port 8\d to pod \w{64}, uid : failed to execute portforward in network namespace "\/var\/run\/netns\/cni-[-\w]+": failed to connect to localhost:8\d inside namespace "\w{64}", IPv4: dial tcp4 127\.0\.0\.1:8\d: connect: connection refused IPv6 dial tcp6: address localhost: no suitable address found $/,
      );
    }
    expect(code).toBe(1000);
  });

  test('carries a request and its answer', async () => {
    const ask = () =>
      openTunnel(target.admin, { namespace: own.namespace, pod: 'server', port: 8000 }, AbortSignal.timeout(10_000));
    const answer = await until('the server listens', 15, async () => {
      const stream = await ask();
      stream.write('GET /os-release HTTP/1.0\r\n\r\n');
      let text = '';
      try {
        for await (const chunk of stream) text += String(chunk);
      } catch {
        return null;
      }
      return text;
    });
    expect(answer).toMatch(/^HTTP\/1\.[01] 200 OK\r\n/);
    expect(answer).toContain('Debian GNU/Linux 12');
  });

  test.each([
    ['99999', 'cannot convert to []int32: strconv.ParseUint: parsing "99999": value out of range'],
    ['web', 'cannot convert to []int32: strconv.ParseUint: parsing "web": invalid syntax'],
  ])('to %s is refused', async (port, message) => {
    expect(await failureOf(open(`?ports=${port}`))).toMatchObject({ message });
  });
});
