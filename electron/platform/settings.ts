import { readFile } from 'node:fs/promises';
import { type Settings, settingsSchema } from '../../shared/contract/settings.ts';
import { createQueue, writeAtomically } from './atomic-file.ts';
import type { Log } from './world.ts';

/** What holds before anything was chosen. */
export const defaultSettings: Settings = {
  theme: 'system',
  density: 'normal',
  context: null,
  namespaces: {},
  kubeconfigs: [],
  dock: { open: false, height: 280 },
  demo: { state: 'untouched' },
};

/** What the user chose, in one file. */
export interface SettingsStore {
  get(): Promise<Settings>;
  /** Changes the given fields and answers with all of them, once they are on the disk. Throws `storage`. */
  change(part: { [Key in keyof Settings]?: Settings[Key] | undefined }): Promise<Settings>;
  /** Told of the settings at once and after each change. The returned function ends it. */
  subscribe(listener: (settings: Settings) => void): () => void;
}

/**
 * Settings in `file`. A field that is missing or not what it should be has its default, each for itself: one bad line must not cost
 * the others. Fields that are not known here stay in the file, for a newer version that wrote them.
 */
export function createSettings(world: { file: string; log: Log }): SettingsStore {
  const { file, log } = world;
  const listeners = new Set<(settings: Settings) => void>();
  const inTurn = createQueue();
  let unknown: Record<string, unknown> = {};
  let present: Settings = defaultSettings;
  const loaded = load();

  async function load(): Promise<void> {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) return;
    const { settings, rest, faults } = readSettings(text);
    present = settings;
    unknown = rest;
    for (const fault of faults) log.warn('a setting is not used', { file, fault });
  }

  return {
    async get() {
      await loaded;
      return present;
    },
    change: (part) =>
      inTurn(async () => {
        await loaded;
        const given = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
        const next = settingsSchema.parse({ ...present, ...given });
        await writeAtomically(file, `${JSON.stringify({ ...unknown, ...next }, null, 2)}\n`);
        present = next;
        for (const listener of listeners) listener(next);
        return next;
      }),
    subscribe(listener) {
      const own = (settings: Settings) => listener(settings);
      let open = true;
      loaded.then(() => {
        if (!open) return;
        listeners.add(own);
        own(present);
      });
      return () => {
        open = false;
        listeners.delete(own);
      };
    },
  };
}

/** The settings in `text`, what else stands there, and what could not be used of it. */
export function readSettings(text: string): { settings: Settings; rest: Record<string, unknown>; faults: string[] } {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    return { settings: defaultSettings, rest: {}, faults: [error instanceof Error ? error.message : String(error)] };
  }
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    return { settings: defaultSettings, rest: {}, faults: ['not a map of settings'] };
  }
  const good: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  const faults: string[] = [];
  const shape: Record<string, { safeParse(value: unknown): { success: boolean } }> = settingsSchema.shape;
  for (const [name, value] of Object.entries(found)) {
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (field === undefined) rest[name] = value;
    else if (field.safeParse(value).success) good[name] = value;
    else faults.push(name);
  }
  return { settings: settingsSchema.parse({ ...defaultSettings, ...good }), rest, faults };
}
