import type { Enrollment } from '../../../../domain/enrollment.ts';
import type { OperatorScope } from '../../../../domain/operator-scope.ts';
import { parseConfiguration } from '../../../../domain/configuration.ts';
import { aCertificate, anEnrollment } from '../../../builders/enrollment.ts';
import { aCertificateId, aKey, aTenant } from '../../../builders/identifiers.ts';
import { inProcessOperations } from '../../../fakes/in-process-operations.ts';

export const ANN = 'arn:aws:iam::111122223333:user/ann';
export const BEN = 'arn:aws:iam::111122223333:user/ben';

const scopes: readonly OperatorScope[] = [
  { name: 'security', role: 'security' },
  { name: 'operator', role: 'operator' },
  { name: 'factory', role: 'factory', lines: [anEnrollment().line] },
  { name: 'support', role: 'support' },
  { name: 'support-acme', role: 'support', tenants: [aTenant()] },
  { name: 'auditor', role: 'auditor' },
];

export const configuration = parseConfiguration(
  {
    lines: [
      { name: 'sensor', reprovision: 'released' },
      { name: 'gateway', reprovision: 'never' },
    ],
    tenants: [{ name: 'acme' }, { name: 'globex' }],
  },
  ['pki'],
);

/** A device that is in, with two certificates. */
export const active = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({
    state: 'active',
    version: 3,
    requirement: { pinnedKey: aKey('device') },
    boundKey: aKey('device'),
    certificates: [aCertificate('one'), aCertificate('two')],
    certificateInUse: aCertificateId('two'),
    ...more,
  });

/** The operations over a deployment of two lines with these devices. */
export const deviceWorld = async (...devices: readonly Enrollment[]) => {
  const world = inProcessOperations({ scopes, resources: { configuration } });
  for (const device of devices) await world.store.register(device);
  return {
    ...world,
    as: (scope: string, arn = ANN) => world.clientAs(arn, scope),
    read: async ({ thingName }: Pick<Enrollment, 'thingName'>) => (await world.store.readMany([thingName]))[0],
  };
};
