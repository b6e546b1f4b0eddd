import { listAt } from '../../json.ts';
import { conf, type Entry, entriesAt, filledAt, option, pathOf, type Row, scalarAt } from './argument.ts';

/** A text, number or flag that becomes `texts`, an empty one too. */
export function given(path: string, texts: (text: string) => string[]): Row {
  return ({ application }) => {
    const text = scalarAt(application, pathOf(path));
    return text === null ? [] : [{ texts: texts(text), origin: pathOf(path) }];
  };
}

/** A text, number or flag that becomes `--conf key=value`, an empty one too. */
export function value(path: string, key: string): Row {
  return given(path, (text) => ['--conf', `${key}=${text}`]);
}

/** The first of several fields that is not empty becomes `--conf key=value`. */
export function filled(paths: readonly string[], key: string): Row {
  return ({ application }) => {
    const path = paths.map(pathOf).find((candidate) => filledAt(application, candidate) !== null);
    return path === undefined ? [] : [conf(key, filledAt(application, path) ?? '', path)];
  };
}

/** A field that is not empty becomes `--option value`. */
export function filledOption(path: string, name: string): Row {
  return ({ application }) => {
    const text = filledAt(application, pathOf(path));
    return text === null ? [] : [option(name, text, pathOf(path))];
  };
}

/** A list that becomes one text, comma-joined; `[""]` is no empty list. */
function joined(application: unknown, path: string): string | null {
  const items = listAt(application, ...pathOf(path));
  return items.length === 0 ? null : items.map((_, index) => scalarAt(items, [index]) ?? '').join(',');
}

/** A list that becomes `--option a,b`. */
export function joinedOption(path: string, name: string): Row {
  return ({ application }) => {
    const text = joined(application, path);
    return text === null ? [] : [option(name, text, pathOf(path))];
  };
}

/** A list that becomes `--conf key=a,b`. */
export function joinedValue(path: string, key: string): Row {
  return ({ application }) => {
    const text = joined(application, path);
    return text === null ? [] : [conf(key, text, pathOf(path))];
  };
}

/** A map whose entries become `--conf <prefix><name>=value`, but for those `kept` turns away. */
export function entries(path: string, prefix: string, kept: (entry: Entry) => boolean = () => true): Row {
  return ({ application }) =>
    entriesAt(application, pathOf(path))
      .filter(kept)
      .map(({ name, text, origin }) => conf(`${prefix}${name}`, text, origin));
}
