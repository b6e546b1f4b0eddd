/** Why a program cannot be started, in the words of the container runtime. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}

export const notFoundInPath = (program: string): StartRefusal =>
  new StartRefusal(`exec: ${JSON.stringify(program)}: executable file not found in $PATH`);
export const noSuchFile = (program: string): StartRefusal =>
  new StartRefusal(`exec: ${JSON.stringify(program)}: stat ${program}: no such file or directory`);
export const permissionDenied = (program: string): StartRefusal =>
  new StartRefusal(`exec: ${JSON.stringify(program)}: permission denied`);
