import type { Machine } from '../../../../shared/spark/machine.ts';
import type { MachineLayout } from '../../../../shared/spark/machine-layout.ts';
import { type Box, type Route, route } from './route.ts';

type Node = Machine['nodes'][number];
type Edge = Machine['edges'][number];

/** Where everything of a machine stands on its drawing, pixels. */
export interface Drawing {
  width: number;
  /** Upper edge of the picture, 0 or less: a taken way that bows over the first row has room. */
  top: number;
  height: number;
  nodes: { node: Node; box: Box; lines: string[] }[];
  /** A far edge joins states that are no neighbours on the grid; untaken far ones are shown only when asked for. */
  edges: { edge: Edge; route: Route; far: boolean }[];
}

const CELL_HEIGHT = 78;
const NODE_HEIGHT = 40;
/** Room for the stroke and the number of a way at the picture's edge. */
const EDGE_MARGIN = 8;
/** Width of a character of the nodes' words: the monospaced face at 10.5 px. */
const CHARACTER = 6.35;

/**
 * Places nodes on the operator's grid, stretched over `width` pixels, and leads the edges around them. States without a
 * place stand below the grid. Edges that nearly every state has count as far ones.
 */
export function drawMachine(machine: Machine, layout: MachineLayout, width: number): Drawing {
  const column = width / layout.columns;
  const nodeWidth = Math.min(column - 26, 150);
  const strangers = machine.nodes.filter((node) => layout.places[node.state] === undefined);
  const nodes = machine.nodes.map((node) => {
    const stranger = strangers.indexOf(node);
    const place = layout.places[node.state] ?? {
      x: stranger % layout.columns,
      y: layout.rows + Math.floor(stranger / layout.columns),
    };
    const box = {
      x: (place.x + 0.5) * column,
      y: place.y * CELL_HEIGHT + NODE_HEIGHT / 2 + 8,
      width: nodeWidth,
      height: NODE_HEIGHT,
    };
    return { node, box, lines: breakWord(node.state, Math.floor((nodeWidth - 8) / CHARACTER)) };
  });
  const boxes = new Map(nodes.map(({ node, box }) => [node.state, box]));
  const edges = machine.edges.flatMap((edge) => {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    if (!from || !to || from === to) return [];
    const others = nodes.map(({ box }) => box).filter((box) => box !== from && box !== to);
    const paired = machine.edges.some((other) => other.from === edge.to && other.to === edge.from);
    const neighbours = Math.abs(from.x - to.x) < 1.5 * column && Math.abs(from.y - to.y) < 1.5 * CELL_HEIGHT;
    const far = !neighbours || layout.fromAny.includes(edge.to);
    return [{ edge, route: route(from, to, others, paired), far }];
  });
  // What was taken is drawn last, above the quiet ones.
  edges.sort((a, b) => a.edge.count - b.edge.count);
  const rows = layout.rows + Math.ceil(strangers.length / layout.columns);
  const ways = edges
    .filter(({ edge, far }) => edge.count > 0 || !far)
    .flatMap(({ route }) => [route.start, route.middle, route.end]);
  const top = Math.min(0, ...ways.map(({ y }) => y - EDGE_MARGIN));
  const bottom = Math.max((rows - 1) * CELL_HEIGHT + NODE_HEIGHT + 16, ...ways.map(({ y }) => y + EDGE_MARGIN));
  return { width, top, height: bottom - top, nodes, edges };
}

/** A state's word in at most two lines of `length` characters, broken at an underscore or before a capital. */
export function breakWord(word: string, length: number): string[] {
  if (word.length <= length) return [word];
  const parts = word.split(/(?<=_)|(?<=[a-z])(?=[A-Z])/);
  const lines = [''];
  for (const part of parts) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && lines.length < 2 && last.length + part.length > Math.max(length, word.length / 2)) lines.push(part);
    else lines[lines.length - 1] = last + part;
  }
  return lines.map((line) => (line.length <= length ? line : `${line.slice(0, Math.max(1, length - 1))}…`));
}
