import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Core, createCore } from '../../electron/core.ts';
import type { Terminal } from '../../shared/contract/terminals.ts';
import { type Connected, transports } from './backends.ts';
import { exec } from './exec-client.ts';
import { corePath, ownNamespace } from './objects.ts';
import { container, type PodStatus, podOf, podsIn } from './pod-objects.ts';
import { demoProgram, openTarget, type Target, unique, until } from './target.ts';

const MIB = 1024 * 1024;
let target: Target;
let own: Awaited<ReturnType<typeof ownNamespace>>;
let core: Core;
let folder: string;
const open: Connected[] = [];

beforeAll(async () => {
  target = await openTarget();
  own = await ownNamespace(target.admin);
  folder = mkdtempSync(join(tmpdir(), 'emberdeck-terminals-'));
  const kubeconfig = target.demo === null ? (process.env.KUBECONFIG ?? '') : join(folder, 'config');
  if (target.demo !== null) writeFileSync(kubeconfig, target.demo.kubeconfig());
  const environment = { ...process.env, KUBECONFIG: kubeconfig, HOME: folder };
  core = await createCore({ dataFolder: folder, environment, demoProgram, demoAsked: false });
  await createPod('steady');
}, 90_000);

afterEach(async () => {
  await core.terminals.settled(15_000);
  for (const connected of open.splice(0)) connected.close();
});

afterAll(async () => {
  core.close();
  await own.remove();
  await target.close();
  rmSync(folder, { recursive: true, force: true });
});

async function createPod(name: string): Promise<void> {
  const pods = podsIn(target.admin, own.namespace);
  await pods.create(podOf(name, [container('main', 'sleep 600'), container('beside', 'sleep 600')]));
  const isReady = ({ containerStatuses: all }: PodStatus) => all.length === 2 && all.every(({ ready }) => ready);
  await pods.once(name, 'runs', isReady);
}

/** A terminal as a window uses it. */
async function openShell({ backend }: Connected, pod: string, size = { columns: 80, rows: 24 }) {
  const place = { context: target.context, namespace: own.namespace, pod, container: null };
  const { id } = await backend.terminals.open({ target: place, title: 'shell', size });
  return { id, ...attach({ backend }, id) };
}

function attach({ backend }: Pick<Connected, 'backend'>, id: string, { from = 0, acknowledges = true } = {}) {
  const reader = unique('reader');
  const reading = new AbortController();
  const pieces: Buffer[] = [];
  const offsets: number[] = [];
  const run = async () => {
    for await (const { offset, data } of await backend.terminals.output({ id, reader, from }, { signal: reading.signal })) {
      pieces.push(Buffer.from(data, 'base64'));
      offsets.push(offset);
      if (acknowledges) await acknowledge(offset + Buffer.from(data, 'base64').length);
    }
  };
  const acknowledge = (offset: number) => backend.terminals.acknowledge({ id, reader, offset });
  run().catch(() => undefined);
  return {
    bytes: () => Buffer.concat(pieces),
    text: () => Buffer.concat(pieces).toString(),
    offsets,
    acknowledge,
    leave: () => reading.abort(),
    type: (text: string | Uint8Array) => backend.terminals.write({ id, data: Buffer.from(text).toString('base64') }),
  };
}

async function stateOf({ backend }: Connected, id: string, wanted: (state: Terminal['state']) => boolean) {
  const looking = new AbortController();
  try {
    for await (const { terminals } of await backend.terminals.watch({}, { signal: looking.signal })) {
      const state = terminals.find((terminal) => terminal.id === id)?.state;
      if (state !== undefined && wanted(state)) return state;
    }
  } finally {
    looking.abort();
  }
  throw new Error('it went before');
}

const says = (shell: { text(): string }, words: RegExp) => expect.poll(() => shell.text(), { timeout: 20_000 }).toMatch(words);

