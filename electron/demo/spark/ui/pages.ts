import type { ExecutorStatus, JobStatus, StageStatus } from '../status.ts';
import type { UiPlace } from './place.ts';

/** Text that is shown as it is, whatever it holds. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const tabs: Record<string, string> = {
  '/jobs/': 'Jobs',
  '/stages/': 'Stages',
  '/storage/': 'Storage',
  '/environment/': 'Environment',
  '/executors/': 'Executors',
  '/SQL/': 'SQL / DataFrame',
};

/** The page at a path that ends with a slash, or null where Spark has none. `prefix` stands before every link. */
export function pageOf(place: UiPlace, path: string, query: URLSearchParams, prefix: string): string | null {
  const id = Number(query.get('id') ?? Number.NaN);
  if (path === '/jobs/job/')
    return frame(place, prefix, `Details for Job ${Number.isNaN(id) ? '' : id}`, jobDetails(place, prefix, id));
  if (path === '/stages/stage/')
    return frame(place, prefix, `Details for Stage ${Number.isNaN(id) ? '' : id}`, stageDetails(place, id));
  const bodies: Record<string, () => string> = {
    '/jobs/': () => jobsPage(place, prefix),
    '/stages/': () => stagesPage(place, prefix),
    '/storage/': () => '<p>Nothing is cached.</p>',
    '/environment/': () => environmentPage(place),
    '/executors/': () => executorsPage(place),
    '/SQL/': () => '<p>No queries were run.</p>',
  };
  const body = bodies[path];
  const titles: Record<string, string> = {
    '/jobs/': 'Spark Jobs',
    '/stages/': 'Stages for All Jobs',
    '/SQL/': 'SQL / DataFrame',
  };
  return body === undefined ? null : frame(place, prefix, titles[path] ?? tabs[path] ?? '', body());
}

