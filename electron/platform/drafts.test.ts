import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draft } from '../../shared/contract/drafts.ts';
import { createDrafts } from './drafts.ts';
import type { Clock, Log } from './world.ts';

let folder = '';
let now = 1000;
const clock: Clock = { now: () => now, after: () => () => {} };
const warnings: string[] = [];
const log: Log = { info() {}, warn: (what) => warnings.push(what) };
const open = () => createDrafts({ directory: join(folder, 'drafts'), clock, log });
const draft = (id: string, text = 'kind: A') => ({ id, title: 'untitled', context: null, namespace: null, text });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emberdeck-drafts-'));
  warnings.length = 0;
  now = 1000;
});
afterEach(() => rm(folder, { recursive: true }));

describe('drafts', () => {
  it('gives what was saved to the next program, the last first', async () => {
    const first = open();
    await first.save(draft('a'));
    now = 2000;
    expect(await first.save(draft('b', 'two\nlines # and a comment'))).toEqual({ savedAt: 2000 });
    const seen = await new Promise<Draft[]>((resolve) => open().watch(resolve));
    expect(seen.map(({ id, text, savedAt }) => [id, text, savedAt])).toEqual([
      ['b', 'two\nlines # and a comment', 2000],
      ['a', 'kind: A', 1000],
    ]);
  });

  it('is settled when what was asked for is on the disk', async () => {
    const drafts = open();
    void drafts.save(draft('a'));
    void drafts.save(draft('b'));
    await drafts.settled();
    expect((await readdir(join(folder, 'drafts'))).filter((name) => name.endsWith('.json')).sort()).toEqual(['a.json', 'b.json']);
  });

  it('tells its watchers of every change until they leave', async () => {
    const drafts = open();
    const seen: string[][] = [];
    const close = drafts.watch((list) => seen.push(list.map((one) => one.id)));
    await vi.waitFor(() => expect(seen).toEqual([[]]));
    await drafts.save(draft('a'));
    await drafts.remove('a');
    close();
    await drafts.save(draft('b'));
    expect(seen).toEqual([[], ['a'], []]);
  });

  it('keeps the last of many saves at once, and no half file', async () => {
    const drafts = open();
    await Promise.all(Array.from({ length: 20 }, (_, at) => drafts.save(draft('a', `${at}`))));
    expect(await readdir(join(folder, 'drafts'))).toEqual(['a.json']);
    expect(JSON.parse(await readFile(join(folder, 'drafts', 'a.json'), 'utf8'))).toMatchObject({ text: '19' });
  });

  it('leaves out what it cannot read, says so, and leaves the file alone', async () => {
    const directory = join(folder, 'drafts');
    await mkdir(directory);
    await writeFile(join(directory, 'broken.json'), '{"id": "broken", "te');
    await writeFile(join(directory, 'other.json'), JSON.stringify({ ...draft('someone'), savedAt: 1 }));
    await writeFile(join(directory, 'good.json'), JSON.stringify({ ...draft('good'), savedAt: 1 }));
    await writeFile(join(directory, 'good.json.1234.part'), 'half');
    const seen = await new Promise<Draft[]>((resolve) => open().watch(resolve));
    expect(seen.map((one) => one.id)).toEqual(['good']);
    expect(warnings).toHaveLength(2);
    expect(await readdir(directory)).toContain('broken.json');
  });

  it('fails with the path when the disk does not take it', async () => {
    await writeFile(join(folder, 'drafts'), 'a file where the folder should be');
    await expect(open().save(draft('a'))).rejects.toMatchObject({
      failure: { code: 'storage', path: join(folder, 'drafts', 'a.json') },
    });
  });

  it('never leaves its folder', async () => {
    await expect(open().save(draft('../a'))).rejects.toThrow();
    await expect(open().remove('../../etc')).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });
});
