import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { createCloudTrailAccountTrails } from '../../aws/cloudtrail/account-trails.ts';
import { createIotLoggingOptions } from '../../aws/iot/logging-options.ts';
import { eventually } from '../../demo/eventually.ts';
import { requestPem } from '../local/iot/certificate-requests.ts';
import { recordOf } from './drivers/audit-log.ts';
import { ClaimConnection } from './drivers/claim-connection.ts';
import { type OwnFleet, deployOwnFleet } from './drivers/own-fleet.ts';
import { type Stage, aClaim } from './drivers/stage.ts';

let fleet: OwnFleet;
let stage: Stage;

beforeAll(async () => {
  fleet = await deployOwnFleet({ configuration: () => ({ accountWide: { iotLogging: 'manage', trail: 'manage' } }) });
  ({ stage } = fleet);
}, 300_000);
afterAll(() => fleet.stop());

describe('Where the configuration says that account-wide settings are Muster’s to see to', () => {
  test('AWS IoT logs failures and a trail logs calls, as soon as it is deployed', async () => {
    const client = new CloudTrailClient();
    expect(await createCloudTrailAccountTrails(client).logging()).toEqual(['muster-account']);
    client.destroy();
    expect(await createIotLoggingOptions(stage.iot).read()).toMatchObject({ level: 'ERROR', isOff: false });
  });

  test('a device that is turned away is on record in the words of all who saw it, joined by its certificate', async () => {
    const claim = await aClaim(stage, 'sensor', 1);
    const connection = await ClaimConnection.open(stage.shared, claim);
    const { certificateOwnershipToken, certificateId } = await connection.certificateFor(requestPem());
    expect((await connection.registerThing(certificateOwnershipToken, { SerialNumber: 'NOBODY-1' })).result).toBe('rejected');
    await connection.close();
    const logged = await eventually('what AWS IoT logged', async () => {
      const filterPattern = `{ ($.auditEvent.certificateId = "${certificateId}") && ($.auditEvent.code = "iot.logged") }`;
      const { events = [] } = await stage.logs.send(new FilterLogEventsCommand({ logGroupName: stage.auditLogGroupName, filterPattern }));
      return events[0]?.message;
    });
    expect(JSON.parse(logged)).toMatchObject({ auditEvent: { operation: 'ProvisionDevice', line: 'sensor', resource: 'muster-sensor' } });
    const attempt = await eventually('the end of the connection', async () => {
      const found = await recordOf(stage, connection.clientId);
      return found.some(({ code }) => code === 'presence.disconnected') ? found : undefined;
    });
    expect(attempt.map(({ code }) => code)).toEqual(expect.arrayContaining(['presence.connected', 'admission.refused']));
    expect(attempt.find(({ code }) => code === 'admission.refused')?.certificateId).toBe(certificateId);
  }, 60_000);
});
