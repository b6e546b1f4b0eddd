import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import type { Context, Kubeconfigs } from '../../../shared/contract/kubeconfigs.ts';
import { describe } from '../../../shared/describe.ts';
import { visible } from '../../../shared/visible.ts';
import { FailureView } from '../../ui/FailureView.tsx';
import { Icon } from '../../ui/icons.tsx';
import { DemoDoor } from '../demo/index.ts';
import { AddKubeconfig, BrokenFiles, ContextMark, originWords, scope, useScope } from '../scope/index.ts';
import { navigation } from '../shell/index.ts';
import styles from './WelcomePage.module.css';

/** What stands where a cluster would: the contexts that were found, as doors, or where they were looked for. */
export function WelcomePage() {
  const all = useScope((state) => state.kubeconfigs);
  const kubeconfigs = useMemo(() => withoutDemo(all), [all]);
  const failure = useScope((state) => state.kubeconfigsFailure);
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        {failure && <FailureView failure={failure} />}
        {kubeconfigs.contexts.length > 0 ? <Doors kubeconfigs={kubeconfigs} /> : <NoContexts kubeconfigs={kubeconfigs} />}
        <BrokenFiles files={kubeconfigs.files} />
        <section className={styles.more}>
          <p className={styles.quiet}>Another kubeconfig file:</p>
          <AddKubeconfig />
        </section>
        <section className={styles.more}>
          <p className={styles.quiet}>No cluster at hand:</p>
          <DemoDoor />
          {kubeconfigs.contexts.length === 0 && (
            <Button variant="default" onClick={() => navigation.open({ page: 'drafts' })} className={styles.without}>
              Write an application without a cluster
            </Button>
          )}
        </section>
      </div>
    </div>
  );
}

/** What the files name; the demo cluster has a door of its own. */
function withoutDemo({ files, contexts, currentContext }: Kubeconfigs): Kubeconfigs {
  const isDemo = (path: string) => files.some((file) => file.origin === 'demo' && file.path === path);
  return {
    files: files.filter(({ origin }) => origin !== 'demo'),
    contexts: contexts.filter(({ file }) => !isDemo(file)),
    currentContext,
  };
}

function Doors({ kubeconfigs: { contexts, currentContext } }: { kubeconfigs: Kubeconfigs }) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // The doors are what the page is for: Enter opens kubectl's own context when nothing else has the focus.
    if (document.activeElement !== document.body) return;
    const doors = [...(list.current?.querySelectorAll<HTMLElement>('button:enabled') ?? [])];
    (doors.find((door) => door.dataset.current === 'true') ?? doors[0])?.focus();
  }, []);
  return (
    <>
      <h1 className={styles.title}>Which cluster?</h1>
      <p className={styles.quiet}>
        {contexts.length === 1 ? 'One context was found.' : `${contexts.length} contexts were found.`} Nothing is asked of a
        cluster before you choose it.
      </p>
      <ul ref={list} className={styles.doors} aria-label="Contexts">
        {contexts.map((context) => (
          <li key={context.name}>
            <Door context={context} current={context.name === currentContext} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Door({ context, current }: { context: Context; current: boolean }) {
  const { name, server, file, failure } = context;
  const open = () => {
    scope.chooseContext(name);
    navigation.open({ page: 'applications' });
  };
  return (
    <button
      type="button"
      className={styles.door}
      data-current={current}
      disabled={failure !== null}
      onClick={open}
      title={`${server ?? ''}\n${file}`}
    >
      <ContextMark name={name} />
      <span className={styles.words}>
        <span className={styles.name}>
          {visible(name)} {current && <span className={styles.quiet}>· kubectl’s current context</span>}
        </span>
        {failure === null ? (
          <span className={styles.quiet}>
            {server ?? 'no server'} · {file}
          </span>
        ) : (
          <span className={styles.broken}>{describe(failure).title}</span>
        )}
      </span>
      {failure === null && <Icon name="forward" />}
    </button>
  );
}

function NoContexts({ kubeconfigs: { files } }: { kubeconfigs: Kubeconfigs }) {
  const found = files.some(({ failure }) => failure === null);
  return (
    <>
      <h1 className={styles.title}>{found ? 'Your kubeconfig names no context.' : 'No kubeconfig was found.'}</h1>
      <p className={styles.quiet}>
        Emberdeck reaches a cluster as kubectl does, by a kubeconfig file. These places were looked at, and still are: a file that
        appears there shows at once.
      </p>
      <ul className={styles.places} aria-label="Places looked at">
        {files.map(({ path, origin, failure }) => (
          <li key={path} className={styles.place}>
            <span className="mono">{path}</span>
            <span className={styles.quiet}>
              {originWords(origin)} ·{' '}
              {failure === null ? 'read' : failure.code === 'kubeconfig-missing' ? 'not there' : 'cannot be read'}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