describe.each(transports)('over a %s', (_name, connect) => {
  async function start(): Promise<Connected> {
    const connected = await connect(core);
    open.push(connected);
    return connected;
  }

  it('a shell answers, knows its size, and ends with its code; another takes its place', async () => {
    const window = await start();
    const shell = await openShell(window, 'steady', { columns: 101, rows: 33 });
    await says(shell, /\$ $/);
    await shell.type('stty size; echo "$((40 + 2)) é€😀"\r');
    await says(shell, /33 101\r\n42 é€😀/);
    await window.backend.terminals.resize({ id: shell.id, size: { columns: 60, rows: 20 } });
    await shell.type('stty size\r');
    await says(shell, /20 60/);
    await shell.type('exit 3\r');
    const ended = { state: 'ended', how: { end: 'exit', code: 3 }, container: null };
    expect(await stateOf(window, shell.id, ({ state }) => state === 'ended')).toMatchObject(ended);
    await window.backend.terminals.reopen({ id: shell.id });
    await stateOf(window, shell.id, ({ state }) => state === 'live');
    await shell.type('echo again $((1 + 1))\r');
    await says(shell, /again 2/);
  });

  it('a window that comes back finds it, with what it wrote', async () => {
    const first = await start();
    const shell = await openShell(first, 'steady');
    await says(shell, /\$ $/);
    first.close();
    const second = await start();
    const again = attach(second, shell.id);
    await says(again, /\$ $/);
    await again.type('echo still $((2 + 1))\r');
    await says(again, /still 3/);
    const late = attach(second, shell.id, { from: again.bytes().length - 5 });
    await expect.poll(() => late.bytes()).toEqual(again.bytes().subarray(-5));
  });

  it('a window that does not read makes the program wait, and loses nothing', async () => {
    const window = await start();
    const shell = await openShell(window, 'steady');
    await says(shell, /\$ $/);
    shell.leave();
    const slow = attach(window, shell.id, { from: shell.bytes().length, acknowledges: false });
    await slow.type('seq 100000 500000; echo done $((3 + 4))\r');
    await expect.poll(() => slow.bytes().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(MIB);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(slow.bytes().length).toBe(MIB);
    const position = () => (slow.offsets[0] ?? 0) + slow.bytes().length;
    await until('the rest', 60, async () => {
      await slow.acknowledge(position());
      return slow.text().includes('done 7') ? true : null;
    });
    const numbers = slow.text().match(/\d{6}(?=\r\n)/g) ?? [];
    expect(numbers.length).toBe(400_001);
    expect(numbers).toEqual([...numbers].sort());
  }, 90_000);

  it('closing it leaves no process', async () => {
    const window = await start();
    const shell = await openShell(window, 'steady');
    await says(shell, /\$ $/);
    await shell.type('sleep 4242 & sleep 4343\r');
    await says(shell, /sleep 4343/);
    const count = async () => {
      const script =
        'n=0; for file in /proc/[0-9]*/cmdline; do case $(tr "\\0" " " < $file) in "sleep 4"*|"bash "*) n=$((n+1)) ;; esac; done; echo $n';
      const counting = await exec(target.admin, own.namespace, 'steady', ['sh', '-c', script], { container: 'main' });
      await counting.status;
      return Number(counting.output(1).toString());
    };
    if (target.demo === null) expect(await count()).toBe(3);
    await window.backend.terminals.close({ id: shell.id });
    await core.terminals.settled(10_000);
    expect(await count()).toBe(0);
    await expect(window.backend.terminals.output({ id: shell.id, reader: 'x', from: 0 })).rejects.toMatchObject({
      data: { code: 'not-found', kind: 'terminal' },
    });
  });

  it('says why when the pod goes, and why it cannot come back', async () => {
    const name = unique('brief');
    await createPod(name);
    const window = await start();
    const shell = await openShell(window, name);
    await says(shell, /\$ $/);
    await target.admin.request({ method: 'DELETE', path: `${corePath(own.namespace, 'pods')}/${name}` });
    const state = await stateOf(window, shell.id, (now) => now.state === 'ended' && now.container !== null);
    expect(state).toMatchObject({ container: expect.stringMatching(/deleted|exit 137/) });
    await until('it is gone', 30, async () => {
      await window.backend.terminals.reopen({ id: shell.id });
      const now = await stateOf(window, shell.id, (each) => each.state === 'ended');
      return now.state === 'ended' && now.how.end === 'refused' && now.how.failure.code === 'not-found' ? true : null;
    });
  }, 60_000);

  it('a container that is not there is told as it says; others go on', async () => {
    const window = await start();
    const shell = await openShell(window, 'steady');
    const place = { context: target.context, namespace: own.namespace, pod: 'steady', container: 'nobody' };
    const { id } = await window.backend.terminals.open({ target: place, title: '', size: { columns: 80, rows: 24 } });
    const state = await stateOf(window, id, (now) => now.state === 'ended');
    expect(JSON.stringify(state)).toMatch(/container nobody is not valid for pod steady/);
    expect(await stateOf(window, shell.id, (now) => now.state === 'live')).toMatchObject({ state: 'live' });
  });
});
