import { badRequest } from './status.ts';

export type LabelOperator = '=' | '!=' | 'in' | 'notin' | 'exists' | 'absent' | '>' | '<';

/** One requirement of a label selector. */
export interface LabelRequirement {
  key: string;
  operator: LabelOperator;
  values: string[];
}

const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const nameRule =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  " +
  "or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const valueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
  "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const MAX_VALUE = 63;

const comparisons: Record<string, LabelOperator> = { '=': '=', '==': '=', '!=': '!=', '>': '>', '<': '<' };
const unreadable = (why: string) => badRequest(`unable to parse requirement: ${why}`);

/** Reads all forms of a label selector: equality, sets, existence, numbers. Throws 400 in the words of apimachinery's parser. */
export function parseLabelSelector(text: string): LabelRequirement[] {
  const tokens = text.match(/==|!=|[=!(),<>]|[^\s=!(),<>]+/g) ?? [];
  let next = 0;
  const peek = (): string => tokens[next] ?? '';
  const take = (): string => tokens[next++] ?? '';
  const isWord = (token: string): boolean => token !== '' && !/^[=!(),<>]/.test(token);

  const members = (): string[] => {
    if (peek() !== '(') throw unreadable(`found '${peek()}' expected: '('`);
    take();
    const values: string[] = [];
    for (let value = ''; ; ) {
      const token = take();
      if (isWord(token) && value === '') value = token;
      else if (token === ',' || token === ')') {
        values.push(value);
        value = '';
        if (token === ')') return values;
      } else throw unreadable(`found '${token}', expected: ',' or ')'`);
    }
  };
  const requirement = (): LabelRequirement => {
    const absent = peek() === '!';
    if (absent) take();
    const key = take();
    if (!isWord(key)) throw unreadable(`found '${key}', expected: identifier`);
    checkKey(key);
    if (absent || peek() === '' || peek() === ',') return { key, operator: absent ? 'absent' : 'exists', values: [] };
    const word = take();
    if (word === 'in' || word === 'notin') return { key, operator: word, values: members() };
    const operator = comparisons[word];
    if (operator === undefined) throw unreadable(`found '${word}', expected: in, notin, =, ==, !=, gt, lt`);
    if (/^[=!(<>]/.test(peek())) throw unreadable(`found '${peek()}', expected: identifier`);
    return { key, operator, values: [isWord(peek()) ? take() : ''] };
  };

  const requirements: LabelRequirement[] = [];
  while (peek() !== '') {
    if (!isWord(peek()) && peek() !== '!') throw badRequest(`found '${peek()}', expected: !, identifier, or 'end of string'`);
    const found = requirement();
    checkValues(found);
    requirements.push(found);
    if (peek() !== ',' && peek() !== '') throw badRequest(`found '${peek()}', expected: ',' or 'end of string'`);
    if (take() === ',' && peek() === '') throw badRequest("found '', expected: identifier after ','");
  }
  return requirements;
}

function checkKey(key: string): void {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length > 2) {
    const rule = `a qualified name ${nameRule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
    throw unreadable(`<nil>: Invalid value: "${key}": ${rule}`);
  }
  if (!NAME.test(name)) throw unreadable(`<nil>: Invalid value: "${key}": name part ${nameRule}`);
}

function checkValues({ key, operator, values }: LabelRequirement): void {
  for (const [index, value] of values.entries()) {
    if (operator === '>' || operator === '<') {
      if (/^-?\d+$/.test(value)) continue;
      throw unreadable(`values[${index}]: Invalid value: "${value}": for 'Gt', 'Lt' operators, the value must be an integer`);
    }
    const wrong = value.length > MAX_VALUE ? `must be no more than ${MAX_VALUE} characters` : valueRule;
    if (value.length > MAX_VALUE || (value !== '' && !NAME.test(value))) {
      throw unreadable(`values[${index}][${key}]: Invalid value: "${value}": ${wrong}`);
    }
  }
}
