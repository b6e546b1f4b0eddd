import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Draft, draftSchema } from '../../shared/contract/drafts.ts';
import { FailureError } from '../../shared/failure.ts';
import { createQueue, writeAtomically } from './atomic-file.ts';
import type { Clock, Log } from './world.ts';

/** The user's drafts: what is being written and what was submitted. */
export interface Drafts {
  /** All drafts, the last saved first: at once, and again after each change. The returned function ends it. */
  watch(listener: (drafts: Draft[]) => void): () => void;
  /** Writes the draft to the disk before it answers. Throws `storage`. */
  save(draft: Omit<Draft, 'savedAt'>): Promise<{ savedAt: number }>;
  /** Forgets a draft; one that is not there is forgotten already. Throws `storage`. */
  remove(id: string): Promise<void>;
  /** Resolves when all that was asked for so far is done. */
  settled(): Promise<void>;
}

/**
 * Drafts as files, one each, in `directory`. Files that cannot be read are left alone and named in the log: they may hold somebody's work.
 */
export function createDrafts(world: { directory: string; clock: Clock; log: Log }): Drafts {
  const { directory, clock, log } = world;
  const drafts = new Map<string, Draft>();
  const listeners = new Set<(drafts: Draft[]) => void>();
  const inTurn = createQueue();
  const fileOf = (id: string) => join(directory, `${draftSchema.shape.id.parse(id)}.json`);

  const loaded = load();
  async function load(): Promise<void> {
    const names = await readdir(directory).catch(() => []);
    for (const name of names) {
      if (!name.endsWith('.json')) continue;
      try {
        const draft = draftSchema.parse(JSON.parse(await readFile(join(directory, name), 'utf8')));
        if (`${draft.id}.json` === name) drafts.set(draft.id, draft);
        else log.warn('a draft has the name of another one', { file: name });
      } catch (error) {
        log.warn('a draft cannot be read', { file: name, message: error instanceof Error ? error.message : String(error) });
      }
    }
  }

  const all = () => [...drafts.values()].sort((one, other) => other.savedAt - one.savedAt);
  const tell = () => {
    for (const listener of listeners) listener(all());
  };

  return {
    watch(listener) {
      // A listener of its own for each call, so that the same function can be given twice.
      const own = (list: Draft[]) => listener(list);
      let open = true;
      loaded.then(() => {
        if (!open) return;
        listeners.add(own);
        own(all());
      });
      return () => {
        open = false;
        listeners.delete(own);
      };
    },

    save: (given) =>
      inTurn(async () => {
        await loaded;
        const draft: Draft = { ...given, savedAt: clock.now() };
        await writeAtomically(fileOf(draft.id), JSON.stringify(draft));
        drafts.set(draft.id, draft);
        tell();
        return { savedAt: draft.savedAt };
      }),

    remove: (id) =>
      inTurn(async () => {
        await loaded;
        const path = fileOf(id);
        await rm(path, { force: true }).catch((error: unknown) => {
          throw new FailureError({ code: 'storage', path, message: error instanceof Error ? error.message : String(error) });
        });
        if (drafts.delete(id)) tell();
      }),

    settled: () => inTurn(async () => {}),
  };
}
