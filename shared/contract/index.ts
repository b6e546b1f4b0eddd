import { applications } from './applications.ts';
import { clusters } from './clusters.ts';
import { demo } from './demo.ts';
import { drafts } from './drafts.ts';
import { forwards } from './forwards.ts';
import { kubeconfigs } from './kubeconfigs.ts';
import { logs } from './logs.ts';
import { settings } from './settings.ts';
import { submissions } from './submissions.ts';
import { terminals } from './terminals.ts';

/** All that can pass between renderer and backend, in either transport. */
export const contract = { kubeconfigs, clusters, applications, submissions, drafts, forwards, logs, settings, demo, terminals };
