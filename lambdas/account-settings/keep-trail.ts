import * as z from 'zod/mini';
import type { AccountTrails } from '../../domain/audit/sources/account-settings.ts';
import type { Fulfil } from '../custom-resource/create-handler.ts';

const wanted = z.object({ TrailName: z.string().check(z.minLength(3)), BucketName: z.string().check(z.minLength(3)) });

/** Sees to it that calls are recorded: by a trail that the account has already, or else by one of ours, which goes with the deployment. */
export const keepTrailWith =
  (trails: AccountTrails): Fulfil =>
  async ({ RequestType, PhysicalResourceId, ResourceProperties }) => {
    const { TrailName: name, BucketName: bucketName } = z.parse(wanted, ResourceProperties);
    const isOurs = PhysicalResourceId === name;
    if (RequestType === 'Delete') {
      if (isOurs) await trails.remove(name);
      return { physicalId: PhysicalResourceId ?? '' };
    }
    const [theirs] = isOurs ? [] : (await trails.logging()).filter((one) => one !== name);
    if (theirs !== undefined) return { physicalId: `the trail ${theirs}` };
    await trails.start({ name, bucketName });
    return { physicalId: name };
  };
