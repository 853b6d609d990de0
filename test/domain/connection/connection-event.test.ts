import { connectionEvent } from '../../../domain/connection/connection-event.ts';
import { NOON } from '../../builders/enrollment.ts';

const shown = (credentialId: string | undefined) =>
  connectionEvent({ eventId: 'event-1', at: NOON, approach: 'psk', credentialId }, 'connection.refused', 'evidence-refused');

describe('The record of a connection', () => {
  test.each(['v2', 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs', 'https://issuer.example/keys/1'])(
    'names the credential that was shown: %s',
    (credentialId) => {
      expect(shown(credentialId)).toMatchObject({ credentialId });
    },
  );

  test.each(['', 'a b', 'v1\n{"auditEvent":{}}', '=cmd|1', '\u001b[2J', '<b>', '"', 'é', 'x'.repeat(129)])(
    'takes no text of whoever shows it for a name: %j',
    (text) => {
      expect(shown(text)).not.toHaveProperty('credentialId');
    },
  );

  test('names none where none was shown', () => {
    expect(shown(undefined)).not.toHaveProperty('credentialId');
  });
});
