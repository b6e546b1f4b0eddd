import type { DriverSettings } from '../driver-settings.ts';
import type { ApplicationStatus } from '../status.ts';

/** What the web UI of a driver shows, read anew for each request. */
export interface UiPlace {
  settings: DriverSettings;
  status: ApplicationStatus;
  /** Epoch milliseconds. */
  startedAt: number;
  now(): number;
  /** False while the pages are not attached yet: every path gets the same sentence. */
  attached(): boolean;
}
