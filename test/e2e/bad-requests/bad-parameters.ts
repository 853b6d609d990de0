import type { ReasonCode } from '../../../domain/reason-code.ts';
import type { BadRequest } from './attempt.ts';

type Parameters = Readonly<Record<string, unknown>>;

const sending =
  (parameters: (serial: string) => Parameters): BadRequest['send'] =>
  async ({ connection, serial, issue }) =>
    connection.registerThing((await issue()).certificateOwnershipToken, parameters(serial));

const refused = (what: string, reason: ReasonCode, parameters: (serial: string) => Parameters): BadRequest => ({
  what,
  answer: 403,
  reason,
  send: sending(parameters),
});

const serials = (what: string, reason: ReasonCode, variant: (serial: string) => string): BadRequest =>
  refused(`a serial ${what}`, reason, (serial) => ({ SerialNumber: variant(serial) }));

/** What AWS IoT itself does not take (SM RegisterThing). */
const neverPassedOn = (what: string, parameters: (serial: string) => Parameters): BadRequest => ({
  what,
  answer: 400,
  send: sending(parameters),
});

const zeroWidthSpace = '\u200B';
const rightToLeftOverride = '\u202E';
const fullWidth = (text: string): string =>
  text.replaceAll(/[!-~]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));

/** Parameters that are not exactly a registered serial and, where there is any, evidence. */
export const badParameters: readonly BadRequest[] = [
  refused('no parameters', 'malformed-request', () => ({})),
  refused('a serial under another name', 'malformed-request', (serial) => ({ serialNumber: serial })),
  refused('F2: a name for the thing beside the serial', 'malformed-request', (serial) => ({
    SerialNumber: serial,
    ThingName: 'muster:sensor:SOMEBODY-ELSE',
  })),
  refused('F2: a tenant beside the serial', 'malformed-request', (serial) => ({ SerialNumber: serial, Tenant: 'globex' })),
  refused('a parameter that the template does not know', 'malformed-request', (serial) => ({ SerialNumber: serial, Colour: 'red' })),
  refused("a parameter named as JavaScript's objects are", 'malformed-request', (serial) => ({
    SerialNumber: serial,
    ...(JSON.parse('{"__proto__":"x"}') as Parameters),
  })),
  serials('that is empty', 'malformed-request', () => ''),
  serials('of 129 bytes', 'malformed-request', () => 'x'.repeat(129)),
  serials('of 4,096 characters', 'malformed-request', () => 'x'.repeat(4096)),
  serials('with a zero-width space', 'malformed-request', (serial) => `${serial}${zeroWidthSpace}`),
  serials('with a right-to-left override', 'malformed-request', (serial) => `${rightToLeftOverride}${serial}`),
  serials('in decomposed Unicode', 'malformed-request', (serial) => serial.normalize('NFD')),
  serials('with half a surrogate pair', 'malformed-request', (serial) => `${serial}\uD800`),
  serials('with a NUL', 'malformed-request', (serial) => `${serial}\0`),
  serials('with a trailing space', 'malformed-request', (serial) => `${serial} `),
  serials('with a leading tab', 'malformed-request', (serial) => `\t${serial}`),
  serials('with a trailing no-break space', 'malformed-request', (serial) => `${serial}\u00A0`),
  serials('in full-width letters', 'unknown-serial', fullWidth),
  serials('with a Cyrillic letter that looks the same', 'unknown-serial', (serial) => serial.replace('a', 'а')),
  serials('in lower case', 'unknown-serial', (serial) => serial.toLowerCase()),
  serials('in upper case', 'unknown-serial', (serial) => serial.toUpperCase()),
  serials('with another space inside', 'unknown-serial', (serial) => serial.replace(' ', '  ')),
  serials('without its space', 'unknown-serial', (serial) => serial.replace(' ', '')),
  serials('that would be a wildcard in a topic', 'unknown-serial', () => '#'),
  serials('that would add a level to a topic', 'unknown-serial', (serial) => `${serial}/telemetry`),
  refused('F1: a serial that nobody registered', 'unknown-serial', () => ({ SerialNumber: 'FORGED' })),
  refused('evidence that is no JSON', 'malformed-request', (serial) => ({ SerialNumber: serial, Evidence: '{' })),
  refused('evidence of another approach', 'evidence-refused', (serial) => ({ SerialNumber: serial, Evidence: '{"mac":"00"}' })),
  refused('evidence nested 2,048 deep', 'evidence-refused', (serial) => ({
    SerialNumber: serial,
    Evidence: '['.repeat(2048) + ']'.repeat(2048),
  })),
  neverPassedOn('evidence of 4,097 characters', (serial) => ({ SerialNumber: serial, Evidence: `"${'x'.repeat(4095)}"` })),
  neverPassedOn('a serial that is a number', () => ({ SerialNumber: 7 })),
  neverPassedOn('a serial that is null', () => ({ SerialNumber: null })),
  neverPassedOn('a serial that is a list', (serial) => ({ SerialNumber: [serial] })),
];
