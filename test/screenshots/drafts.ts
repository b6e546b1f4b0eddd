import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Draft } from '../../shared/contract/drafts.ts';
import { CONTEXT } from './stage.ts';

/** A manifest with one field that the schema does not know when `memoryField` is misspelt. */
const manifest = (name: string, memoryField: string) => `# Fills the days that were missed during the migration.
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: ${name}
  namespace: analytics
spec:
  type: Scala
  mode: cluster
  sparkVersion: 3.5.7
  image: registry.example.com/spark/jobs:3.5.7
  mainClass: com.example.orders.Backfill
  mainApplicationFile: local:///opt/jobs/orders.jar
  arguments: ["--from", "2026-02-01", "--to", "2026-02-14"]
  restartPolicy:
    type: OnFailure
    onFailureRetries: 2
    onFailureRetryInterval: 60
  driver:
    cores: 1
    ${memoryField}: 2g
    serviceAccount: spark
  executor:
    instances: 4
    cores: 2
    memory: 4g
`;

/** Writes what the person of the pictures has begun into a data folder. */
export function writeDrafts(dataFolder: string): void {
  const folder = join(dataFolder, 'drafts');
  mkdirSync(folder, { recursive: true });
  const drafts = [
    { title: 'orders-backfill', memoryField: 'memmory', minutes: 3 },
    { title: 'customer-360-rerun', memoryField: 'memory', minutes: 95 },
  ];
  for (const { title, memoryField, minutes } of drafts) {
    const draft: Draft = {
      id: title,
      title,
      context: CONTEXT,
      namespace: 'analytics',
      text: manifest(title, memoryField),
      savedAt: Date.now() - minutes * 60_000,
    };
    writeFileSync(join(folder, `${title}.json`), JSON.stringify(draft));
  }
}
