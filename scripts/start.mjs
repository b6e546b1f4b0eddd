// `npm start [-- --browser] [--demo]`: installs what is missing, builds, and opens Emberdeck, on the demo cluster if asked to.
import { fork, spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  build,
  electronArguments,
  findElectron,
  hasDisplay,
  installDependencies,
  librariesOf,
  pinnedNode,
  root,
  say,
} from './setup.mjs';

const args = process.argv.slice(2);
await installDependencies();
await build();

if (args.includes('--browser')) startInBrowser();
else {
  const electron = hasDisplay() ? findElectron({ fetch: true }) : { missing: 'there is no display' };
  if (electron.missing) startInBrowser(electron.missing);
  else if (!librariesOf(electron.path)) startInBrowser('Electron lacks system libraries');
  else startInWindow(electron.path);
}

function startInWindow(electron) {
  const child = spawn(electron, [...electronArguments(), ...args], { stdio: 'inherit' });
  child.once('exit', (code) => process.exit(code ?? 0));
}

/** Keeps the loopback server running: a crashed one comes back on its port, with the sessions that were open. */
function startInBrowser(why) {
  if (why) say(`${why}; using the browser instead of a window`);
  const data = process.env.EMBERDECK_DATA ?? join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'Emberdeck');
  const kept = {};
  // What was asked of the first server; a later one goes by what was chosen meanwhile.
  let asked = args.filter((argument) => argument === '--demo');
  let stopping = false;
  const start = () => {
    const began = Date.now();
    const server = fork(join(root, 'out/electron/serve.js'), ['--data', data, ...asked], {
      execPath: pinnedNode,
      env: { ...process.env, ...kept },
    });
    asked = [];
    server.on('message', ({ port, unspent }) => {
      if (port) kept.EMBERDECK_PORT = String(port);
      if (unspent) kept.EMBERDECK_UNSPENT = JSON.stringify(unspent);
    });
    server.once('exit', (code) => {
      if (stopping) return;
      if (!kept.EMBERDECK_UNSPENT && Date.now() - began < 2_000) process.exit(code ?? 1);
      say('the backend stopped; starting it again');
      setTimeout(start, 200);
    });
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => {
        stopping = true;
        server.kill();
        process.exit(0);
      });
    }
  };
  start();
}
