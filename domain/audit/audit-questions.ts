/** What stands in a saved query for what its reader is to write there. */
export type Asked = 'SERIAL' | 'CLAIM' | 'CA' | 'OPERATOR';

/** A question that auditors ask, as a query of CloudWatch Logs Insights. */
export interface AuditQuestion {
  readonly name: string;
  readonly question: string;
  /** None where the query is whole as it stands. */
  readonly asks?: Asked;
  readonly insights: string;
}

const PARTIES = 'auditEvent.actor.kind, auditEvent.actor.arn, auditEvent.actor.name';

// Events may stand in the log twice: what counts is their id.
const COUNTED = 'count_distinct(auditEvent.id) as events';

const lines = (...commands: readonly string[]): string => commands.join('\n| ');

/** The questions that are saved with a deployment. Each holds for what the log group keeps; the sealed history is older. */
export const auditQuestions: readonly AuditQuestion[] = [
  {
    name: 'who-let-this-device-in',
    question: 'Who let this device in?',
    asks: 'SERIAL',
    insights: lines(
      `fields @timestamp, auditEvent.code, ${PARTIES}, auditEvent.line, auditEvent.claim, auditEvent.reason, auditEvent.keyDigest, auditEvent.correlationId`,
      'filter auditEvent.serialNumber = "SERIAL"',
      'filter auditEvent.code in ["device.registered", "device.approved", "device.readmitted", "device.resolved", "device.released", "device.recovery-opened", "admission.held", "admission.granted", "admission.refused"]',
      'sort @timestamp asc',
      'limit 1000',
    ),
  },
  {
    name: 'what-did-this-claim-do',
    question: 'What did this claim do?',
    asks: 'CLAIM',
    insights: lines(
      'filter auditEvent.claim = "CLAIM"',
      `stats ${COUNTED}, count_distinct(auditEvent.serialNumber) as serials by auditEvent.code, auditEvent.reason`,
      'sort events desc',
    ),
  },
  {
    name: 'devices-with-credentials-of-this-ca',
    question: "Which devices came in with a certificate of this vendor's CA?",
    asks: 'CA',
    insights: lines(
      'filter auditEvent.vendorCaId = "CA" and auditEvent.code = "admission.granted"',
      `stats ${COUNTED}, max(auditEvent.at) as latest by auditEvent.line, auditEvent.serialNumber, auditEvent.certificateId`,
      'sort auditEvent.line asc, auditEvent.serialNumber asc',
    ),
  },
  {
    name: 'what-did-this-operator-change',
    question: 'What did this operator do?',
    asks: 'OPERATOR',
    insights: lines(
      'fields @timestamp, auditEvent.actor.arn, auditEvent.code, auditEvent.operation, auditEvent.scope, auditEvent.line, auditEvent.serialNumber, auditEvent.claim, auditEvent.resource, auditEvent.note',
      'filter auditEvent.actor.kind = "operator" and auditEvent.actor.arn like "OPERATOR"',
      'sort @timestamp asc',
      'limit 1000',
    ),
  },
  {
    name: 'why-devices-are-refused',
    question: 'Why are devices refused, line by line?',
    insights: lines(
      'filter ispresent(auditEvent.reason) and auditEvent.code in ["admission.refused", "connection.refused", "certificate.refused", "rotation.refused"]',
      `stats ${COUNTED}, count_distinct(auditEvent.serialNumber) as serials by auditEvent.line, auditEvent.code, auditEvent.reason`,
      'sort events desc',
      'limit 100',
    ),
  },
];
