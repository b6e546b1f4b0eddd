/** Which shell of Spark is spoken. */
export type Tongue = 'scala' | 'python' | 'sql';

/** What the stand-in knows about its Spark. */
export interface Knowledge {
  version: string;
  application: string;
  /** How many answers were given: Scala numbers its results. */
  round: number;
}

const honest =
  'This is a stand-in of the demo cluster: it counts ranges, adds numbers, and knows spark.version and sc.applicationId.\n';

/** What is shown before the first prompt. */
export function greeting(tongue: Tongue, version: string, application: string): string {
  const leave = { scala: ':quit', python: 'exit()', sql: 'exit;' }[tongue];
  return (
    'Stand-in of the demo cluster: no Spark runs here, a handful of expressions is answered.\n' +
    `Spark context available as 'sc' (master = k8s://https://kubernetes.default.svc, app id = ${application}).\n` +
    `Spark session available as 'spark'.\nSpark version ${version}. Leave with ${leave}\n\n`
  );
}

/** The answer to one line, or null when it says goodbye. */
export function evaluate(tongue: Tongue, line: string, knowledge: Knowledge): string | null {
  if (/^(:q(uit)?|exit(\(\))?;?|quit(\(\))?;?|sys\.exit(\(\d*\))?)$/.test(line)) return null;
  if (line === '' || line.startsWith('//') || line.startsWith('#') || line.startsWith('--')) return '';
  const value = worth(tongue === 'sql' ? line.replace(/^select\s+/i, '').replace(/;$/, '') : line, knowledge);
  if (value === null) return honest;
  if (tongue === 'scala') {
    const type =
      typeof value === 'string' ? 'String' : typeof value === 'bigint' ? 'Long' : Number.isInteger(value) ? 'Int' : 'Double';
    return `res${knowledge.round}: ${type} = ${value}\n`;
  }
  return tongue === 'python' && typeof value === 'string' ? `'${value}'\n` : `${value}\n`;
}

function worth(text: string, { version, application }: Knowledge): string | number | bigint | null {
  if (/^(spark|sc)\.version$/.test(text) || /^version\(\)$/i.test(text)) return version;
  if (text === 'sc.applicationId') return application;
  const range = /^spark\.range\((\d{1,15})(?:,\s*(\d{1,15}))?\)\.count(\(\))?$/.exec(text);
  if (range !== null) {
    const [, first = '0', second] = range;
    const count = second === undefined ? BigInt(first) : BigInt(second) - BigInt(first);
    return count > 0n ? count : 0n;
  }
  const printed = /^print(?:ln)?\((.*)\)$/.exec(text);
  return arithmetic(printed?.[1] ?? text);
}

/** Sums and products of numbers, with brackets; null for anything else. */
function arithmetic(text: string): number | null {
  const words = text.match(/\d+(\.\d+)?|[-+*/()%]/g) ?? [];
  if (words.length === 0 || words.length > 200 || words.join('') !== text.replace(/\s/g, '')) return null;
  let at = 0;
  const factor = (): number => {
    const token = words[at];
    at += 1;
    if (token === '-') return -factor();
    if (token !== '(') return Number(token);
    const inner = sum();
    at += 1;
    return inner;
  };
  const product = (): number => {
    let value = factor();
    while (/^[*/%]$/.test(words[at] ?? '')) {
      const operator = words[at];
      at += 1;
      const other = factor();
      value = operator === '*' ? value * other : operator === '/' ? value / other : value % other;
    }
    return value;
  };
  const sum = (): number => {
    let value = product();
    while (/^[-+]$/.test(words[at] ?? '')) {
      const sign = words[at] === '-' ? -1 : 1;
      at += 1;
      value += sign * product();
    }
    return value;
  };
  const value = sum();
  return at === words.length && Number.isFinite(value) ? value : null;
}
