import { auditEvent } from '../../../aws/dynamodb/audit-event-schema.ts';
import { datumKinds, fieldMeanings } from '../../../domain/audit/event-fields.ts';

describe('The fields of an event', () => {
  test('are the same for who writes them and who reads them', () => {
    expect(Object.keys(auditEvent.shape).sort()).toEqual(Object.keys(fieldMeanings).sort());
  });

  test('are of no kind that must be kept secret', () => {
    expect(Object.keys(datumKinds).filter((kind) => /secret|token|mac|password|private/i.test(kind))).toEqual([]);
    expect(Object.keys(fieldMeanings).filter((field) => /secret|token|mac$|password|privateKey|evidence|proof$/i.test(field))).toEqual([]);
  });
});
