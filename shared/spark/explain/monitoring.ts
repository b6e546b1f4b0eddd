import { field, numberAt } from '../../json.ts';
import { type Argument, conf, type Entry, entriesAt, filledAt, hasObject, overlaid, type Row, scalarAt } from './argument.ts';
import type { Role } from './role.ts';

const exporter = ['spec', 'monitoring', 'prometheus'];
const mounted = '/etc/metrics/conf';
const defaultPort = 8090;

function isOn(application: unknown): boolean {
  return hasObject(application, exporter);
}

function exposes(application: unknown, role: Role): boolean {
  return isOn(application) && field(application, ...switchOf(role)) === true;
}

const switchOf = (role: Role) => ['spec', 'monitoring', role === 'driver' ? 'exposeDriverMetrics' : 'exposeExecutorMetrics'];
const portOf = (application: unknown): number => numberAt(application, ...exporter, 'port') ?? defaultPort;

/** `spec.sparkConf` with what monitoring writes into it, over what the user set (`monitoring_config.go`). */
export function sparkConfWithMetrics(application: unknown): Entry[] {
  const own = entriesAt(application, ['spec', 'sparkConf']);
  if (!isOn(application)) return own;
  const properties = ['spec', 'monitoring', 'metricsPropertiesFile'];
  const file = filledAt(application, properties);
  const name = scalarAt(application, ['metadata', 'name']) ?? '';
  const namespace = scalarAt(application, ['metadata', 'namespace']) ?? '';
  return overlaid(own, [
    { name: 'spark.metrics.namespace', text: `${namespace}.${name}`, origin: exporter },
    {
      name: 'spark.metrics.conf',
      text: file ?? `${mounted}/metrics.properties`,
      origin: file === null ? exporter : properties,
    },
  ]);
}

/** The pod's annotations, with those by which Prometheus finds it. */
export function annotations(role: Role): Row {
  return ({ application }) => {
    const own = entriesAt(application, ['spec', role, 'annotations']);
    const origin = switchOf(role);
    const scraped = [
      { name: 'prometheus.io/scrape', text: 'true', origin },
      { name: 'prometheus.io/port', text: String(portOf(application)), origin },
      { name: 'prometheus.io/path', text: '/metrics', origin },
    ];
    const all = exposes(application, role) ? overlaid(own, scraped) : own;
    return all.map(({ name, text, origin: from }) => conf(`spark.kubernetes.${role}.annotation.${name}`, text, from));
  };
}

/** The JVM's options: the user's, then the exporter's agent after one blank, whatever stands before it. */
export function javaOptions(role: Role): Row {
  return ({ application }) => {
    const path = ['spec', role, 'javaOptions'];
    const own = scalarAt(application, path);
    const made = (text: string, origin: readonly string[]): Argument[] => [conf(`spark.${role}.extraJavaOptions`, text, origin)];
    if (!exposes(application, role)) return own === null ? [] : made(own, path);
    return own === null ? made(agent(application), exporter) : made(`${own} ${agent(application)}`, path);
  };
}

function agent(application: unknown): string {
  const jar = scalarAt(application, [...exporter, 'jmxExporterJar']) ?? '';
  const configuration = filledAt(application, [...exporter, 'configFile']) ?? `${mounted}/prometheus.yaml`;
  return `-javaagent:${jar}=${portOf(application)}:${configuration}`;
}
