/** Shells in drivers and executors, as tabs of the dock. */
export { ShellMenu } from './ShellMenu.tsx';
export { openDriverShell } from './terminals.ts';
export { useTerminalTabs } from './useTerminalTabs.tsx';
