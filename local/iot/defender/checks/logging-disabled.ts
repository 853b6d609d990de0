import type { AuditCheck } from './audit-check.ts';

/** AWS IoT's log is off when nobody has set options of either kind, or the level is DISABLED (Device Defender developer guide, "Logging disabled"). */
export const loggingDisabled: AuditCheck = ({ registry }) => {
  const { options, legacy } = registry.logging;
  const isNewOn = options !== undefined && !options.disableAllLogs && options.defaultLogLevel !== 'DISABLED';
  const isOldOn = legacy?.logLevel !== undefined && legacy.logLevel !== 'DISABLED';
  if (isNewOn || isOldOn) return { total: 1, found: [] };
  const { accountId } = registry.account;
  const resource = { resourceType: 'ACCOUNT_SETTINGS', resourceIdentifier: { account: accountId } } as const;
  return { total: 1, found: [{ resource, reasonCode: 'LOGGING_DISABLED', reason: 'AWS IoT logging is disabled.' }] };
};
