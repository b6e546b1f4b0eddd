import { isMac } from '../../ui/platform.ts';
import { enabledActions } from '../palette/index.ts';
import { actionOfPress, type Surroundings } from './dispatch.ts';

const TYPING = 'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"], .monaco-editor';
const PRESSABLE = 'button, a[href], summary, [role="button"], [role="tab"], [role="menuitem"], [role="option"], [role="link"]';
const MODAL = '[aria-modal="true"], [role="menu"], [role="listbox"]';

function surroundings(target: EventTarget | null): Surroundings {
  const element = target instanceof Element ? target : null;
  const within = (selector: string) => element?.closest(selector) != null;
  const dialog = document.querySelector('[aria-modal="true"]') !== null;
  return { typing: within(TYPING), pressable: within(PRESSABLE), modal: dialog || within(MODAL) };
}

/** Runs actions by their keys until the returned function is called. What a component handled itself is left alone. */
export function listenForKeys(target: Window): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const action = actionOfPress(event, surroundings(event.target), enabledActions(), isMac);
    if (!action) return;
    event.preventDefault();
    action.run();
  };
  target.addEventListener('keydown', pressed);
  return () => target.removeEventListener('keydown', pressed);
}
