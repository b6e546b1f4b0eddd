import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import styles from './PickList.module.css';

interface PickListProps<Item> {
  /** What the filter field is called. */
  label: string;
  filter: string;
  onFilter(filter: string): void;
  items: readonly Item[];
  keyOf(item: Item): string;
  chosen: string | undefined;
  isDisabled?(item: Item): boolean;
  onPick(item: Item): void;
  draw(item: Item): ReactNode;
  /** Said when no item is left. */
  none: ReactNode;
}

/** A filter field over a list to pick one from, by arrows and Enter or by pointer. */
export function PickList<Item>(props: PickListProps<Item>) {
  const { label, filter, onFilter, items, keyOf, chosen, isDisabled = () => false, onPick, draw, none } = props;
  const id = useId();
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      items.findIndex((item) => keyOf(item) === chosen),
    ),
  );
  const active = items[Math.min(at, items.length - 1)];
  const activeKey = active === undefined ? undefined : keyOf(active);
  const list = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the active line is found by its mark, which changes with its key.
  useEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [activeKey]);

  function pressed(event: KeyboardEvent): void {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0 && items.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, items.length - 1) + by + items.length) % items.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (active !== undefined && !isDisabled(active)) onPick(active);
    }
  }

  return (
    <div>
      <input
        className={styles.filter}
        placeholder={label}
        aria-label={label}
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={activeKey === undefined ? undefined : `${id}-${activeKey}`}
        value={filter}
        data-autofocus
        spellCheck={false}
        onChange={(event) => {
          onFilter(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={pressed}
      />
      <div ref={list} id={id} role="listbox" aria-label={label} className={styles.list}>
        {items.map((item) => {
          const key = keyOf(item);
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, which names the active option.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field's Enter does the same.
            <div
              key={key}
              id={`${id}-${key}`}
              role="option"
              aria-selected={key === chosen}
              aria-disabled={isDisabled(item)}
              data-active={item === active}
              className={styles.item}
              onClick={() => !isDisabled(item) && onPick(item)}
            >
              {draw(item)}
            </div>
          );
        })}
        {items.length === 0 && <p className={styles.none}>{none}</p>}
      </div>
    </div>
  );
}
