import type { AuditQuestion } from './audit-questions.ts';

/** The same questions as a query in SQL over the sealed history, which is older than the log. */
export type ArchiveQuestion = Omit<AuditQuestion, 'insights'> & { readonly sql: string };

// A day is a partition: what is not said here is read, and paid for, from the first day on.
const RECENT = `"date" >= date_format(current_date - interval '90' day, '%Y-%m-%d')`;

const TIME = 'from_unixtime(at / 1000.0) AS time';

/** What is saved in the work group of a deployment; the number of days is for its reader to change. */
export const archiveQuestions: readonly ArchiveQuestion[] = [
  {
    name: 'who-let-this-device-in',
    question: 'Who let this device in?',
    asks: 'SERIAL',
    sql: `SELECT ${TIME}, code, actor.kind, actor.arn, line, claim, reason, keydigest, correlationid
FROM events
WHERE ${RECENT}
  AND serialnumber = 'SERIAL'
  AND (code LIKE 'admission.%' OR code LIKE 'device.%')
ORDER BY at, id`,
  },
  {
    name: 'what-did-this-claim-do',
    question: 'What did this claim do?',
    asks: 'CLAIM',
    sql: `SELECT code, reason, count(DISTINCT id) AS events, count(DISTINCT serialnumber) AS serials
FROM events
WHERE ${RECENT}
  AND claim = 'CLAIM'
GROUP BY code, reason
ORDER BY events DESC`,
  },
  {
    name: 'devices-with-credentials-of-this-ca',
    question: "Which devices came in with a certificate of this vendor's CA?",
    asks: 'CA',
    sql: `SELECT line, serialnumber, certificateid, max(at) AS latest
FROM events
WHERE ${RECENT}
  AND vendorcaid = 'CA'
  AND code = 'admission.granted'
GROUP BY line, serialnumber, certificateid
ORDER BY line, serialnumber`,
  },
  {
    name: 'what-did-this-operator-change',
    question: 'What did this operator do?',
    asks: 'OPERATOR',
    sql: `SELECT ${TIME}, actor.arn, code, operation, scope, line, serialnumber, claim, resource, note
FROM events
WHERE ${RECENT}
  AND actor.kind = 'operator'
  AND actor.arn LIKE '%OPERATOR%'
ORDER BY at, id`,
  },
];
