import type { IFileSystem, InitialFiles } from 'just-bash';
import type { Library } from './library.ts';
import { programNames } from './library-commands.ts';

/** Files that a pod mounts: texts by absolute path. */
export type MountedFiles = Record<string, string>;

/** Bytes that everything written in one container may take. */
const ROOM = 128 * 1024 * 1024;

const os = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
`;
const jars = ['core', 'sql', 'catalyst', 'kubernetes', 'network-common', 'unsafe'].map((part) => `spark-${part}_2.12-3.5.7.jar`);
const sparkPrograms = ['spark-shell', 'spark-sql', 'spark-submit', 'pyspark', 'spark-class'];
/** What stands for every program: the library wants a file before it runs a command. */
const stub = { content: '\u007fELF', mode: 0o755 };
const stubs = Object.fromEntries(
  [...programNames].flatMap((name) => ['/bin/', '/usr/bin/'].map((folder) => [folder + name, stub])),
);
const folders =
  '/boot /dev /etc /home/spark /lib /lib64 /media /mnt /opt/spark/work-dir /opt/spark/conf /proc /root /run /sbin /srv /sys /tmp /usr/local/bin /var/log'.split(
    ' ',
  );
/** Master and worker of a standalone cluster: all they do is to be there. */
const daemon = '#!/bin/sh\n# Stand-in of the demo cluster.\nsleep 31536000\n';
const standIn = (name: string): string => `#!/bin/sh\n# Stand-in of the demo cluster.\n${name} "$@"\n`;

/** What the image of Spark holds, as far as the demo shows it, and what the pod mounts. `main` is the container's command line. */
export function imageFiles(host: string, main: string, mounted: MountedFiles): InitialFiles {
  return {
    ...stubs,
    '/etc/os-release': os,
    '/etc/hostname': `${host}\n`,
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nspark:x:185:0:Spark:/home/spark:/bin/bash\n',
    '/etc/hosts': `127.0.0.1\tlocalhost\n`,
    '/proc/1/status': `Name:\t${main.split(' ')[0]?.split('/').at(-1) ?? ''}\nUmask:\t0022\nState:\tS (sleeping)\nPid:\t1\nPPid:\t0\nUid:\t185\t185\t185\t185\nGid:\t0\t0\t0\t0\nThreads:\t1\n`,
    '/proc/1/cmdline': `${main.replaceAll(' ', '\0')}\0`,
    '/proc/cpuinfo': 'processor\t: 0\nmodel name\t: demo\n\nprocessor\t: 1\nmodel name\t: demo\n',
    '/proc/meminfo': 'MemTotal:       16384000 kB\nMemFree:         8192000 kB\nMemAvailable:   12288000 kB\n',
    '/opt/entrypoint.sh': {
      content:
        '#!/usr/bin/env bash\n# Stand-in of the demo cluster: the roles driver and executor are played by it.\nexec "$@"\n',
      mode: 0o755,
    },
    '/opt/spark/RELEASE': 'Spark 3.5.7 built for Hadoop 3.3.4\n',
    '/opt/spark/examples/pi.py': '# Stand-in of the demo cluster: prints an estimate of pi.\n',
    '/opt/spark/examples/jars/spark-examples_2.12-3.5.7.jar': 'stand-in of the demo cluster\n',
    '/opt/spark/jobs/jobs.jar': 'stand-in of the demo cluster\n',
    ...Object.fromEntries(
      ['master', 'worker'].map((role) => [`/opt/spark/sbin/start-${role}.sh`, { content: daemon, mode: 0o755 }]),
    ),
    ...Object.fromEntries(jars.map((name) => [`/opt/spark/jars/${name}`, 'stand-in of the demo cluster\n'])),
    ...Object.fromEntries(sparkPrograms.map((name) => [`/opt/spark/bin/${name}`, { content: standIn(name), mode: 0o755 }])),
    ...mounted,
  };
}

/** A container's file system with these files in it. */
export function createFiles(library: Library, initial: InitialFiles): IFileSystem {
  const files = new library.InMemoryFs(initial, { maxTotalBytes: ROOM });
  for (const folder of folders) files.mkdirSync(folder, { recursive: true });
  return files;
}
