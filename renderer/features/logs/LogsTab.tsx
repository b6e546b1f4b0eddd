import { Button, TextInput } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import { visible } from '../../../shared/visible.ts';
import { failureOfCall } from '../../backend.ts';
import { FailureView } from '../../ui/FailureView.tsx';
import { showNotice } from '../../ui/notices.ts';
import { type Action, useActions } from '../palette/index.ts';
import { LogList } from './LogList.tsx';
import styles from './Logs.module.css';
import { LogsToolbar } from './LogsToolbar.tsx';
import { timeNear } from './labels.ts';
import { download, useLogStore } from './use-log-store.ts';
import { nothingWords, statusWords } from './words.ts';

/** The log of an application: driver and executors in one order, as it is written. */
export function LogsTab({ reference }: { reference: ApplicationRef }) {
  const store = useLogStore(reference);
  const { counts, failure, filter, match } = useStore(store);
  const [wrap, setWrap] = useState(false);
  const [following, setFollowing] = useState(true);
  const [sizeLeft, setSizeLeft] = useState(0);
  const [timing, setTiming] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const filterField = useRef<HTMLInputElement>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const fields = useMemo(() => ({ filter: filterField, search: searchField }), []);

  const focusLines = () => scroller.current?.focus({ preventScroll: true });
  const onFollow = (next: boolean) => {
    if (next === following) return;
    if (!next) setSizeLeft((counts?.size ?? 0) + (counts?.dropped ?? 0));
    setFollowing(next);
  };
  const find = (backwards: boolean) => {
    onFollow(false);
    store.find(backwards).catch(() => undefined);
  };
  const goTo = async (text: string) => {
    const at = timeNear(text, counts?.newestAt ?? Date.now());
    if (at === null) return;
    setTiming(false);
    onFollow(false);
    store.choose(await store.placeOf(at));
    focusLines();
  };
  const save = () =>
    download(counts?.view ?? '', reference.name).catch((error: unknown) =>
      showNotice({ tone: 'failed', text: 'The log could not be saved.', failure: failureOfCall(error) }),
    );

  const latest = useRef({ find, onFollow });
  useEffect(() => {
    latest.current = { find, onFollow };
  });
  const actions = useMemo<Action[]>(() => {
    const group = 'Log';
    return [
      { id: 'logs.filter', title: 'Filter the lines', group, keys: '/', run: () => filterField.current?.focus() },
      { id: 'logs.search', title: 'Search in the log', group, keys: 'Mod+F', run: () => searchField.current?.focus() },
      { id: 'logs.next', title: 'Next match', group, keys: 'F3', run: () => latest.current.find(false) },
      { id: 'logs.previous', title: 'Match before', group, keys: 'Shift+F3', run: () => latest.current.find(true) },
      { id: 'logs.end', title: 'Follow the end of the log', group, keys: 'End', run: () => latest.current.onFollow(true) },
      { id: 'logs.wrap', title: 'Wrap long lines', group, keys: 'w', run: () => setWrap((on) => !on) },
      {
        id: 'logs.fold',
        title: 'Fold stack traces',
        group,
        keys: 'z',
        run: () => store.filterBy({ folded: !store.getState().filter.folded }),
      },
      { id: 'logs.time', title: 'Go to a time in the log', group, keys: 't', run: () => setTiming(true) },
    ];
  }, [store]);
  useActions('logs', actions);

  if (failure) return <FailureView failure={failure} actions={<Button onClick={() => store.open()}>Try again</Button>} />;
  if (counts === null) return <p className={styles.nothing}>Waiting for the log of {visible(reference.name)}.</p>;
  const news = counts.size + counts.dropped - sizeLeft;
  return (
    <section aria-label="Logs" className={styles.tab}>
      <LogsToolbar
        counts={counts}
        filter={filter}
        match={match}
        wrap={wrap}
        fields={fields}
        onFilter={store.filterBy}
        onFind={find}
        onWrap={() => setWrap(!wrap)}
        onTime={() => setTiming(!timing)}
        onDownload={() => void save()}
        onDone={focusLines}
      />
      {timing && (
        <TextInput
          autoFocus
          size="xs"
          className={styles.when}
          aria-label="Time to go to"
          placeholder="12:03 or 12:03:41, Enter"
          onBlur={() => setTiming(false)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void goTo(event.currentTarget.value);
            if (event.key === 'Escape') setTiming(false);
          }}
        />
      )}
      <div className={styles.frame}>
        {counts.size === 0 && <p className={styles.nothing}>{nothingWords(counts)}</p>}
        <LogList store={store} scroller={scroller} name={reference.name} wrap={wrap} following={following} onFollow={onFollow} />
        {!following && (
          <Button className={styles.pill} onClick={() => onFollow(true)} title="Follow the end (End)">
            {news > 0 ? `${news.toLocaleString('en')} new ${news === 1 ? 'line' : 'lines'}` : 'Follow the end'}
          </Button>
        )}
      </div>
      <p className={styles.status} role="status">
        {statusWords(counts)}
      </p>
    </section>
  );
}
