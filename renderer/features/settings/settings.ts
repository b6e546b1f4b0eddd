import { useStore } from 'zustand';
import { backend, failureOfCall } from '../../backend.ts';
import { createSettings, type SettingsState } from './store.ts';

/** The settings of the person at this window. */
export const settings = createSettings(backend.settings, failureOfCall);

/** Settings as they are now; the component renders again when they change. */
export function useSettings(): SettingsState {
  return useStore(settings.store);
}
