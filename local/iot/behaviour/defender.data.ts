import * as z from 'zod';
import { assumed, type BehaviourRows } from './row.ts';

/** Device Defender. */
export const defenderRows = {
  'defender.audit-seconds': assumed(z.number().min(0), 60, 'An audit takes a minute, and looks when that is over.'),
  'defender.age-counts-from': assumed(
    z.enum(['creation', 'validity']),
    'creation',
    'The age of a device certificate counts from when AWS IoT took it in, not from when its validity begins.',
  ),
  'defender.client-id-conflicts': assumed(
    z.int().min(1),
    1,
    'CONFLICTING_CLIENT_IDS_CHECK finds a client id whose connection was taken over once.',
  ),
  'defender.role-checked-when-set': assumed(
    z.boolean(),
    true,
    'UpdateAccountAuditConfiguration and mitigation actions refuse a role that AWS IoT cannot assume with InvalidRequestException.',
  ),
  'defender.published-finding': assumed(
    z.literal('finding'),
    'finding',
    'PUBLISH_FINDING_TO_SNS publishes one message for each finding: accountId, actionName, actionsTaskId, and the finding as ListAuditFindings has it.',
  ),
  'defender.detect': assumed(
    z.enum(['closed', 'open']),
    'closed',
    'An account is a new one, to which Detect is closed since 31 August 2026: CreateSecurityProfile is refused with AccessDeniedException.',
  ),
  'defender.alert': assumed(
    z.literal('violation'),
    'violation',
    'An alert of a security profile is a message with violationEventTime, violationEventType, violationId, thingName, securityProfileName, behavior and metricValue.',
  ),
} as const satisfies BehaviourRows;
