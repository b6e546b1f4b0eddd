/** A key press, as far as a chord cares: the fields of a KeyboardEvent. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

interface Chord {
  mod: boolean;
  alt: boolean;
  shift: boolean;
  key: string;
}

function parse(chord: string): Chord {
  // A lone "+" or a chord that ends in one means the plus key itself.
  const parts = chord.endsWith('+') ? [...chord.slice(0, -1).split('+').filter(Boolean), '+'] : chord.split('+');
  const key = parts.at(-1) ?? '';
  const has = (name: string) => parts.slice(0, -1).includes(name);
  return { mod: has('Mod'), alt: has('Alt'), shift: has('Shift'), key };
}

/** True when the press is one of the chords (separated by spaces). `Mod` is Cmd on a Mac and Ctrl elsewhere. */
export function matchesChord(press: KeyPress, chords: string, mac: boolean): boolean {
  return chords.split(' ').some((text) => {
    const chord = parse(text);
    const [mod, other] = mac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
    if (mod !== chord.mod || other || press.altKey !== chord.alt) return false;
    if (press.key.toLowerCase() !== chord.key.toLowerCase()) return false;
    // Shift is part of how `?` or `{` is typed; it counts for letters and named keys only.
    const shiftCounts = chord.key.length > 1 || /\p{L}/u.test(chord.key);
    return !shiftCounts || press.shiftKey === chord.shift;
  });
}

/** True when the chord holds Ctrl/Cmd or Alt, so that it may act while a person types. */
export function isModified(press: KeyPress): boolean {
  return press.ctrlKey || press.metaKey || press.altKey;
}

const NAMES: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  ' ': 'Space',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** The keys of one chord as they stand on the keyboard: `['Ctrl', 'K']`, `['⌘', 'K']`. */
export function chordCaps(chord: string, mac: boolean): string[] {
  const { mod, alt, shift, key } = parse(chord);
  const cap = NAMES[key] ?? (mod || alt || shift ? key.toUpperCase().replace(/^([A-Z])([A-Z]+)$/, key) : key);
  return [
    ...(mod ? [mac ? '⌘' : 'Ctrl'] : []),
    ...(alt ? [mac ? '⌥' : 'Alt'] : []),
    ...(shift ? [mac ? '⇧' : 'Shift'] : []),
    cap,
  ];
}
