import { tellStory } from '../../../domain/story/tell-story.ts';
import { anEnrollment, anEvent, NOON } from '../../builders/enrollment.ts';
import { aCertificateId } from '../../builders/identifiers.ts';
import { storyFacts } from '../../builders/story.ts';

const device = { kind: 'device' } as const;
const refused = anEvent({ id: 'refused', at: NOON + 1, code: 'certificate.refused', actor: device, reason: 'claim-closed' });
const issued = anEvent({ id: 'issued', at: NOON + 2, code: 'certificate.issued', actor: device, certificateId: aCertificateId('one') });

test('The story of a device tells of certificates that the own authority issued, or did not, and why', () => {
  const { chapters } = tellStory(storyFacts({ enrollment: anEnrollment(), events: [refused, issued] }));
  expect(chapters.flatMap(({ steps }) => steps).slice(-2)).toMatchObject([
    { exchange: 'signing-request', outcome: 'failed', reason: 'claim-closed', what: expect.stringContaining('is refused') as unknown },
    { exchange: 'certificate', outcome: 'done', certificateId: aCertificateId('one') },
  ]);
});
