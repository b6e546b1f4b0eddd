import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import { type Operator, operatorSchema } from '../../../shared/spark/state.ts';

/** One thing the page area can show. */
export type Place =
  | { page: 'welcome' }
  | { page: 'applications' }
  | { page: 'application'; reference: ApplicationRef; tab?: string }
  | { page: 'drafts' }
  | { page: 'editor'; draftId: string }
  | { page: 'settings' };

/** Where the person works: a context, and one namespace of it or all of them (null). */
export interface Scope {
  context: string;
  namespace: string | null;
}

/** What the kind of an application is called in an address: short, and the same for every version of its CRD. */
const KINDS: Record<Operator, string> = {
  kubeflow: 'sparkapplication',
  apache: 'sparkapplication.spark.apache.org',
  radanalytics: 'sparkapplication.radanalytics.io',
  'spark-submit': 'pod',
};

const OWN_PAGES = ['welcome', 'applications', 'drafts', 'settings'] as const;
const ALL_NAMESPACES = '*';

function write(parts: string[], tab?: string): string {
  const path = parts.map(encodeURIComponent).join('/');
  return `emberdeck://${path}${tab === undefined ? '' : `?tab=${encodeURIComponent(tab)}`}`;
}

/** `emberdeck://context/namespace/kind/name?tab=` of a place; pages of no cluster stand as `emberdeck:///page`. */
export function formatAddress(place: Place, scope: Scope | null): string {
  switch (place.page) {
    case 'application': {
      const { context, namespace, operator, name } = place.reference;
      return write([context, namespace, KINDS[operator], name], place.tab);
    }
    case 'applications':
      return scope ? write([scope.context, scope.namespace ?? ALL_NAMESPACES, 'applications']) : write(['', 'applications']);
    case 'editor':
      return write(['', 'draft', place.draftId]);
    default:
      return write(['', place.page]);
  }
}

/** The place and scope an address names, or null when it names none that exists in this version. */
export function parseAddress(address: string): { place: Place; scope: Scope | null } | null {
  const match = /^emberdeck:\/\/([^?]*)(?:\?tab=([^&]*))?$/.exec(address);
  if (!match) return null;
  let parts: string[];
  let tab: string | undefined;
  try {
    parts = (match[1] ?? '').split('/').map(decodeURIComponent);
    tab = match[2] === undefined ? undefined : decodeURIComponent(match[2]);
  } catch {
    return null;
  }
  const [context = '', second = '', third = '', name = ''] = parts;
  if (context === '') {
    if (second === 'draft' && third !== '') return { place: { page: 'editor', draftId: third }, scope: null };
    const page = OWN_PAGES.find((own) => own === second);
    return page && parts.length === 2 ? { place: { page }, scope: null } : null;
  }
  if (second === '') return null;
  const scope = { context, namespace: second === ALL_NAMESPACES ? null : second };
  if (third === 'applications' && parts.length === 3) return { place: { page: 'applications' }, scope };
  const operator = operatorSchema.options.find((each) => KINDS[each] === third);
  if (!operator || name === '' || parts.length !== 4) return null;
  const reference = { context, namespace: second, operator, name };
  return { place: { page: 'application', reference, ...(tab === undefined ? {} : { tab }) }, scope };
}
