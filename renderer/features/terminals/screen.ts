import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import type { TerminalSize } from '../../../shared/contract/terminals.ts';
import { isMac } from '../../ui/platform.ts';
import { actionOfPress } from '../keys/index.ts';
import { enabledActions } from '../palette/index.ts';
import { followColours } from './colours.ts';
import type { Screen } from './session.ts';

const FACE = '"JetBrains Mono Variable", ui-monospace, monospace';

/** A terminal on the page. */
export interface TerminalScreen extends Screen {
  /** Shown or hidden: a hidden one keeps what it holds and gives back what drawing took. */
  show(shown: boolean): void;
  focus(): void;
  /** Marks the next place of `text`, or the one before; false when there is none. */
  find(text: string, backwards: boolean): boolean;
  close(): void;
}

export interface ScreenHandlers {
  onType(bytes: Uint8Array): void;
  onSize(size: TerminalSize): void;
  /** The person wants to search. */
  onFind(): void;
}

/** Opens a terminal in `element`. The face must be loaded: letters are measured once. */
export function openScreen(element: HTMLElement, { onType, onSize, onFind }: ScreenHandlers): TerminalScreen {
  const terminal = new Terminal({
    allowProposedApi: true,
    fontFamily: FACE,
    fontSize: 13,
    lineHeight: 1.15,
    scrollback: 10_000,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    macOptionIsMeta: true,
    minimumContrastRatio: 4.5,
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  refuseHostile(terminal);
  terminal.open(element);
  const stopColours = followColours((theme) => {
    terminal.options.theme = theme;
  });
  const encoder = new TextEncoder();
  terminal.onData((text) => onType(encoder.encode(text)));
  terminal.onBinary((text) => onType(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
  terminal.onResize(({ cols, rows }) => onSize({ columns: cols, rows }));
  terminal.attachCustomKeyEventHandler((event) => keyIsOfTheProgram(event, terminal, onFind));

  let webgl: WebglAddon | null = null;
  const refit = () => {
    if (element.offsetParent !== null) fit.fit();
  };
  const observer = new ResizeObserver(() => requestAnimationFrame(refit));
  observer.observe(element);
  return {
    write: (bytes, drawn) => terminal.write(bytes, drawn),
    show(shown) {
      if (!shown) {
        webgl?.dispose();
        webgl = null;
        return;
      }
      refit();
      webgl ??= accelerate(terminal, () => {
        webgl = null;
      });
      onSize({ columns: terminal.cols, rows: terminal.rows });
    },
    focus: () => terminal.focus(),
    find: (text, backwards) => (backwards ? search.findPrevious(text) : search.findNext(text)),
    close() {
      observer.disconnect();
      stopColours();
      terminal.dispose();
    },
  };
}

/** Loads the face, so that letters are measured as they will be drawn. */
export async function faceLoaded(): Promise<void> {
  await document.fonts.load(`13px ${FACE}`).catch(() => undefined);
}

/** Links (OSC 8) and the clipboard (OSC 52) are not for what runs in a container; nobody listens to titles. */
function refuseHostile(terminal: Terminal): void {
  for (const code of [8, 52]) terminal.parser.registerOscHandler(code, () => true);
}

/** Draws with the graphics card. What imitates one is slower than plain elements. */
function accelerate(terminal: Terminal, onLost: () => void): WebglAddon | null {
  if (!hasGraphicsCard()) return null;
  try {
    const addon = new WebglAddon();
    addon.onContextLoss(() => {
      addon.dispose();
      onLost();
    });
    terminal.loadAddon(addon);
    return addon;
  } catch {
    return null;
  }
}

function hasGraphicsCard(): boolean {
  const probe = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (probe === null) return false;
  const names = probe.getExtension('WEBGL_debug_renderer_info');
  const card = names === null ? '' : String(probe.getParameter(names.UNMASKED_RENDERER_WEBGL));
  probe.getExtension('WEBGL_lose_context')?.loseContext();
  return !/swiftshader|llvmpipe|softpipe|basic render/i.test(card);
}

/** Chords of the window with Ctrl or Cmd come before the program's; everything else is the program's. */
function keyIsOfTheProgram(event: KeyboardEvent, terminal: Terminal, onFind: () => void): boolean {
  if (event.type !== 'keydown') return true;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const key = event.key.toLowerCase();
  if (mod && !event.altKey && key === 'f') {
    event.preventDefault();
    onFind();
    return false;
  }
  if (!isMac && mod && event.shiftKey && (key === 'c' || key === 'v')) {
    // The browser pastes by itself; to copy it wants Ctrl+C, which is the program's.
    if (key === 'c' && terminal.hasSelection()) {
      event.preventDefault();
      document.execCommand('copy');
    }
    return false;
  }
  if (!event.ctrlKey && !event.metaKey) return true;
  // The window's listener runs it: the event goes on its way.
  return actionOfPress(event, { typing: true, pressable: false, modal: false }, enabledActions(), isMac) === null;
}
