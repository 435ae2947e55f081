import { categoryOf } from '../../event-store';
import type { ServerEvent } from './dialect';

/** The server's own: its statistics, settings and checkpoints, streams' metadata, and links that projections make. */
export const isSystemEvent = ({ stream, type }: ServerEvent): boolean => stream.startsWith('$') || type.startsWith('$');

/** What a reader gets to see. */
export const eventFilter = (categories: readonly string[] | undefined): ((event: ServerEvent) => boolean) => {
  if (categories === undefined) return (event) => !isSystemEvent(event);
  const wanted = new Set(categories);
  return (event) => wanted.has(categoryOf(event.stream)) && !isSystemEvent(event);
};

const SPECIAL = /[\\^$.*+?()[\]{}|/#\s-]/g;

/**
 * The streams of some categories as a regular expression for the server (.NET's dialect; what is used of it means the
 * same in JavaScript). A prefix would not do: "loan" has the streams "loan-1" and "loan", but not "loans-1".
 */
export const streamPattern = (categories: readonly string[]): string => {
  // No stream has an empty name.
  if (categories.length === 0) return '^$';
  return `^(?:${categories.map((category) => category.replace(SPECIAL, '\\$&')).join('|')})(?:-|$)`;
};
