/** The merged log of an application. */
export { LogsTab } from './LogsTab.tsx';
