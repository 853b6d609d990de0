import { createDynamoDbIssuedCertificates } from '../../../aws/dynamodb/issued-certificates.ts';
import { aLine } from '../../builders/identifiers.ts';
import { DAY_MS, HOUR_MS, aCertificateAtIot, aFleet, inShort, startReconciliationWorld } from './reconciliation-world.ts';

let world: Awaited<ReturnType<typeof startReconciliationWorld>>;
beforeEach(async () => {
  world = await startReconciliationWorld();
});
afterEach(() => world.stop());

/** A fleet whose certificates an authority of its own issues; `takenBack` is what that was asked to revoke. */
const aFleetOfAuthority = async () => {
  const fleet = await aFleet(world);
  const issued = createDynamoDbIssuedCertificates(world.dynamoDb.client, fleet.tableName);
  const takenBack: string[] = [];
  let isBroken = false;
  const revocation = {
    async revoke(certificatePem: string) {
      await Promise.resolve();
      if (isBroken) throw new Error('The authority does not answer.');
      takenBack.push(certificatePem);
    },
  };
  const ownAuthority = { ownAuthority: { issued, revocation } };
  return {
    ...{ ...fleet, issued, takenBack },
    breakAuthority: (broken: boolean) => {
      isBroken = broken;
    },
    /** Runs until a full pass is done, a day or two later. */
    pass: async () => {
      await fleet.runAfter(HOUR_MS, ownAuthority);
      return fleet.runAfter(2 * DAY_MS, ownAuthority);
    },
    openIssues: async () => (await issued.list(Number.MAX_SAFE_INTEGER / 100, undefined)).rows,
  };
};

describe('What an own authority issued', () => {
  test('is no longer looked at once a device has it', async () => {
    const fleet = await aFleetOfAuthority();
    const { thing, certificate } = await fleet.enroll('SN-1');
    await fleet.issued.note({ certificateId: certificate, certificatePem: 'PEM', thingName: thing, issuedAt: fleet.time.now });
    expect(inShort(await fleet.pass())).toEqual([]);
    expect([await fleet.openIssues(), fleet.takenBack]).toEqual([[], []]);
  });

  test('is taken back where AWS IoT does not let it in and no device has it, once', async () => {
    const fleet = await aFleetOfAuthority();
    const { thing } = await fleet.enroll('SN-1');
    const certificateId = await aCertificateAtIot(world, { isActive: false });
    await fleet.issued.note({ certificateId, certificatePem: 'PEM', thingName: thing, issuedAt: fleet.time.now });
    expect(await fleet.pass()).toMatchObject([
      { code: 'reconciliation.repaired', finding: 'issued-and-never-used', certificateId, thingName: thing, line: aLine() },
    ]);
    expect([await fleet.openIssues(), fleet.takenBack]).toEqual([[], ['PEM']]);
    expect(inShort(await fleet.pass())).toEqual([]);
  });

  test('is left to the comparison with AWS IoT while it is active there', async () => {
    const fleet = await aFleetOfAuthority();
    const { thing } = await fleet.enroll('SN-1');
    const certificateId = await aCertificateAtIot(world, { thing });
    await fleet.issued.note({ certificateId, certificatePem: 'PEM', thingName: thing, issuedAt: fleet.time.now });
    expect(inShort(await fleet.pass())).toContain('reconciliation.found unrecorded-certificate');
    expect([(await fleet.openIssues()).length, fleet.takenBack]).toEqual([1, []]);
  });

  test('is kept for the next pass while the authority does not answer', async () => {
    const fleet = await aFleetOfAuthority();
    const { thing } = await fleet.enroll('SN-1');
    const certificateId = await aCertificateAtIot(world, { isActive: false });
    await fleet.issued.note({ certificateId, certificatePem: 'PEM', thingName: thing, issuedAt: fleet.time.now });
    fleet.breakAuthority(true);
    await fleet.pass();
    expect([(await fleet.openIssues()).length, fleet.faults.faults.length]).toEqual([1, 1]);
    fleet.breakAuthority(false);
    await fleet.pass();
    expect(fleet.takenBack).toEqual(['PEM']);
  });
});
