/** The library that interprets shell scripts. */
export type Library = typeof import('just-bash');

let loading: Promise<Library> | null = null;

/** Loads the library when the first shell starts: it costs about 0.1 s and 18 MiB. */
export function loadLibrary(): Promise<Library> {
  loading ??= import('just-bash');
  return loading;
}
