import { randomUUID } from 'node:crypto';
import { REFUSALS } from '../../domain/refusals';
import { HTTP_PROBLEMS } from '../../platform/http';
import type { Stage, Who } from './stage';

const DOCUMENTED = new Set<unknown>([...Object.keys(HTTP_PROBLEMS), ...Object.keys(REFUSALS)]);

export interface Sending {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly who: Who;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends what should be refused, thousands of times: without a socket, and with one token each. */
export const senderTo = (stage: Stage) => {
  const tokens = new Map<string, string>();
  const tokenOf = async (who: Who): Promise<string> => {
    const name = `${who.kind} ${who.id}`;
    const token = tokens.get(name) ?? (await stage.tokenOf(who, 86_400));
    tokens.set(name, token);
    return token;
  };

  const send = async ({ method = 'POST', path, who, text, headers }: Sending) => {
    const answer = await stage.house.api?.inject({
      method,
      url: path,
      headers: {
        authorization: `Bearer ${await tokenOf(who)}`,
        ...(method === 'POST' ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
        ...headers,
      },
      ...(text === undefined ? {} : { payload: text }),
    });
    if (answer === undefined) throw new Error('this house has no API');
    return answer;
  };

  type Answer = Awaited<ReturnType<typeof send>>;

  /**
   * Asserts that an answer is a problem document of a 4xx (of one of these, where they are named) whose code is in the
   * catalogue of errors, and that nothing was written: the log ends where it did before.
   */
  const refused = async (what: string, answer: Answer, before: string, ...statuses: number[]): Promise<void> => {
    const { statusCode: status, headers } = answer;
    const document = answer.json();
    expect({
      what,
      status,
      refused: statuses.length > 0 ? statuses.includes(status) : status >= 400 && status < 500,
      documented: DOCUMENTED.has(document.code) && document.status === status,
      type: String(headers['content-type']),
      request: document.requestId,
      head: await stage.head(),
    }).toEqual({
      what,
      status,
      refused: true,
      documented: true,
      type: expect.stringMatching('application/problem\\+json'),
      request: headers['x-request-id'],
      head: before,
    });
  };

  return { send, refused };
};
