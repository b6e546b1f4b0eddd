// biome-ignore lint/suspicious/noControlCharactersInRegex: taking control characters out is the purpose.
const CONTROL = /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[\u0000-\u0008\u000b-\u001f\u007f]/g;
const JWT = /\beyJ[\w-]{10,}(?:\.[\w-]+)*/g;
const NAMED_SECRET = /\b((?:[\w-]*(?:token|secret|password|passwd|api[_-]?key))["']?\s*[:=]\s*|bearer\s+)["']?[^\s"',}]+/gi;
const LONGEST = 300;

/** The last line of a plugin's standard error that says something: no control characters, no secrets, at most 300 characters. */
export function lastLineOf(stderr: string): string {
  const lines = stderr.split(/\r?\n/).map((line) => line.replace(CONTROL, '').trim());
  const line = lines.findLast((text) => text !== '') ?? '';
  return line.replace(JWT, '[hidden]').replace(NAMED_SECRET, '$1[hidden]').slice(0, LONGEST);
}
