/** Resolves when the process is told to end (Ctrl-C, a supervisor). A second time it ends at once. */
export const untilToldToEnd = (): Promise<void> =>
  new Promise((resolve) => {
    const told = (): void => {
      process.once('SIGINT', () => process.exit(130));
      process.once('SIGTERM', () => process.exit(143));
      resolve();
    };
    process.once('SIGINT', told);
    process.once('SIGTERM', told);
  });
