import { type Level, levelOf } from './level.ts';

/** What a line says about itself. */
export interface Recognised {
  level: Level | null;
  /** The logger's name as written, or null. */
  logger: string | null;
  /** The line without its time, level and logger. */
  message: string;
  /** Belongs to the line before it: a frame of a stack trace, its cause, or an indented rest. */
  continues: boolean;
}

const WORD = '(TRACE|FINEST|FINER|DEBUG|FINE|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FATAL|CRITICAL)';
const CLOCK = '\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?(?:Z|[+-]\\d{2}:?\\d{2})?';

/** The shapes in which Spark and what runs in it write a line; the first that fits is taken. Groups: level, logger, message. */
const shapes: { pattern: RegExp; order: readonly ['level' | 'logger', 'level' | 'logger'] }[] = [
  // Spark's conf/log4j2.properties.template: %d{yy/MM/dd HH:mm:ss} %p %c{1}: %m
  { pattern: new RegExp(`^\\d{2,4}[-/]\\d{2}[-/]\\d{2}[ T]${CLOCK} ${WORD} ([^\\s:]+): (.*)$`, 's'), order: ['level', 'logger'] },
  // Spark's own log4j2-defaults and many layouts: date, level, [thread], logger, dash or colon.
  {
    pattern: new RegExp(
      `^\\[?\\d{2,4}[-/]\\d{2}[-/]\\d{2}[ T]${CLOCK}\\]?\\s+\\[?${WORD}\\]?\\s+(?:\\[[^\\]]*\\]\\s+)?([\\w.$]+)\\s*(?:-|:)\\s(.*)$`,
      's',
    ),
    order: ['level', 'logger'],
  },
  // Thread before the level: 2026-11-21 12:00:00,000 [main] INFO  a.b.C - …
  {
    pattern: new RegExp(
      `^\\d{2,4}[-/]\\d{2}[-/]\\d{2}[ T]${CLOCK}\\s+\\[[^\\]]*\\]\\s+${WORD}\\s+([\\w.$]+)\\s*(?:-|:)\\s(.*)$`,
      's',
    ),
    order: ['level', 'logger'],
  },
  // Python's logging.basicConfig: INFO:root:…
  { pattern: new RegExp(`^${WORD}:([\\w.]+):(.*)$`, 's'), order: ['level', 'logger'] },
  // Python's common format: 2026-11-21 12:00:00,000 - etl - WARNING - …
  {
    pattern: new RegExp(`^\\d{4}-\\d{2}-\\d{2}[ T]${CLOCK} - ([\\w.]+) - ${WORD} - (.*)$`, 's'),
    order: ['logger', 'level'],
  },
];

/** A date and a level with nothing recognisable between them and the message, and a bare level in front. */
const bare = [
  new RegExp(`^\\[?\\d{2,4}[-/]\\d{2}[-/]\\d{2}[ T]${CLOCK}\\]?[\\s-]+\\[?${WORD}\\]?\\b[:\\s-]*(.*)$`, 's'),
  new RegExp(`^\\[?${WORD}\\]?[:\\s]\\s*(.*)$`, 's'),
];

/**
 * What continues the line before: frames of Java (`\tat …`, `... 12 more`), causes, Python's frames and their indented source,
 * and anything else that is indented.
 */
const continuation = /^(?:\s+\S|Caused by: |Suppressed: |\.\.\. \d+ more|Traceback \(most recent call last\):)/;
/** The last line of a Python traceback, and the first of a Java one that follows a line of log: `java.io.IOException: …`. */
const thrown =
  /^(?:[a-zA-Z_$][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error|Throwable|Interrupt)\b(?::|$)|^[A-Z]\w*(?:Error|Exception|Interrupt)(?::|$)/;

/** Reads one line of a container's log: Spark's log4j text, common layouts, JSON, Python. Never throws; hostile text stays text. */
export function recognise(text: string): Recognised {
  if (text.startsWith('{')) return structured(text) ?? plain(text);
  for (const { pattern, order } of shapes) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const [, first = '', second = '', message = ''] = found;
    const [level, logger] = order[0] === 'level' ? [first, second] : [second, first];
    return { level: levelOf(level), logger, message, continues: false };
  }
  for (const pattern of bare) {
    const [, word, message] = pattern.exec(text) ?? [];
    if (word !== undefined && message !== undefined) return { level: levelOf(word), logger: null, message, continues: false };
  }
  return plain(text);
}

function plain(text: string): Recognised {
  return { level: null, logger: null, message: text, continues: continuation.test(text) || thrown.test(text) };
}

const levelKeys = ['level', 'severity', 'log.level', 'levelname'];
const loggerKeys = ['logger', 'logger_name', 'loggerName', 'log.logger', 'name'];
const messageKeys = ['msg', 'message', 'event'];

/** A line of JSON: Spark 4's structured logging (`ts, level, msg, logger`), log4j's JsonTemplateLayout and ECS. */
function structured(text: string): Recognised | null {
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(text);
  } catch {
    return null;
  }
  const pick = (keys: string[]): string | null => {
    for (const key of keys) {
      const value = fields[key];
      if (typeof value === 'string') return value;
    }
    return null;
  };
  const message = pick(messageKeys);
  if (message === null) return null;
  return { level: levelOf(pick(levelKeys) ?? ''), logger: pick(loggerKeys), message, continues: false };
}
