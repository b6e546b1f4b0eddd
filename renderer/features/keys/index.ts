/** Keys: what runs actions, and the page that lists them. */
export { actionOfPress } from './dispatch.ts';
export { KeysHelp } from './KeysHelp.tsx';
export { listenForKeys } from './listen.ts';
