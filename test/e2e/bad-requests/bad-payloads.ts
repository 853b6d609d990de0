import type { BadRequest } from './attempt.ts';

const BEYOND_THE_QUOTA = 128 * 1024 + 1;

const ofCertificate = (what: string, payload: string | Buffer): BadRequest => ({
  what: `CreateCertificateFromCsr: ${what}`,
  answer: 400,
  send: ({ connection }) => connection.requestCertificate(payload),
});

const ofThing = (what: string, payload: (token: string, serial: string) => string | Buffer): BadRequest => ({
  what: `RegisterThing: ${what}`,
  answer: 400,
  send: async ({ connection, serial, issue }) => connection.requestThing(payload((await issue()).certificateOwnershipToken, serial)),
});

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** Payloads that are no requests. */
export const badPayloads: readonly BadRequest[] = [
  ofCertificate('JSON that is cut off', '{"certificateSigningRequest":"'),
  ofCertificate('a list', '[]'),
  ofCertificate('null', 'null'),
  ofCertificate('bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])),
  ofCertificate('lists in lists, 60,000 deep', '['.repeat(60_000)),
  ofCertificate('objects in objects, 10,000 deep', nested(10_000)),
  ofThing('JSON that is cut off', (token) => `{"certificateOwnershipToken":"${token}","parameters":{`),
  ofThing('two values', (token, serial) => {
    const request = JSON.stringify({ certificateOwnershipToken: token, parameters: { SerialNumber: serial } });
    return request + request;
  }),
  ofThing('bytes that are no UTF-8', (token) =>
    Buffer.concat([
      Buffer.from(`{"certificateOwnershipToken":"${token}","parameters":{"SerialNumber":"`),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}}'),
    ]),
  ),
  ofThing('parameters nested 10,000 deep', (token) => `{"certificateOwnershipToken":"${token}","parameters":${nested(10_000)}}`),
  ofThing('parameters that are a list', (token, serial) => JSON.stringify({ certificateOwnershipToken: token, parameters: [serial] })),
  {
    what: 'CreateCertificateFromCsr: more than 128 KB',
    answer: 'hung up',
    send: ({ connection }) => connection.requestCertificate(Buffer.alloc(BEYOND_THE_QUOTA, ' ')),
  },
  {
    what: 'RegisterThing: more than 128 KB',
    answer: 'hung up',
    send: ({ connection }) => connection.requestThing(Buffer.alloc(BEYOND_THE_QUOTA, ' ')),
  },
];
