// Whether the process in this container is ready for work: the image's health check.
const port = process.env.USANCE_PORT ?? '8080';
const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
  (answer) => answer.ok,
  () => false,
);
process.exitCode = ready ? 0 : 1;
