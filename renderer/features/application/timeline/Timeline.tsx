import { ActionIcon } from '@mantine/core';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Lane, Segment, Timeline as TimelineData } from '../../../../shared/timeline/timeline.ts';
import { useNow } from '../../../ui/clock.ts';
import { type Action, useActions } from '../../palette/index.ts';
import { lightingOf } from '../highlight.ts';
import type { ApplicationStore } from '../store.ts';
import { useSelected } from '../use-application.ts';
import { useWidth } from '../use-width.ts';
import { Axis } from './Axis.tsx';
import { LaneRow, lasts } from './Lane.tsx';
import { MarksRow } from './MarksRow.tsx';
import { moveFocus } from './move-focus.ts';
import { type Anchor, MarkDetails, Popover, SegmentDetails } from './Popover.tsx';
import { type Cluster, endOf } from './place.ts';
import styles from './Timeline.module.css';
import { useGestures, useZoom } from './use-zoom.ts';
import { extentOf, fitWindow, latestOf, pixelOf } from './window.ts';

/** Width of the lanes' names; the same number stands in the style sheet. */
const NAMES = 132;

type Pointed = { anchor: Anchor } & ({ kind: 'segment'; lane: string; index: number } | { kind: 'marks'; cluster: Cluster });

interface TimelineProps {
  timeline: TimelineData;
  /** Since when nothing new is known, epoch milliseconds; null while the data is live. Nothing is drawn beyond it. */
  staleSince: number | null;
  store: ApplicationStore;
}

/** The live timeline: one lane for the application, one for the driver, one for each executor, one for events. */
export function Timeline({ timeline, staleSince, store }: TimelineProps) {
  const clock = useNow();
  // The clock ticks once a second and may be behind the cluster's: the present is never before what is already known.
  const latest = useMemo(() => latestOf(timeline), [timeline]);
  const now = staleSince ?? Math.max(clock, latest);
  const extent = useMemo(() => extentOf(timeline, now), [timeline, now]);
  if (extent === null) return <p className={styles.nothing}>Nothing has happened yet. The first state appears here by itself.</p>;
  return <Lanes timeline={timeline} extent={extent} now={now} stale={staleSince !== null} store={store} />;
}

interface LanesProps {
  timeline: TimelineData;
  extent: { from: number; to: number; open: boolean };
  now: number;
  stale: boolean;
  store: ApplicationStore;
}

