import { StopLoggingCommand, UpdateTrailCommand } from '@aws-sdk/client-cloudtrail';
import { trail } from '../../../cli/doctor/trail.ts';
import type { DoctorContext } from '../../../cli/doctor/check.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';
import { TrailWorld } from '../../conformance/trail-world.ts';
import { type DoctoredAccount, openDoctoredAccount } from './doctored-account.ts';

const managed = { accountWide: { trail: 'manage' } };

let account: DoctoredAccount;
let world: TrailWorld;
beforeAll(async () => {
  account = await openDoctoredAccount();
  world = await TrailWorld.open(account.aws);
});
afterAll(async () => {
  world.close();
  await account.aws.stop();
});

const found = async (configuration: object = {}) =>
  (await account.examine('trail', { phase: 'before', configuration })).map(({ level, what }) => `${level}: ${what}`);

describe('Of the trails of an account the doctor', () => {
  test('says what is lost where none records anything, unless the deployment is to make one', async () => {
    expect(await found()).toEqual(['note: no trail records what is changed in this account']);
    expect((await account.examine('trail'))[0]?.why).toContain('aws.called');
    expect(await found(managed)).toEqual(['ok: the deployment makes a trail']);
  });

  test('says that ours is gone once it was deployed', async () => {
    const resource = { stack: 's', logicalId: 'l', physicalId: 'p', type: 'Custom::MusterAccountTrail' };
    const context = {
      configuration: parseConfiguration(managed, ['pki']),
      deployed: { resources: () => Promise.resolve([resource]) },
      account: { trails: () => Promise.resolve([]) },
    } as unknown as DoctorContext; // what else there is, it does not look at
    expect(await trail.run(context)).toMatchObject([{ level: 'problem', what: 'no trail records what is changed in this account' }]);
  });

  test('is content with one that keeps digests, and says which keeps none, or does not log', async () => {
    await world.log('theirs');
    expect(await found()).toEqual(['ok: the trail "theirs" records what is changed, with log-file validation']);
    await world.cloudTrail.send(new UpdateTrailCommand({ Name: 'theirs', EnableLogFileValidation: false }));
    expect(await found()).toEqual(['note: the trail "theirs" has no log-file validation']);
    await world.cloudTrail.send(new StopLoggingCommand({ Name: 'theirs' }));
    expect(await found()).toEqual(['note: no trail records what is changed in this account']);
  });
});
