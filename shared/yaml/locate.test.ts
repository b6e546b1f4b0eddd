import { describe, expect, it } from 'vitest';
import { locate } from './locate.ts';
import { readDocuments } from './read.ts';

const text = `# a comment
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: pi
  labels:
    a.b/c: d
spec:
  sparkConf:
    spark.ui: "1"
    spark.ui.port: "4040"
    "spark.app.name": pi
  volumes:
    - name: data
      emptyDir: {}
    - {name: more, emptyDir: {}}
  driver: &half
    cores: 1
  executor: *half
  arguments: [pi, "300"]
`;
const [document] = readDocuments(text).documents;
if (document === undefined) throw new Error('the text above is not YAML');
const rows = text.split('\n');

describe('locate', () => {
  it.each([
    ['spec.driver.cores', 'cores: 1', true],
    ['.spec.driver.cores', 'cores: 1', true],
    ['spec.volumes[0].name', 'name: data', true],
    ['spec.volumes[0]', 'name: data', true],
    ['spec.volumes[1].name', 'name: more', true],
    ['spec.volumes[name="more"].emptyDir', 'emptyDir: {}', true],
    ['spec.sparkConf.spark.ui.port', 'spark.ui.port: "4040"', true],
    ['spec.sparkConf[spark.ui.port]', 'spark.ui.port: "4040"', true],
    ['spec.sparkConf.spark.app.name', '"spark.app.name": pi', true],
    ['spec.sparkConf.spark.ui', 'spark.ui: "1"', true],
    ['metadata.labels.a.b/c', 'a.b/c: d', true],
    ['spec.arguments[1]', '"300"', true],
    ['spec.executor', 'executor: *half', true],
    ['spec.executor.cores', 'cores: 1', true],
    ['spec.sparkVersion', 'spec', false],
    ['spec.driver.memory.x', 'driver', false],
    ['spec.volumes[7].name', 'volumes', false],
    ['status', 'kind: SparkApplication', false],
    ['', 'kind: SparkApplication', false],
  ])('%s is at %s', (path, words, exact) => {
    const found = locate(document, path);
    const row = rows[found.range.line - 1] ?? '';
    expect(row.slice(found.range.column - 1, found.range.endColumn - 1)).toBe(words);
    expect(found.range.endLine).toBe(found.range.line);
    expect(found.exact).toBe(exact);
  });
});
