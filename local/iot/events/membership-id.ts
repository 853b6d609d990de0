import { createHash } from 'node:crypto';

/** Names the bond between a group and a thing; the same bond has the same name when it is added and when it is removed. */
export const membershipIdOf = (thingGroupId: string, thingId: string): string =>
  createHash('sha256')
    .update(`${thingGroupId} ${thingId}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
