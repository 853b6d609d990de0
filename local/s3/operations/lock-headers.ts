import type { ApiRequest } from '../../gateway/api-service.ts';
import type { Bucket, ObjectVersion } from '../bucket.ts';
import type { Bypass, Retention } from '../object-lock.ts';
import { invalidArgument, invalidRequest } from '../s3-errors.ts';

const modeHeader = 'x-amz-object-lock-mode';
const untilHeader = 'x-amz-object-lock-retain-until-date';

/** Whether a request says that governance mode shall not count; whether its caller may is asked before. */
export const bypassOf = ({ headers }: Pick<ApiRequest, 'headers'>): Bypass => ({
  bypassesGovernance: headers['x-amz-bypass-governance-retention']?.toLowerCase() === 'true',
});

/** A period that somebody names. Refuses one that is over (S3 API reference, PutObject and PutObjectRetention). */
export const retentionOf = (mode: string, until: string, nowMs: number): Retention => {
  if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') throw invalidArgument('Unknown wormMode directive.');
  const untilMs = Date.parse(until);
  if (Number.isNaN(untilMs)) throw invalidArgument('The retain until date must be provided in ISO 8601 format');
  if (untilMs <= nowMs) throw invalidArgument('The retain until date must be in the future!');
  return { mode, untilMs };
};

const hasChecksum = ({ headers }: ApiRequest): boolean =>
  headers['content-md5'] !== undefined ||
  [...Object.keys(headers), ...(headers['x-amz-trailer'] ?? '').split(',')].some((name) => name.trim().startsWith('x-amz-checksum-'));

/** What a put asks for, if anything. Refuses half of it, a bucket without Object Lock, and bytes without a checksum. */
export const askedRetention = (request: ApiRequest, bucket: Bucket, nowMs: number): Retention | undefined => {
  const { [modeHeader]: mode, [untilHeader]: until } = request.headers;
  const isAsked = mode !== undefined || until !== undefined;
  if (isAsked && bucket.objectLock === undefined) throw invalidRequest('Bucket is missing Object Lock Configuration');
  if ((isAsked || bucket.objectLock?.defaultRetention !== undefined) && !hasChecksum(request))
    throw invalidRequest('Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters');
  if (!isAsked) return undefined;
  if (mode === undefined || until === undefined) throw invalidArgument(`${untilHeader} and ${modeHeader} must both be supplied`);
  return retentionOf(mode, until, nowMs);
};

export const lockHeaders = ({ retention }: ObjectVersion): Readonly<Record<string, string>> =>
  retention === undefined ? {} : { [modeHeader]: retention.mode, [untilHeader]: new Date(retention.untilMs).toISOString() };

/** An answer for somebody who may not see what holds an object (S3 User Guide, "Permissions for viewing lock information"). */
export const withoutLockHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== modeHeader && name !== untilHeader));
