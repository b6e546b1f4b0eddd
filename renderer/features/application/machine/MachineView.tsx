import { useContext, useId, useMemo } from 'react';
import type { Machine } from '../../../../shared/spark/machine.ts';
import { machineLayouts } from '../../../../shared/spark/machine-layout.ts';
import type { Operator, Phase } from '../../../../shared/spark/state.ts';
import type { Segment } from '../../../../shared/timeline/timeline.ts';
import { visible } from '../../../../shared/visible.ts';
import { useNow } from '../../../ui/clock.ts';
import { lookOf } from '../../../ui/phase.ts';
import { StoppedAt } from '../../../ui/Time.tsx';
import { formatDuration } from '../../../ui/time.ts';
import { edgeKey, type Lit, lightingOf } from '../highlight.ts';
import type { ApplicationStore } from '../store.ts';
import { isFinal } from '../timeline/window.ts';
import { useSelected } from '../use-application.ts';
import { useWidth } from '../use-width.ts';
import { type Drawing, drawMachine } from './draw.ts';
import styles from './MachineView.module.css';
import { pathOf } from './route.ts';

interface MachineViewProps {
  machine: Machine;
  operator: Operator;
  /** Of the application's lane: what is lit there is lit here. */
  segments: readonly Segment[];
  /** False once the object is deleted: the present state is then the last one known. */
  exists: boolean;
  store: ApplicationStore;
}

/** The operator's state machine, with the way this application took through it. */
export function MachineView({ machine, operator, segments, exists, store }: MachineViewProps) {
  const [measure, width] = useWidth();
  const drawing = useMemo(
    () => (width > 0 ? drawMachine(machine, machineLayouts[operator], Math.min(width, 1_240)) : null),
    [machine, operator, width],
  );
  return (
    <section ref={measure} className={styles.machine} aria-label="State machine">
      {drawing && <Figure drawing={drawing} machine={machine} segments={segments} exists={exists} store={store} />}
    </section>
  );
}

interface FigureProps {
  drawing: Drawing;
  machine: Machine;
  segments: readonly Segment[];
  exists: boolean;
  store: ApplicationStore;
}

function Figure({ drawing, machine, segments, exists, store }: FigureProps) {
  const id = useId();
  const lit = useSelected(store, (state) => state.lit);
  const lighting = useMemo(() => lightingOf(lit, segments), [lit, segments]);
  return (
    <svg
      width={drawing.width}
      height={drawing.height}
      viewBox={`0 ${drawing.top} ${drawing.width} ${drawing.height}`}
      role="img"
      aria-label={visible(sentenceOf(machine))}
    >
      <defs>
        {(['quiet', 'asked', 'taken', 'lit'] as const).map((kind) => (
          <marker
            key={kind}
            id={`${id}${kind}`}
            viewBox="0 0 6 6"
            refX="5"
            refY="3"
            markerWidth="6"
            markerHeight="6"
            orient="auto"
          >
            <path d="M0 0 6 3 0 6z" className={styles.arrow} data-kind={kind} />
          </marker>
        ))}
      </defs>
      {drawing.edges.map(({ edge, route, far }) => {
        if (far && edge.count === 0 && !asksFor(lit, edge)) return null;
        const isLit = lighting.edges.has(edgeKey(edge.from, edge.to));
        const kind = isLit ? 'lit' : edge.count > 0 ? 'taken' : asksFor(lit, edge) ? 'asked' : 'quiet';
        return (
          <g
            key={edgeKey(edge.from, edge.to)}
            className={styles.edge}
            data-kind={kind}
            onPointerEnter={() => store.light({ kind: 'edge', from: edge.from, to: edge.to })}
            onPointerLeave={() => store.light(null)}
          >
            <title>{visible(`${edge.from} → ${edge.to}${edge.count > 0 ? `, ${edge.count} ×` : ', not taken'}`)}</title>
            <path className={styles.reach} d={pathOf(route)} />
            <path className={styles.way} d={pathOf(route)} markerEnd={`url(#${id}${kind})`} />
          </g>
        );
      })}
      {drawing.nodes.map((each) => (
        <NodeBox
          key={each.node.state}
          drawn={each}
          since={machine.current === each.node.state ? (machine.since ?? Number.NaN) : null}
          exists={exists}
          lit={lighting.states.has(each.node.state)}
          store={store}
        />
      ))}
      {/* After the states: a bow may have its middle beside one, and the number has to stay readable. */}
      {drawing.edges.map(
        ({ edge, route }) =>
          edge.count > 1 && (
            <text key={edgeKey(edge.from, edge.to)} x={route.middle.x} y={route.middle.y - 4} className={styles.count}>
              {edge.count}×
            </text>
          ),
      )}
    </svg>
  );
}

/** A state that is pointed at shows all the ways out of it. */
function asksFor(lit: Lit | null, edge: { from: string; to: string }): boolean {
  if (lit?.kind === 'edge') return lit.from === edge.from && lit.to === edge.to;
  return lit?.kind === 'state' && lit.state === edge.from;
}

interface NodeBoxProps {
  drawn: Drawing['nodes'][number];
  /** When the state was entered if it is the present one (NaN: not known); null when it is not. */
  since: number | null;
  exists: boolean;
  lit: boolean;
  store: ApplicationStore;
}

function NodeBox({ drawn: { node, box, lines }, since, exists, lit, store }: NodeBoxProps) {
  const current = since !== null;
  const kind = current ? 'current' : node.visits > 0 ? 'visited' : 'quiet';
  const top = node.visits > 0 || current ? -6 : 0;
  return (
    <g
      className={styles.node}
      data-kind={kind}
      data-state={node.state}
      data-hue={lookOf(node.phase).hue}
      data-lit={lit || undefined}
      transform={`translate(${box.x} ${box.y})`}
      onPointerEnter={() => store.light({ kind: 'state', state: node.state })}
      onPointerLeave={() => store.light(null)}
    >
      <title>
        {visible(`${node.state}${current ? ', present state' : node.visits > 0 ? `, ${node.visits} ×` : ', not visited'}`)}
      </title>
      {/* The key makes it breathe once whenever the state becomes the present one. */}
      <rect
        key={kind}
        x={-box.width / 2}
        y={-box.height / 2}
        width={box.width}
        height={box.height}
        rx="4"
        className={styles.box}
      />
      {lines.map((line, index) => (
        <text key={line} y={top + 4 + (index - (lines.length - 1) / 2) * 11} className={styles.word}>
          {line}
        </text>
      ))}
      {top !== 0 && (
        <text y={box.height / 2 - 5} className={styles.spent}>
          {node.visits > 1 && `${node.visits}× · `}
          {current ? <Present spent={node.spent} since={since} end={endWord(node.phase, exists)} /> : formatDuration(node.spent)}
        </text>
      )}
    </g>
  );
}

/** What is said instead of a length that would count on. */
function endWord(phase: Phase, exists: boolean): string | null {
  if (isFinal(phase)) return 'final';
  return exists ? null : 'last known';
}

function Present({ spent, since, end }: { spent: number; since: number; end: string | null }) {
  const clock = useNow();
  const now = useContext(StoppedAt) ?? clock;
  return end ?? formatDuration(Number.isNaN(since) ? spent : spent + Math.max(0, now - since));
}

function sentenceOf(machine: Machine): string {
  const visited = machine.nodes.filter((node) => node.visits > 0 && node.state !== machine.current);
  const before = visited.length > 0 ? ` Visited before: ${visited.map((node) => node.state).join(', ')}.` : '';
  return `Present state: ${machine.current ?? 'none'}.${before}`;
}
