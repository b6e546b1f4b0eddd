import { type FSWatcher, unwatchFile, watch, watchFile } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Looking at the file this often finds what the folder's watch cannot see: network folders, targets of links, a folder made later. */
const POLL_INTERVAL = 250;

/**
 * Calls `onEvent` when the file at `path` may have changed, appeared or gone; often more than once. The folder is watched, not the
 * file, because kubectl and most editors rename a new file into place. The returned function ends it.
 */
export function watchPath(path: string, onEvent: () => void): () => void {
  const name = basename(path);
  let watcher: FSWatcher | null = null;
  const close = () => {
    watcher?.close();
    watcher = null;
  };
  const watchFolder = () => {
    try {
      watcher = watch(dirname(path), { persistent: false }, (_event, changed) => {
        if (changed === null || changed === name) onEvent();
      });
      watcher.on('error', close);
    } catch {
      // The folder is not there (yet); polling finds it.
    }
  };
  const polled = () => {
    // The folder may be another one by now.
    close();
    watchFolder();
    onEvent();
  };
  watchFolder();
  watchFile(path, { interval: POLL_INTERVAL, persistent: false }, polled);
  return () => {
    close();
    unwatchFile(path, polled);
  };
}
