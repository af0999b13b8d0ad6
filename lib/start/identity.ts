/** Compiled code is good for the Node that made it only, and what a request means for the same settings. */
export function identity(): string {
  const { NODE_OPTIONS, NODE_PATH, NODE_PRESERVE_SYMLINKS } = process.env;
  const settings = [
    process.version,
    process.arch,
    process.execArgv,
    NODE_OPTIONS,
    NODE_PATH,
    NODE_PRESERVE_SYMLINKS,
  ];
  return JSON.stringify(settings);
}