function frame({ settings, startedAt, now }: UiPlace, prefix: string, title: string, body: string): string {
  const links = Object.entries(tabs).map(([path, name]) => `<li><a href="${escaped(prefix + path)}">${escaped(name)}</a></li>`);
  const name = escaped(settings.program.name);
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${name} - ${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(prefix)}/static/webui.css" type="text/css"></head><body>
<ul class="nav">${links.join('')}</ul><h3>${escaped(title)}</h3>
<p class="note">Stand-in for the web UI of Spark ${escaped(settings.version)}, application ${name} (${escaped(settings.applicationId)}),
up for ${seconds(now() - startedAt)}. Reload to see it go on.</p>${body}</body></html>`;
}

const seconds = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
const clock = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** A table; cells are markup already. */
function table(id: string, head: string[], rows: string[][]): string {
  const cells = (row: string[], tag: string) => row.map((cell) => `<${tag}>${cell}</${tag}>`).join('');
  const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('');
  return `<table id="${id}"><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${body}</tbody></table>`;
}

const progress = (done: number, all: number, running: number): string =>
  `<progress max="${all}" value="${done}"></progress> ${done}/${all}${running > 0 ? ` (${running} running)` : ''}`;

function jobsPage({ status, now }: UiPlace, prefix: string): string {
  const row = (job: JobStatus): string[] => {
    const stages = job.stages.map((id) => status.stages.get(id)).filter((stage) => stage !== undefined);
    const sum = (pick: (stage: StageStatus) => number) => stages.reduce((total, stage) => total + pick(stage), 0);
    const complete = stages.filter((stage) => stage.state === 'COMPLETE').length;
    return [
      String(job.id),
      `<a href="${escaped(prefix)}/jobs/job/?id=${job.id}">${escaped(job.name)}</a>`,
      clock(job.submittedAt),
      seconds((job.completedAt ?? now()) - job.submittedAt),
      `${complete}/${stages.length}`,
      progress(
        sum((stage) => stage.completed),
        sum((stage) => stage.tasks),
        sum((stage) => stage.active),
      ),
    ];
  };
  const head = [
    'Job Id',
    'Description',
    'Submitted',
    'Duration',
    'Stages: Succeeded/Total',
    'Tasks (for all stages): Succeeded/Total',
  ];
  const part = (state: JobStatus['state'], id: string, title: string): string => {
    const jobs = status.jobs.filter((job) => job.state === state).reverse();
    if (jobs.length === 0 && state !== 'RUNNING') return '';
    return `<h4>${title} (${jobs.length})</h4>${table(id, head, jobs.slice(0, 100).map(row))}`;
  };
  const active = part('RUNNING', 'activeJob-table', 'Active Jobs');
  return active + part('SUCCEEDED', 'completedJob-table', 'Completed Jobs') + part('FAILED', 'failedJob-table', 'Failed Jobs');
}

const stageHead = [
  'Stage Id',
  'Description',
  'Submitted',
  'Duration',
  'Tasks: Succeeded/Total',
  'Shuffle Read',
  'Shuffle Write',
  'State',
];

function stageRow(stage: StageStatus, prefix: string, now: number): string[] {
  const bytes = (total: number) => `${((total * stage.completed) / stage.tasks / 1024).toFixed(1)} KiB`;
  return [
    String(stage.id),
    `<a href="${escaped(prefix)}/stages/stage/?id=${stage.id}&amp;attempt=0">${escaped(stage.name)}</a>`,
    stage.submittedAt === null ? '' : clock(stage.submittedAt),
    stage.submittedAt === null ? '' : seconds((stage.completedAt ?? now) - stage.submittedAt),
    progress(stage.completed, stage.tasks, stage.active),
    stage.read.bytes === 0 ? '' : bytes(stage.read.bytes),
    stage.written.bytes === 0 ? '' : bytes(stage.written.bytes),
    stage.state,
  ];
}

function stagesPage({ status, now }: UiPlace, prefix: string): string {
  const stages = [...status.stages.values()].reverse().slice(0, 100);
  return table(
    'stage-table',
    stageHead,
    stages.map((stage) => stageRow(stage, prefix, now())),
  );
}

function jobDetails({ status, now }: UiPlace, prefix: string, id: number): string {
  const job = status.jobs.find((one) => one.id === id);
  if (job === undefined) return `<p>No information to display for job ${Number.isNaN(id) ? '' : id}</p>`;
  const stages = job.stages.map((stage) => status.stages.get(stage)).filter((stage) => stage !== undefined);
  return `<p>Status: ${job.state}</p>${table(
    'stage-table',
    stageHead,
    stages.map((stage) => stageRow(stage, prefix, now())),
  )}`;
}

function stageDetails({ status, now }: UiPlace, id: number): string {
  const stage = status.stages.get(id);
  if (stage === undefined) return `<p>No information to display for Stage ${Number.isNaN(id) ? '' : id}</p>`;
  const rows = stage.attempts
    .slice(-100)
    .map((task) => [
      String(task.partition),
      String(task.id),
      String(task.attempt),
      task.state,
      `${escaped(task.executor)} (${escaped(task.host)})`,
      seconds((task.endedAt ?? now()) - task.launchedAt),
      task.error === null ? '' : `<pre>${escaped(task.error.slice(0, 2000))}</pre>`,
    ]);
  const why = stage.failure === null ? '' : `<pre>${escaped(stage.failure)}</pre>`;
  return why + table('task-table', ['Index', 'Task ID', 'Attempt', 'Status', 'Executor', 'Duration', 'Errors'], rows);
}

function executorsPage({ status, settings }: UiPlace): string {
  const row = (executor: ExecutorStatus): string[] => [
    escaped(executor.id),
    escaped(`${executor.host}:${executor.port}`),
    executor.removedAt === null ? 'Active' : 'Dead',
    String(executor.cores),
    String(executor.active),
    String(executor.failed),
    String(executor.completed),
    seconds(executor.runTime),
    executor.removeReason === null ? '' : `<pre>${escaped(executor.removeReason)}</pre>`,
  ];
  const driver = ['driver', escaped(`${settings.host}:7079`), 'Active', '0', '0', '0', '0', '', ''];
  const head = [
    'Executor ID',
    'Address',
    'Status',
    'Cores',
    'Active Tasks',
    'Failed Tasks',
    'Complete Tasks',
    'Task Time',
    'Exec Loss Reason',
  ];
  return table('active-executors-table', head, [driver, ...[...status.executors.values()].map(row)]);
}

function environmentPage({ settings }: UiPlace): string {
  const secret = /secret|password|token|access[.]?key/i;
  const rows = [...settings.conf]
    .sort()
    .map(([key, value]) => [escaped(key), escaped(secret.test(key) ? '*********(redacted)' : value)]);
  return table('sparkProperties', ['Name', 'Value'], rows);
}
