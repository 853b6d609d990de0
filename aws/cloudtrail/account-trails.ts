import {
  CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  TrailAlreadyExistsException,
  TrailNotFoundException,
} from '@aws-sdk/client-cloudtrail';
import type { AccountTrails } from '../../domain/audit/sources/account-settings.ts';
import { trailsThatLog } from './trails-that-log.ts';

/** The trails that CloudTrail shows in this account and region, those of other regions and of the organization with them. */
export const createCloudTrailAccountTrails = (client = new CloudTrailClient()): AccountTrails => ({
  async logging() {
    return (await trailsThatLog(client)).map(({ Name = '' }) => Name);
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
