import { implement, ORPCError } from '@orpc/server';
import { contract } from '../shared/contract/index.ts';
import { failureOf } from '../shared/failure.ts';
import type { Core } from './core.ts';
import { latest } from './latest.ts';
import { foldBatches } from './spark/applications/index.ts';

/** One animation frame, milliseconds: rows change on screen no faster. */
const FRAME = 16;

/** The contract bound to the backend's parts. Here, once, what is thrown becomes a failure as data. */
export function createRouter(core: Core) {
  const guarded = implement(contract).use(async ({ next, errors }) => {
    try {
      return await next();
    } catch (error) {
      if (error instanceof ORPCError) throw error;
      const failure = failureOf(error);
      if (failure.code === 'internal') core.log.warn('a request failed', { message: failure.message });
      throw errors.FAILURE({ data: failure });
    }
  });
  const { kubeconfigs, clusters, applications, submissions, drafts, forwards, logs, settings, demo, terminals } = guarded;
  const done = async (work: unknown) => {
    await work;
    return {};
  };

  return guarded.router({
    kubeconfigs: {
      watch: kubeconfigs.watch.handler(({ signal }) => latest(core.kubeconfigs.subscribe, signal)),
      add: kubeconfigs.add.handler(({ input }) => done(core.kubeconfigs.add(input.path))),
      remove: kubeconfigs.remove.handler(({ input }) => done(core.kubeconfigs.remove(input.path))),
    },
    clusters: {
      connection: clusters.connection.handler(({ input, signal }) =>
        latest((push) => core.health.follow(input.context, push), signal),
      ),
      retry: clusters.retry.handler(({ input }) => done(core.retry(input.context))),
      namespaces: clusters.namespaces.handler(({ input, signal }) =>
        latest((push) => core.namespaces(input.context, push), signal, { interval: 250 }),
      ),
    },
    applications: {
      list: applications.list.handler(({ input, signal }) =>
        latest((push) => core.applications.list(input.context, input.namespace, push), signal, {
          fold: foldBatches,
          interval: FRAME,
        }),
      ),
      observe: applications.observe.handler(({ input, signal }) =>
        latest((push) => core.applications.observe(input, push), signal, { interval: 100 }),
      ),
      remove: applications.remove.handler(({ input }) => done(core.applications.remove(input))),
      rerun: applications.rerun.handler(({ input }) => core.applications.rerun(input)),
    },
    submissions: {
      schemas: submissions.schemas.handler(({ input }) => core.submissions.schemas(input.context)),
      check: submissions.check.handler(({ input, signal }) => core.submissions.check(input, signal)),
      submit: submissions.submit.handler(({ input, signal }) => core.submissions.submit(input, signal)),
    },
    drafts: {
      watch: drafts.watch.handler(({ signal }) => latest(core.drafts.watch, signal)),
      save: drafts.save.handler(({ input }) => core.drafts.save(input)),
      remove: drafts.remove.handler(({ input }) => done(core.drafts.remove(input.id))),
    },
    forwards: {
      sparkUi: forwards.sparkUi.handler(({ input, signal }) => latest((push) => core.forwards.sparkUi(input, push), signal)),
    },
    logs: {
      follow: logs.follow.handler(({ input, signal }) =>
        latest((push) => core.logs.follow(input.application, input.filter, push), signal, { interval: 100 }),
      ),
      change: logs.change.handler(({ input }) => done(core.logs.view(input.view)?.change(input.filter))),
      unfold: logs.unfold.handler(({ input }) => done(core.logs.view(input.view)?.unfold(input.head, input.open))),
      lines: logs.lines.handler(
        ({ input: { view, from, count } }) => core.logs.view(view)?.lines(from, count) ?? { generation: 0, from, lines: [] },
      ),
      placeOf: logs.placeOf.handler(({ input: { view, at } }) => ({ place: core.logs.view(view)?.placeOf(at) ?? 0 })),
      find: logs.find.handler(async ({ input: { view, from, backwards } }) => ({
        found: (await core.logs.view(view)?.find(from, backwards)) ?? null,
      })),
      text: logs.text.handler(async function* ({ input }) {
        yield* core.logs.view(input.view)?.text() ?? [];
      }),
    },
    settings: {
      get: settings.get.handler(() => core.settings.get()),
      change: settings.change.handler(({ input }) => core.settings.change(input)),
    },
    demo: {
      watch: demo.watch.handler(({ signal }) => latest(core.demo.subscribe, signal)),
      start: demo.start.handler(() => core.demo.start()),
      stop: demo.stop.handler(() => done(core.demo.stop())),
      playables: demo.playables.handler(() => core.demo.playables()),
      play: demo.play.handler(({ input }) => core.demo.play(input.scenario, input.namespace)),
      break: demo.break.handler(({ input }) => core.demo.break(input.breakage)),
    },
    terminals: {
      watch: terminals.watch.handler(({ signal }) => latest(core.terminals.watch, signal, { interval: FRAME })),
      open: terminals.open.handler(({ input }) => core.terminals.open(input)),
      reopen: terminals.reopen.handler(({ input }) => done(core.terminals.reopen(input.id))),
      output: terminals.output.handler(({ input, signal }) =>
        inBase64(core.terminals.output(input.id, input.reader, input.from, signal)),
      ),
      acknowledge: terminals.acknowledge.handler(({ input }) =>
        done(core.terminals.acknowledge(input.id, input.reader, input.offset)),
      ),
      write: terminals.write.handler(({ input }) => done(core.terminals.write(input.id, Buffer.from(input.data, 'base64')))),
      resize: terminals.resize.handler(({ input }) => done(core.terminals.resize(input.id, input.size))),
      close: terminals.close.handler(({ input }) => done(core.terminals.close(input.id))),
    },
  });
}

/** Bytes as JSON can carry them. */
async function* inBase64<Rest>(pieces: AsyncGenerator<Rest & { bytes: Buffer }, void, void>) {
  for await (const { bytes, ...rest } of pieces) yield { ...rest, data: bytes.toString('base64') };
}
