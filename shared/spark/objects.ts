import { listAt, recordAt, textAt } from '../json.ts';
import { parseTime } from '../time.ts';

/** The metadata of any object, as far as Spark needs it; times are epoch milliseconds. */
export interface Metadata {
  uid: string;
  name: string;
  namespace: string;
  createdAt: number | null;
  /** When it will be gone at the latest (request plus grace period): set means that it is being deleted. */
  deletionAt: number | null;
  labels: Readonly<Record<string, unknown>>;
  owners: readonly { group: string; kind: string; name: string; uid: string }[];
}

/** Reads `metadata`; what is missing or of the wrong shape reads as empty. */
export function metadataOf(object: unknown): Metadata {
  return {
    uid: textAt(object, 'metadata', 'uid') ?? '',
    name: textAt(object, 'metadata', 'name') ?? '',
    namespace: textAt(object, 'metadata', 'namespace') ?? '',
    createdAt: parseTime(textAt(object, 'metadata', 'creationTimestamp')),
    deletionAt: parseTime(textAt(object, 'metadata', 'deletionTimestamp')),
    labels: recordAt(object, 'metadata', 'labels'),
    owners: listAt(object, 'metadata', 'ownerReferences').map((owner) => ({
      group: (textAt(owner, 'apiVersion') ?? '').split('/')[0] ?? '',
      kind: textAt(owner, 'kind') ?? '',
      name: textAt(owner, 'name') ?? '',
      uid: textAt(owner, 'uid') ?? '',
    })),
  };
}

/** Group and kind; the group of the core API is empty. */
export function kindOf(object: unknown): { group: string; kind: string } {
  const apiVersion = textAt(object, 'apiVersion') ?? '';
  return { group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '', kind: textAt(object, 'kind') ?? '' };
}