function Lanes({ timeline, extent, now, stale, store }: LanesProps) {
  const area = useRef<HTMLDivElement>(null);
  const [measure, width] = useWidth();
  const whole = fitWindow(extent);
  const zooming = useZoom(whole);
  const { window } = zooming;
  useGestures(area, zooming, NAMES, width);
  useZoomActions(zooming);
  const [pointed, setPointed] = useState<Pointed | null>(null);

  const lit = useSelected(store, (state) => state.lit);
  const application = timeline.lanes.find((lane) => lane.kind === 'application');
  const lighting = useMemo(() => lightingOf(lit, application?.segments ?? []), [lit, application]);

  const pointSegment = useCallback(
    (lane: Lane, index: number, element: HTMLElement) => {
      setPointed({ kind: 'segment', lane: lane.id, index, anchor: anchorOf(element) });
      store.light(lane.kind === 'application' ? { kind: 'segment', index } : null);
    },
    [store],
  );
  const pointMarks = useCallback(
    (cluster: Cluster, element: HTMLElement) => setPointed({ kind: 'marks', cluster, anchor: anchorOf(element) }),
    [],
  );
  const latest = useRef({ zooming, now });
  useEffect(() => {
    latest.current = { zooming, now };
  });
  const zoomTo = useCallback((segment: Segment) => {
    const { zooming, now } = latest.current;
    const end = endOf(segment, now);
    const margin = Math.max((end - segment.from) * 0.05, 500);
    zooming.to({ from: segment.from - margin, to: end + margin });
  }, []);
  const leave = () => {
    setPointed(null);
    store.light(null);
  };

  const edge = extent.open && now <= window.to && now >= window.from ? pixelOf(now, window, width) : null;
  const fixed = timeline.lanes.filter((lane) => lane.kind !== 'executor');
  const executors = timeline.lanes.filter((lane) => lane.kind === 'executor');
  const row = (lane: Lane) => (
    <LaneRow
      key={lane.id}
      lane={lane}
      window={window}
      width={width}
      now={lasts(lane.segments) ? now : 0}
      lit={lane === application ? lighting.segments : null}
      onPoint={pointSegment}
      onZoom={zoomTo}
    />
  );
  return (
    <section
      ref={area}
      className={styles.timeline}
      aria-label="Timeline"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys walk its lanes from here.
      tabIndex={0}
      onPointerLeave={leave}
      onScrollCapture={leave}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && leave()}
      onKeyDown={(event) => walk(event, leave)}
    >
      <div className={styles.bar}>
        <div className={styles.buttons}>
          <ZoomButton sign="−" label="Zoom out (−)" disabled={zooming.fitted} onClick={zooming.out} />
          <ZoomButton sign="+" label="Zoom in (+)" onClick={zooming.in} />
          <ZoomButton sign="⤢" label="Fit all (0)" disabled={zooming.fitted} onClick={zooming.fit} />
        </div>
        <Axis ref={measure} window={window} width={width} edge={edge} edgeWord={stale ? 'stale' : 'now'} />
      </div>
      <ul className={styles.lanes}>
        {fixed.map(row)}
        {executors.length > 0 && (
          <li>
            <ul className={styles.executors}>{executors.map(row)}</ul>
          </li>
        )}
        <MarksRow marks={timeline.marks} window={window} width={width} onPoint={pointMarks} />
        {edge !== null && <li className={styles.now} aria-hidden="true" style={{ left: NAMES + edge }} />}
      </ul>
      {pointed && <Details pointed={pointed} lanes={timeline.lanes} now={now} />}
    </section>
  );
}

function Details({ pointed, lanes, now }: { pointed: Pointed; lanes: readonly Lane[]; now: number }) {
  if (pointed.kind === 'marks') {
    return (
      <Popover anchor={pointed.anchor}>
        <MarkDetails marks={pointed.cluster.marks} />
      </Popover>
    );
  }
  const lane = lanes.find((one) => one.id === pointed.lane);
  const segment = lane?.segments[pointed.index];
  if (!lane || !segment) return null;
  return (
    <Popover anchor={pointed.anchor}>
      <SegmentDetails lane={lane.label} segment={segment} now={now} />
    </Popover>
  );
}

interface ZoomButtonProps {
  sign: string;
  label: string;
  disabled?: boolean;
  onClick(): void;
}

function ZoomButton({ sign, label, disabled = false, onClick }: ZoomButtonProps) {
  return (
    <ActionIcon variant="subtle" size={22} title={label} aria-label={label} disabled={disabled} onClick={onClick}>
      {sign}
    </ActionIcon>
  );
}

function useZoomActions({ in: zoomIn, out, fit, fitted }: ReturnType<typeof useZoom>): void {
  const latest = useRef({ zoomIn, out, fit });
  useEffect(() => {
    latest.current = { zoomIn, out, fit };
  });
  const actions = useMemo<Action[]>(
    () => [
      { id: 'timeline.in', title: 'Zoom in on the timeline', group: 'View', keys: '+ =', run: () => latest.current.zoomIn() },
      {
        id: 'timeline.out',
        title: 'Zoom out of the timeline',
        group: 'View',
        keys: '-',
        enabled: !fitted,
        run: () => latest.current.out(),
      },
      {
        id: 'timeline.fit',
        title: 'Show the whole timeline',
        group: 'View',
        keys: '0',
        enabled: !fitted,
        run: () => latest.current.fit(),
      },
    ],
    [fitted],
  );
  useActions('application.timeline', actions);
}

function walk(event: KeyboardEvent<HTMLElement>, leave: () => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && event.target !== event.currentTarget) {
    leave();
    event.currentTarget.focus();
  } else if (!moveFocus(event.currentTarget, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
}

function anchorOf(element: HTMLElement): Anchor {
  const { left, top, bottom } = element.getBoundingClientRect();
  return { left: Math.max(left, 0), top, bottom };
}
