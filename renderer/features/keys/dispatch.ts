import { isModified, type KeyPress, matchesChord } from '../../ui/chord.ts';
import type { Action } from '../palette/index.ts';

/** Where a key was pressed, as far as it decides whose the key is. */
export interface Surroundings {
  /** A field, the editor: plain keys are text there. */
  typing: boolean;
  /** A button, a link, a menu entry: Enter and Space are its own. */
  pressable: boolean;
  /** A dialog or an open menu: all plain keys are its own. */
  modal: boolean;
}

/**
 * The action a key press means, or null. Where two actions have the same keys the later registered wins: the page's before the
 * window's.
 */
export function actionOfPress(press: KeyPress, around: Surroundings, actions: readonly Action[], mac: boolean): Action | null {
  if (around.modal) return null;
  if (!isModified(press)) {
    if (around.typing) return null;
    if (around.pressable && (press.key === 'Enter' || press.key === ' ')) return null;
  }
  return actions.findLast(({ keys }) => keys !== undefined && matchesChord(press, keys, mac)) ?? null;
}
