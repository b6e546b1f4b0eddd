import type { SparkConf } from './conf.ts';

const escapes: Record<string, string> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\f': '\\f' };
const meant: Record<string, string> = { t: '\t', n: '\n', r: '\r', f: '\f' };

const escaped = (text: string, key: boolean): string =>
  text.replace(/[\\\t\n\r\f=:#!]/g, (sign) => escapes[sign] ?? `\\${sign}`).replace(key ? / /g : /^ /, '\\ ');

/** The text of a ConfigMap that Spark builds: a Java properties file with a comment of two lines. `now`: epoch milliseconds. */
export function propertiesText(configMap: string, conf: SparkConf, now: number): string {
  const [, day, month, date, year, time] = /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(now).toUTCString()) ?? [];
  const lines = [...conf].map(([key, value]) => `${escaped(key, true)}=${escaped(value, false)}`);
  const head = `#Java properties built from Kubernetes config map with name: ${configMap}`;
  return `${[head, `#${day} ${date} ${month} ${time} UTC ${year}`, ...lines].join('\n')}\n`;
}

/** Reads a Java properties file: comments, `=`, `:` or blank between key and value, escapes, lines that go on. */
export function readProperties(text: string): Map<string, string> {
  const conf = new Map<string, string>();
  for (const line of text.replace(/\\\r?\n\s*/g, '').split(/\r?\n/)) {
    if (/^\s*([#!].*)?$/.test(line)) continue;
    const [, key = '', value = ''] = /^\s*((?:\\.|[^\\=:\s])*)(?:\s*[=:]\s*|\s+)?([\s\S]*)$/.exec(line) ?? [];
    conf.set(unescaped(key), unescaped(value));
  }
  return conf;
}

const unescaped = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code: string | undefined, sign: string | undefined) =>
    code === undefined ? (meant[sign ?? ''] ?? sign ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
