import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { patternOf } from '../../../shared/logs/view.ts';
import styles from './Logs.module.css';

/** Words to look for; see the contract. */
export type Sought = { words: string; expression: boolean } | null;

interface WordsProps {
  label: string;
  field: RefObject<HTMLInputElement | null>;
  value: Sought;
  onChange(value: Sought): void;
  /** Enter or F3; `backwards` with Shift. */
  onEnter?(backwards: boolean): void;
  /** The person is done typing: focus goes to the lines. */
  onDone(): void;
}

/** Typing is waited for, milliseconds: a million lines are looked at for each change. */
const REST = 150;

/** A field for words or, with its button, for a regular expression. */
export function Words({ label, field, value, onChange, onEnter, onDone }: WordsProps) {
  const [words, setWords] = useState(value?.words ?? '');
  const [expression, setExpression] = useState(value?.expression ?? false);
  const broken = expression && patternOf(words, true) === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed is told, not who is told.
  useEffect(() => {
    const next = words === '' || broken ? null : { words, expression };
    if (next?.words === value?.words && next?.expression === value?.expression) return;
    const timer = setTimeout(() => onChange(next), REST);
    return () => clearTimeout(timer);
  }, [words, expression, broken]);

  const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') {
      setWords('');
      onDone();
    } else if (onEnter && (event.key === 'Enter' || event.key === 'F3')) onEnter(event.shiftKey);
    else if (event.key === 'Enter') onDone();
    else if (event.key === 'ArrowDown') onDone();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <TextInput
      ref={field}
      size="xs"
      className={styles.words}
      placeholder={label}
      aria-label={label}
      aria-invalid={broken}
      title={broken ? 'This is no regular expression yet' : undefined}
      error={broken}
      value={words}
      spellCheck={false}
      onChange={(event) => setWords(event.currentTarget.value)}
      onKeyDown={pressed}
      rightSection={
        <button
          type="button"
          className={styles.expression}
          aria-pressed={expression}
          aria-label={`${label}: regular expression`}
          title="Regular expression"
          onClick={() => setExpression(!expression)}
        >
          .*
        </button>
      }
    />
  );
}
