import { Lexer } from 'yaml';

/** Columns of indentation and open brackets together; schemas of Kubernetes, the deepest of its objects, stay below half of it. */
const DEEPEST = 200;

/** What the lexer writes at the start of a document. */
const DOCUMENT = '\u0002';

/**
 * Whether `text` is nested deeper than anything real. The parser calls itself for each level, and at the end of the stack V8 does not
 * always throw: a regular expression that is compiled just there ends the whole process (Node 20). So it must not come that far.
 */
export function isNestedTooDeeply(text: string): boolean {
  let open = 0;
  let indent = 0;
  let atStart = true;
  for (const token of new Lexer().lex(text)) {
    const first = token[0];
    if (first === '\n' || first === '\r') {
      indent = 0;
      atStart = true;
    } else if (token === '[' || token === '{') open += 1;
    else if (token === ']' || token === '}') open -= 1;
    else if (first !== ' ' && first !== DOCUMENT && token !== '-' && token !== '?' && token !== ':') atStart = false;
    else if (atStart) indent += token.length;
    if (open + indent > DEEPEST) return true;
  }
  return false;
}
