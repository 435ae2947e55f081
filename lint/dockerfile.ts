import { isPinned } from './compose';

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The instructions of a Dockerfile, continued lines put together, comments left out. */
const instructionsOf = (text: string): readonly Instruction[] =>
  text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => {
      const [name = '', ...rest] = line.trim().split(/\s+/);
      return { name: name.toUpperCase(), rest: rest.join(' ') };
    });

/**
 * What is wrong with a Dockerfile by the house's rules: pinned bases, no root, a health check, nothing secret in it.
 */
export const dockerfileFaults = (text: string): readonly string[] => {
  const all = instructionsOf(text);
  const last = all.slice(all.findLastIndex(({ name }) => name === 'FROM'));
  const user = last.findLast(({ name }) => name === 'USER')?.rest;
  const stages = new Set(
    all.flatMap(({ name, rest }) => (name === 'FROM' ? (/ AS (\S+)$/i.exec(rest)?.[1] ?? []) : [])),
  );
  return [
    ...all
      .filter(({ name }) => name === 'FROM')
      .map(({ rest }) => rest.split(' ')[0] ?? '')
      .filter((image) => !stages.has(image) && !isPinned(image))
      .map((image) => `the base ${image} is not pinned to a version`),
    ...(user === undefined || /^(root|0)(:|$)/.test(user) ? ['runs as root'] : []),
    ...(last.some(({ name }) => name === 'HEALTHCHECK') ? [] : ['has no health check']),
    ...(last.some(({ name, rest }) => name === 'ENTRYPOINT' && rest.startsWith('['))
      ? []
      : ['has no exec-form entrypoint']),
    ...all.filter(({ name }) => name === 'ADD').map(() => 'copies with ADD; COPY does nothing unexpected'),
    ...all
      .filter(({ name, rest }) => (name === 'ENV' || name === 'ARG') && /SECRET|PASSWORD|_KEY|TOKEN/i.test(rest))
      .map(({ rest }) => `bakes in ${rest}`),
    ...all
      .filter(({ name, rest }) => name === 'RUN' && /\b(sudo|curl .*\|\s*(ba)?sh)\b/.test(rest))
      .map(({ rest }) => `runs ${rest}`),
    ...all
      .filter(
        ({ name, rest }) => name === 'RUN' && /apt-get install/.test(rest) && !/--no-install-recommends/.test(rest),
      )
      .map(() => 'installs what is merely recommended'),
  ];
};
