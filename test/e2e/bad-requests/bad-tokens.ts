import type { BadRequest } from './attempt.ts';

const refused = (what: string, token: (issued: string) => unknown): BadRequest => ({
  what: `an ownership token ${what}`,
  answer: 400,
  send: async ({ connection, serial, issue }) => {
    const { certificateOwnershipToken } = await issue();
    return connection.requestThing(
      JSON.stringify({ certificateOwnershipToken: token(certificateOwnershipToken), parameters: { SerialNumber: serial } }),
    );
  },
});

const changed = (token: string): string => `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`;

/** Ownership tokens that are none. `foreign` is one of another account. */
export const badTokens = (foreign: () => string): readonly BadRequest[] => [
  refused('that is missing', () => undefined),
  refused('that is empty', () => ''),
  refused('that is garbage', () => 'garbage'),
  refused('that is an object', (token) => ({ token })),
  refused('with one character changed', changed),
  refused('cut off', (token) => token.slice(0, -10)),
  refused('of another account', foreign),
];
