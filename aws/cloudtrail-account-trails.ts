import {
  CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  type Trail,
  TrailAlreadyExistsException,
  TrailNotFoundException,
} from '@aws-sdk/client-cloudtrail';
import type { AccountTrails } from '../domain/audit/sources/account-settings.ts';

/** The trails that CloudTrail shows in this account and region, those of other regions and of the organization with them. */
export const createCloudTrailAccountTrails = (client = new CloudTrailClient()): AccountTrails => ({
  async logging() {
    const { trailList = [] } = await client.send(new DescribeTrailsCommand({}));
    const names: string[] = [];
    for (const trail of trailList) if (await seesChanges(client, trail)) names.push(trail.Name ?? '');
    return names;
  },
  async start({ name: Name, bucketName: S3BucketName }) {
    const settings = { EnableLogFileValidation: true, IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true };
    try {
      await client.send(new CreateTrailCommand({ Name, S3BucketName, ...settings }));
    } catch (error) {
      if (!(error instanceof TrailAlreadyExistsException)) throw error;
    }
    // What only reads would be most of what is recorded, and is not looked at.
    const EventSelectors = [{ ReadWriteType: 'WriteOnly' as const, IncludeManagementEvents: true }];
    await client.send(new PutEventSelectorsCommand({ TrailName: Name, EventSelectors }));
    await client.send(new StartLoggingCommand({ Name }));
  },
  async remove(Name) {
    try {
      await client.send(new DeleteTrailCommand({ Name }));
    } catch (error) {
      if (!(error instanceof TrailNotFoundException)) throw error;
    }
  },
});

const seesChanges = async (client: CloudTrailClient, { TrailARN: Name = '' }: Trail): Promise<boolean> => {
  const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name }));
  if (IsLogging !== true) return false;
  const { EventSelectors = [], AdvancedEventSelectors = [] } = await client.send(new GetEventSelectorsCommand({ TrailName: Name }));
  const isPlain = EventSelectors.some(
    ({ IncludeManagementEvents, ReadWriteType }) => IncludeManagementEvents === true && ReadWriteType !== 'ReadOnly',
  );
  const isAdvanced = AdvancedEventSelectors.some(({ FieldSelectors = [] }) => {
    const equals = (field: string): readonly string[] => FieldSelectors.find(({ Field }) => Field === field)?.Equals ?? [];
    return equals('eventCategory').includes('Management') && !equals('readOnly').includes('true');
  });
  return isPlain || isAdvanced;
};
